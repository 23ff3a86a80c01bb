/**
 * Commits beside the connections: a durable commit waits for the disk, and with SQLite the thread that commits waits with it. In a thread of its own the
 * connections go on meanwhile, and what they have to write gathers for the next commit.
 */

import { Worker } from 'node:worker_threads'
import { type Problem, UserError } from '../errors.ts'
import type { LedgerPlace } from '../ledger/ledger.ts'
import type { Claims, StepGroup } from './write-step-group.ts'

/** What the thread is started with. */
export interface ThreadData {
  readonly place: LedgerPlace
}

/** What the thread is asked; null: to end. */
export interface ThreadRequest {
  readonly id: number
  readonly group: StepGroup
}

/** What it answers. Errors lose their class on the way from thread to thread, so their problems are sent. */
export type ThreadAnswer =
  | { readonly id: number; readonly kind: 'committed'; readonly claims: Claims }
  | { readonly id: number; readonly kind: 'refused'; readonly problems: UserError['problems'] }
  | { readonly id: number; readonly kind: 'bug'; readonly error: unknown }

/** A thread with a connection of its own. */
export interface LedgerThread {
  /** As `writeStepGroup`. Rejects, too, where the thread has ended. */
  readonly commit: (group: StepGroup) => Promise<Claims>
  readonly close: () => Promise<void>
}

interface Waiting {
  readonly resolve: (claims: Claims) => void
  readonly reject: (error: unknown) => void
}

/** Starts a thread for a SQLite ledger. */
export function startLedgerThread(place: LedgerPlace): LedgerThread {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const data: ThreadData = { place }
  const worker = new Worker(new URL(`run-ledger-thread.${extension}`, import.meta.url), { workerData: data })
  const waiting = new Map<number, Waiting>()
  let next = 0
  let ended: { readonly error: unknown } | null = null
  const end = (error: unknown) => {
    ended ??= { error }
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (answer: ThreadAnswer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.kind === 'committed') asked?.resolve(answer.claims)
    else asked?.reject(answer.kind === 'bug' ? answer.error : toUserError(answer.problems))
  })
  worker.on('error', end)
  worker.on('exit', () => end(new Error('the thread of the ledger ended')))
  return {
    commit: group =>
      new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended.error)
        const id = next++
        waiting.set(id, { resolve, reject })
        worker.postMessage({ id, group } satisfies ThreadRequest)
      }),
    close: () =>
      new Promise(resolve => {
        if (ended !== null) return resolve()
        worker.once('exit', () => resolve())
        worker.postMessage(null)
      }),
  }
}

function toUserError([first, ...more]: readonly [Problem, ...Problem[]]): UserError {
  return new UserError(first, ...more)
}
