/** Verifies every message that a dry run sends, as it comes out at the other end. */

import { hash } from 'node:crypto'
import { inspectMessage, type MessageFault, type ReceivedMessage, type SendingFacts } from '../../inspect/inspect-message.ts'
import type { Email } from '../../render/email.ts'
import { emailOfVariant } from '../../render/variant.ts'
import type { Candidate } from '../sending.ts'

/** Faults of one rule, with one of them. */
export interface FaultGroup {
  readonly rule: string
  /** Messages that break the rule. */
  readonly messages: number
  readonly example: { readonly address: string; readonly message: string }
}

/** What is to be said of all messages so far. */
export interface Verdict {
  readonly messages: number
  /** Messages with a fault, and the faults, the most frequent rule first. */
  readonly faulty: number
  readonly faults: readonly FaultGroup[]
  /** Octets as they go over the wire, without doubled dots. Smallest and largest are 0 without messages. */
  readonly bytes: { readonly all: number; readonly smallest: number; readonly largest: number }
  /** Recipients whose address needs a relay with SMTPUTF8. */
  readonly beyondAscii: number
}

/** Judges messages. */
export interface Judge {
  /** Its message is on the way: of what comes in next for this address. */
  readonly expect: (candidate: Candidate) => void
  /** Verifies a message that came in, and tells whose it was; null where nobody's was expected. `now` is when it came. */
  readonly judge: (received: ReceivedMessage, now: Date) => Candidate | null
  readonly verdict: () => Verdict
}

/** A judge of one sending. Remembers eight bytes of each recipient. */
export function createJudge(email: Email, facts: Omit<SendingFacts, 'email' | 'now'>): Judge {
  const emails = email.variants === undefined ? [email] : [emailOfVariant(email, 'A'), emailOfVariant(email, 'B')]
  const expected = new Map<string, Candidate>()
  const served = new Set<number>()
  const groups = new Map<string, FaultGroup>()
  let messages = 0
  let faulty = 0
  let beyondAscii = 0
  let bytes = { all: 0, smallest: Number.POSITIVE_INFINITY, largest: 0 }

  const count = (faults: readonly MessageFault[], address: string) => {
    const byRule = new Map(faults.toReversed().map(({ rule, message }) => [rule, message]))
    for (const [rule, message] of byRule) {
      const known = groups.get(rule)
      groups.set(rule, { rule, messages: (known?.messages ?? 0) + 1, example: known?.example ?? { address, message } })
    }
    if (faults.length > 0) faulty += 1
  }
  const isSecond = (address: string): boolean => {
    const digest = digestOf(address)
    const isKnown = served.has(digest)
    served.add(digest)
    return isKnown
  }

  return {
    expect: candidate => void expected.set(candidate.address, candidate),
    judge: (received, now) => {
      const [address = ''] = received.to
      const candidate = expected.get(address) ?? null
      expected.delete(address)
      messages += 1
      const { length } = received.eml
      bytes = { all: bytes.all + length, smallest: Math.min(bytes.smallest, length), largest: Math.max(bytes.largest, length) }
      if (/[^\x21-\x7e]/.test(address)) beyondAscii += 1
      const own = emails[candidate?.variant === 'B' ? 1 : 0] ?? email
      count(
        [
          ...(isSecond(address) ? [{ rule: 'message-recipient', message: 'it is the second message to this address' }] : []),
          ...(candidate === null
            ? [{ rule: 'message-recipient', message: 'it went to an address that no message was made for' }]
            : inspectMessage(received, candidate, { ...facts, email: own, now })),
        ],
        address,
      )
      return candidate
    },
    verdict: () => ({
      messages,
      faulty,
      faults: [...groups.values()].toSorted((one, other) => other.messages - one.messages),
      bytes: messages === 0 ? { ...bytes, smallest: 0 } : bytes,
      beyondAscii,
    }),
  }
}

/** 52 bits of a digest: among a million addresses two that share one are as good as impossible (1 in 9,000). */
function digestOf(address: string): number {
  return Number.parseInt(hash('sha1', address, 'hex').slice(0, 13), 16)
}
