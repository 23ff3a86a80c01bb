import type { Kysely } from 'kysely'
import type { Tables } from '../ledger/tables.ts'

/**
 * Holds a subscriber's row until the transaction ends, and changes nothing: what is read of them from now on stays so. On PostgreSQL others could change it between
 * reading and writing; on SQLite nobody can.
 */
export async function holdSubscriber(db: Kysely<Tables>, id: number): Promise<void> {
  await db
    .updateTable('subscribers')
    .set(eb => ({ epoch: eb.ref('epoch') }))
    .where('id', '=', id)
    .execute()
}
