/**
 * Commits beside the connections: a durable commit waits for the disk, and with SQLite the thread that commits waits with it. In a thread of its own the
 * connections go on meanwhile, and what they have to write gathers for the next commit.
 */

import { Worker } from 'node:worker_threads'
import { type Problem, UserError } from '../errors.ts'
import type { LedgerPlace } from '../ledger/ledger.ts'
import type { Claim, Claims, Step, StepGroup } from './write-step-group.ts'

/** What the thread is started with. */
export interface ThreadData {
  readonly place: LedgerPlace
}

/** What the thread is asked, as JSON, which takes a fraction of the time that copying objects does; null: to end. */
export interface ThreadRequest {
  readonly id: number
  readonly group: StepGroup
}

/** What it answers, as JSON. Errors lose their class on the way from thread to thread, so their problems are sent. */
export type ThreadAnswer =
  | { readonly id: number; readonly kind: 'committed'; readonly claims: readonly (readonly [number, Claim])[] }
  | { readonly id: number; readonly kind: 'refused'; readonly problems: UserError['problems'] }
  | { readonly id: number; readonly kind: 'bug'; readonly stack: string }

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
  const worker = new Worker(new URL(`run-ledger-thread.${extension}`, import.meta.url), {
    workerData: data,
    // The heap of a thread would otherwise take what the machine has.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  })
  const waiting = new Map<number, Waiting>()
  let next = 0
  let ended: { readonly error: unknown } | null = null
  const end = (error: unknown) => {
    ended ??= { error }
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (text: string) => {
    const answer: ThreadAnswer = JSON.parse(text)
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.kind === 'committed') asked?.resolve(new Map(answer.claims))
    else asked?.reject(answer.kind === 'bug' ? new Error(answer.stack) : toUserError(answer.problems))
  })
  worker.on('error', end)
  worker.on('exit', () => end(new Error('the thread of the ledger ended')))
  return {
    commit: group =>
      new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended.error)
        const id = next++
        waiting.set(id, { resolve, reject })
        worker.postMessage(JSON.stringify({ id, group: { ...group, steps: group.steps.map(lean) } } satisfies ThreadRequest))
      }),
    close: () =>
      new Promise(resolve => {
        if (ended !== null) return resolve()
        worker.once('exit', () => resolve())
        worker.postMessage(null)
      }),
  }
}

/** Without what a claim does not need: it would be written, carried over and read for every message. */
function lean({ settle, claim }: Step): Step {
  return { settle, claim: claim === null ? null : { id: claim.id, subscriber: claim.subscriber } }
}

function toUserError([first, ...more]: readonly [Problem, ...Problem[]]): UserError {
  return new UserError(first, ...more)
}
