/** A duration as it was measured, in milliseconds: `0.4 s`, `90 s`, `12 min 5 s`, `4 h 2 min`, `3 d 4 h`. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : inUnits(Math.round(milliseconds / 1000))
}

/** One of which the seconds do not matter, such as a forecast, in milliseconds: `1 s` at least, `90 s`, `4 min`, `2 h 5 min`, `3 d 4 h`. */
export function formatRoughly(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000))
  return inUnits(seconds < mostSeconds ? seconds : Math.round(seconds / 60) * 60)
}

/** `90 s` is read faster than `1 min 30 s`, and is shorter. */
const mostSeconds = 120

/** The two largest units. */
function inUnits(seconds: number): string {
  if (seconds < mostSeconds) return `${seconds} s`
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const first = parts.findIndex(([amount]) => amount > 0)
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}
