/**
 * Readers who leave while the sending runs, in a process of its own: `node unsubscribe-readers.ts --ledger FILE --seed 7 --every 20 --count 300`. One after
 * another, those with the highest ids first and by chance: so that some have got the edition, some get it just now, and some never will.
 */

import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import { unsubscribe } from '../../../src/subscribers/change-state.ts'
import { createChance } from './chance.ts'

const { values } = parseArgs({
  options: {
    ledger: { type: 'string', default: '' },
    database: { type: 'string' },
    seed: { type: 'string', default: '1' },
    every: { type: 'string', default: '20' },
    count: { type: 'string', default: '100' },
  },
})
const ledger = await openLedger({ file: values.ledger, databaseUrl: values.database, displayRoot: path.dirname(values.ledger) })
const chance = createChance(Number(values.seed))
// Nobody has a turn before the snapshot.
while ((await ledger.db.selectFrom('deliveries').select('id').limit(1).execute()).length === 0) await sleep(10)
for (let left = Number(values.count); left > 0; left--) {
  // One of those who are next in turn, or just under way, and now and then anybody.
  const near = await ledger.db
    .selectFrom('deliveries')
    .select('subscriberId')
    .where('state', 'in', chance() < 0.5 ? ['pending'] : ['sending', 'pending', 'deferred'])
    .orderBy('id')
    .limit(chance() < 0.8 ? 30 : 3000)
    .execute()
  const chosen = near[Math.floor(chance() * near.length)]
  if (chosen === undefined) break
  await unsubscribe(ledger, { subscriberId: chosen.subscriberId, why: 'asked for it', source: 'one-click', at: Date.now() })
  await sleep(Number(values.every) * 2 * chance())
}
await ledger.close()
