/** Durations as a configuration writes them. */

const milliseconds = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** `90s`, `15m`, `4h` or `3d` in milliseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text.trim()) ?? []
  return count === undefined ? null : Number(count) * milliseconds[unit as keyof typeof milliseconds]
}

/** A duration out of a checked configuration, in milliseconds. Throws where it was not checked. */
export function durationOf(text: string): number {
  const duration = parseDuration(text)
  if (duration === null) throw new Error(`not a duration: ${JSON.stringify(text)}`)
  return duration
}
