/**
 * What the connections tell the ledger and ask of it, many at a time. A connection's last outcome and the claim of its next delivery are one step; the steps of
 * all connections that are waiting are one transaction, and a connection goes on when it has been committed. So no byte of a message is sent before `sending`
 * stands in the ledger, and no message follows one whose outcome does not.
 */

import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { type Claim, type Claims, type Settlement, type Step, settlementsOf } from './write-step-group.ts'

/** Writes steps. */
export interface StepWriter {
  /** Resolves once the step is committed; to null where nothing was to be claimed. Rejects where the ledger cannot be written. */
  readonly write: (step: Step) => Promise<Claim | null>
  /** Tries once more to write the outcomes whose step could not be written: they are kept, since nobody else knows them. Rejects where they still cannot be. */
  readonly writeAgain: () => Promise<void>
}

/** How a group is committed. */
export interface StepContext {
  readonly commit: (steps: readonly Step[]) => Promise<Claims>
  /** Whether connections go on while it commits: then what they have to write gathers by itself. */
  readonly isBeside: boolean
  /** How many connections there may be. */
  readonly connections: number
}

interface Waiting {
  readonly step: Step
  readonly resolve: (claim: Claim | null) => void
  readonly reject: (error: unknown) => void
}

// A durable commit takes 0.2 ms on a fast disk and many on a slow one. Waiting for as long as the last one took halves the connections' speed at worst, and
// lets most of them into one commit where commits are what takes the time.
const shortestPause = 1
const longestPause = 5
// Beside a commit the connections go on, so a group may wait until a good part of them has something to write: fewer commits, each of which costs processor time
// that messages need, and disk time. With 20 connections that was 7 % more messages a second.
const enoughShare = 0.4
const longestGathering = 4

/** A writer for one process. */
export function createStepWriter({ commit, isBeside, connections }: StepContext): StepWriter {
  const enough = Math.ceil(connections * enoughShare)
  let waiting: Waiting[] = []
  let isWriting = false
  let lastTook = 0
  let unwritten: readonly Settlement[] = []
  let ring = () => {}
  const gather = async (): Promise<void> => {
    if (!isBeside) return sleep(Math.min(longestPause, Math.max(shortestPause, lastTook)))
    if (waiting.length >= enough) return setImmediate()
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, longestGathering)
    ring = resolve
    await promise
    clearTimeout(timer)
    ring = () => {}
  }
  const writeAll = async () => {
    isWriting = true
    await gather()
    while (waiting.length > 0) {
      const startedAt = performance.now()
      const group = waiting
      waiting = []
      try {
        const claims = await commit(group.map(({ step }) => step))
        for (const { step, resolve } of group) resolve(step.claim === null ? null : (claims.get(step.claim.id) ?? 'gone'))
      } catch (error) {
        unwritten = [...unwritten, ...settlementsOf(group.map(({ step }) => step))]
        for (const { reject } of group) reject(error)
      }
      lastTook = performance.now() - startedAt
      await gather()
    }
    isWriting = false
  }
  return {
    write: step =>
      new Promise((resolve, reject) => {
        waiting.push({ step, resolve, reject })
        if (waiting.length >= enough) ring()
        if (!isWriting) void writeAll()
      }),
    writeAgain: async () => {
      const again = unwritten
      if (again.length === 0) return
      await commit(again.map(settle => ({ settle, claim: null })))
      unwritten = unwritten.slice(again.length)
    },
  }
}
