/** `2026-02-09 09:00 UTC` for an instant in UTC; what is no such instant comes back as it is. */
export function formatInstant(instant: string): string {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*Z$/.exec(instant) ?? []
  return day === undefined || time === undefined ? instant : `${day} ${time} UTC`
}

/** The same of milliseconds since 1970. */
export function formatAt(at: number): string {
  return formatInstant(new Date(at).toISOString())
}
