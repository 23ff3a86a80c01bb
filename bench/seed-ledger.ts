import { sql } from 'kysely'
import { withLedger } from '../src/ledger/open-ledger.ts'

/** Makes a SQLite ledger with so many people on its list, at 50 domains. */
export async function seedLedger(file: string, people: number): Promise<void> {
  await withLedger({ file, databaseUrl: undefined, displayRoot: '/' }, async ({ db }) => {
    await sql`with recursive numbers(number) as (select 0 union all select number + 1 from numbers where number < ${people - 1})
      insert into subscribers (list, address, original, domain, name, state, joined_at)
      select 'digest', 'reader-' || number || '@inbox-' || (number % 50) || '.example', '', 'inbox-' || (number % 50) || '.example', 'Reader ' || number, 'subscribed', 0
      from numbers`.execute(db)
    await sql`pragma wal_checkpoint(truncate)`.execute(db)
  })
}
