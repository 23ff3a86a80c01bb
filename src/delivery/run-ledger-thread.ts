/** The thread that `startLedgerThread` starts: a connection of its own to the ledger, and one group of steps after another. */

import { parentPort, workerData } from 'node:worker_threads'
import { UserError } from '../errors.ts'
import { ledgerProblem } from '../ledger/ledger-problem.ts'
import { openLedger } from '../ledger/open-ledger.ts'
import type { ThreadAnswer, ThreadData, ThreadRequest } from './run-ledger-commits.ts'
import { writeStepGroup } from './write-step-group.ts'

const { place }: ThreadData = workerData
// A ledger that cannot be opened is told to whoever asks: an error of the whole thread would lose what it says.
const opening = openLedger(place)
opening.catch(() => undefined)

parentPort?.on('message', (request: string | null) => {
  if (request === null) void close()
  else void answer(JSON.parse(request)).then(each => parentPort?.postMessage(JSON.stringify(each)))
})

async function close(): Promise<void> {
  await opening.then(ledger => ledger.close()).catch(() => undefined)
  parentPort?.close()
}

async function answer({ id, group }: ThreadRequest): Promise<ThreadAnswer> {
  try {
    return { id, kind: 'committed', claims: [...(await writeStepGroup(await opening, group))] }
  } catch (error) {
    const problem = error instanceof UserError ? error : ledgerProblem(await opening, error)
    return problem === null
      ? { id, kind: 'bug', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) }
      : { id, kind: 'refused', problems: problem.problems }
  }
}
