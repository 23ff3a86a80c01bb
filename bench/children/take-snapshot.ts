/** Takes the snapshot of a list and tells how long that took, in milliseconds, and how much memory the process had at most, in bytes. */

import { readAudience } from '../../src/delivery/read-audience.ts'
import { writeSnapshot } from '../../src/delivery/write-snapshot.ts'
import { withLedger } from '../../src/ledger/open-ledger.ts'

const [file = ''] = process.argv.slice(2)
const now = Date.now()
await withLedger({ file, databaseUrl: undefined, displayRoot: '/' }, async ledger => {
  await readAudience(ledger, { list: 'digest', edition: 'bench', condition: null, now })
  const startedAt = performance.now()
  const { recipients } = await writeSnapshot(ledger, {
    list: 'digest',
    edition: 'bench',
    kind: 'edition',
    round: 0,
    hashesJson: '{}',
    segment: null,
    condition: null,
    forcedBecause: null,
    now,
    notAfter: now + 86_400_000,
    split: null,
  })
  const milliseconds = performance.now() - startedAt
  process.stdout.write(JSON.stringify({ recipients, milliseconds, peak: process.resourceUsage().maxRSS * 1024 }))
})
