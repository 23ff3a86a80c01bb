/**
 * The engine as a process of its own, for the kill harness: `node run-engine.ts --ledger FILE --port 2525`, or with `--database URL`. Sends the only sending of
 * the ledger. Exit codes: 0 finished, 3 paused, 4 stopped, 5 interrupted, 6 somebody else is sending.
 */

import path from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../../../src/delivery/run-clock.ts'
import { startLedgerThread } from '../../../src/delivery/run-ledger-commits.ts'
import { runSending } from '../../../src/delivery/run-sending.ts'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import { takeWorkerLock } from '../../../src/ledger/take-worker-lock.ts'
import { quickLimits, simpleCompose, simpleRelay, usualSoftLimits } from '../simple-job.ts'

const { values } = parseArgs({
  options: {
    ledger: { type: 'string', default: '' },
    database: { type: 'string' },
    port: { type: 'string', multiple: true, default: [] },
    connections: { type: 'string', default: '5' },
    drain: { type: 'string', default: `${quickLimits.drain}` },
  },
})
const place = { file: values.ledger, databaseUrl: values.database, displayRoot: path.dirname(values.ledger) }
const ledger = await openLedger(place)
const sending = await ledger.db.updateTable('sendings').set({ state: 'running' }).returningAll().executeTakeFirstOrThrow()
const lock = await takeWorkerLock({ ledger, place, edition: sending.edition, list: sending.list })
if (lock === null) process.exit(6)
const thread = ledger.kind === 'sqlite' ? startLedgerThread(place) : undefined
const drain = new AbortController()
process.once('SIGINT', () => drain.abort())
const end = await runSending({
  ledger,
  lock,
  ...(thread === undefined ? {} : { thread }),
  sending,
  relays: values.port.map((port, index) => simpleRelay(`relay${index + 1}`, Number(port), { connections: Number(values.connections) })),
  compose: simpleCompose(),
  limits: { ...quickLimits, drain: Number(values.drain) },
  softLimits: usualSoftLimits,
  clock: systemClock,
  drain: drain.signal,
  abort: new AbortController().signal,
  onProgress: () => {},
})
await thread?.close()
await lock.release()
await ledger.close()
process.stdout.write(`${JSON.stringify(end)}\n`)
process.exitCode = { finished: 0, paused: 3, stopped: 4, interrupted: 5, 'waits-for-winner': 7 }[end.kind]
