/** The thread that `startLedgerThread` starts: a connection of its own to the ledger, and one group of steps after another. */

import { parentPort, workerData } from 'node:worker_threads'
import { UserError } from '../errors.ts'
import { ledgerProblem } from '../ledger/ledger-problem.ts'
import { openLedger } from '../ledger/open-ledger.ts'
import type { ThreadAnswer, ThreadData, ThreadRequest } from './run-ledger-commits.ts'
import { writeStepGroup } from './write-step-group.ts'

const { place }: ThreadData = workerData
const ledger = await openLedger(place)

parentPort?.on('message', (request: ThreadRequest | null) => {
  if (request === null) void ledger.close().then(() => parentPort?.close())
  else void answer(request).then(each => parentPort?.postMessage(each))
})

async function answer({ id, group }: ThreadRequest): Promise<ThreadAnswer> {
  try {
    return { id, kind: 'committed', claims: await writeStepGroup(ledger, group) }
  } catch (error) {
    const problem = error instanceof UserError ? error : ledgerProblem(ledger, error)
    return problem === null ? { id, kind: 'bug', error } : { id, kind: 'refused', problems: problem.problems }
  }
}
