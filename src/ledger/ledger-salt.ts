import { randomBytes } from 'node:crypto'
import type { Ledger } from './ledger.ts'

const settingName = 'salt'

/** The ledger's own salt, made once: what is hashed with it in one ledger cannot be recognised in another. */
export async function ledgerSalt({ db, write }: Pick<Ledger, 'db' | 'write'>): Promise<string> {
  const find = () => db.selectFrom('settings').select('value').where('name', '=', settingName).executeTakeFirst()
  const known = await find()
  if (known !== undefined) return known.value
  const made = { name: settingName, value: randomBytes(32).toString('base64url') }
  await write(transaction =>
    transaction
      .insertInto('settings')
      .values(made)
      .onConflict(conflict => conflict.column('name').doNothing())
      .execute(),
  )
  return (await find())?.value ?? made.value
}
