import { fromWallTime } from './zone-time.ts'

/**
 * The instant of `2026-02-09T09:00`, in milliseconds since 1970: by the clock of the zone, or by the offset that stands behind it (`Z`, `+01:00`). Null for
 * what is no day or no time.
 */
export function parseLocalTime(text: string, timeZone: string): number | null {
  const [, day, time, seconds = ':00', offset] =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(Z|[+-]\d{2}:\d{2})?$/.exec(text.trim()) ?? []
  if (day === undefined || time === undefined) return null
  const wall = Date.parse(`${day}T${time}${seconds}Z`)
  // Date.parse makes the 3rd of March of a 31st of February in some forms.
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 16) !== `${day}T${time}`) return null
  return offset === undefined ? fromWallTime(wall, timeZone) : Date.parse(`${day}T${time}${seconds}${offset}`)
}
