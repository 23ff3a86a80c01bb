/** What a correct bulk message is (message-rules.md, rules 1 to 14), judged by the bytes alone and independently of the code that writes them. */

import { readMessage } from './read-message.ts'
import { firstWords, leaks, markup, parts, textPart } from './rules-of-bodies.ts'
import {
  dateAndId,
  deception,
  type Expectation,
  encodedWords,
  envelope,
  lines,
  listHeaders,
  type MessageRule,
  oneOfEach,
  signature,
  token,
} from './rules-of-headers.ts'

const rules: readonly (readonly [number, MessageRule])[] = [
  [1, oneOfEach],
  [2, dateAndId],
  [3, lines],
  [4, encodedWords],
  [5, deception],
  [6, parts],
  [7, textPart],
  [8, listHeaders],
  [9, token],
  [10, signature],
  [11, envelope],
  [12, markup],
  [13, leaks],
  [14, firstWords],
]

/**
 * Everything in which a message, as it came out of DATA with its doubled dots taken out, breaks a rule: `8: List-Id has not its form`. Empty for one in order.
 * `only` are the rules to judge by; default: all.
 */
export function brokenRules(eml: Uint8Array, expected: Expectation, only: readonly number[] = rules.map(([number]) => number)): string[] {
  const message = readMessage(eml)
  return rules
    .filter(([number]) => only.includes(number))
    .flatMap(([number, rule]) => rule(message, expected).flatMap(said => (said === false ? [] : [`${number}: ${said}`])))
}
