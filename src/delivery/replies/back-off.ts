/** How long to wait before something is tried again. Pure: the same delivery waits as long in every process. */

/** At most so much is added to a configured wait, so that what failed together is not tried again together. */
const jitter = 0.1
// 421: 5 to 30 minutes where the first wait is the usual 5.
const longestAfterClosing = 6

/**
 * The wait after attempt `attempt` (from 1) in milliseconds, out of `waits` (send.backOff, or send.relayBackOff for a relay), whose last repeats. Up to
 * a tenth longer than configured, never shorter; how much is a function of `seed` (the delivery's id, the relay's name) and the attempt.
 */
export function waitAfter(attempt: number, waits: readonly number[], seed: string): number {
  const wait = waits[Math.min(Math.max(attempt, 1), waits.length) - 1] ?? 0
  return Math.round(wait * (1 + jitter * shareOf(`${seed}#${attempt}`)))
}

/**
 * The wait after a 421 in milliseconds: between the first of `waits` and six times that, 5 to 30 minutes by default. Spread over the whole span, since a
 * relay that closes meets all its connections at once.
 */
export function waitAfterClosing(attempt: number, waits: readonly number[], seed: string): number {
  const first = waits[0] ?? 0
  return Math.round(first * (1 + (longestAfterClosing - 1) * shareOf(`${seed}#${attempt}#421`)))
}

/** No wait out of `waits` is longer: what is due later than that was written before the clock was set back. */
export function longestWait(waits: readonly number[]): number {
  return Math.ceil(Math.max(0, (waits[0] ?? 0) * longestAfterClosing, ...waits.map(wait => wait * (1 + jitter))))
}

/** A number from 0 up to 1 that looks random and is not: FNV-1a with a final mix, so that ids that follow one another fall far apart. */
function shareOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}
