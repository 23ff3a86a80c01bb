/**
 * Readers who leave while the sending runs, by the one-click request of their message to the pages of `serve`, in a process of its own:
 * `node unsubscribe-readers.ts --ledger FILE --seed 7 --every 20 --count 300`. One after another, those with the highest ids first and by chance: so that some have got the edition, some get it just now, and some never will.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readConfig } from '../../../src/config/read-config.ts'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import { createLinkToken } from '../../../src/message/link-token.ts'
import { parseSecret } from '../../../src/message/secret-keys.ts'
import { createPublicApp } from '../../../src/web/public/create-public-app.ts'
import { siteOf } from '../../../src/web/public/serve-public.ts'
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
const folder = mkdtempSync(path.join(tmpdir(), 'leavers-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
writeFileSync(
  path.join(folder, 'news-digest.yaml'),
  'site: { url: https://harbour.example }\nlinks: { publicUrl: https://news.harbour.example }\n',
)
const config = await readConfig({ cwd: folder, file: null })
const publicUrl = 'https://news.harbour.example'
const secret = parseSecret('Kq3vT9xLm2Pz8RwYb5NcHd7JgFs4AeUo')
const app = createPublicApp(siteOf({ config, publicUrl, ledger, secret, clock: () => new Date(), host: '127.0.0.1', port: 0 }))
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
  const token = createLinkToken({ purpose: 'unsubscribe', list: config.list.id, subscriber: chosen.subscriberId, epoch: 0 }, secret)
  const { status } = await app.request(`${publicUrl}/unsubscribe/${token}`, {
    method: 'POST',
    headers: { host: new URL(publicUrl).host, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })
  if (status !== 200) throw new Error(`unsubscribing was answered with ${status}`)
  await sleep(Number(values.every) * 2 * chance())
}
await ledger.close()
