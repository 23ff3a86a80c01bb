import type { ScheduledTime } from '../delivery/send-report.ts'

/** A time by the clock of its zone, as whoever gave it thinks of it: `Mon 9 Feb 2026, 09:00 (Europe/Lisbon)`. */
export function formatZoned({ instant, zone }: ScheduledTime): string {
  const form = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const parts = Object.fromEntries(form.formatToParts(instant).map(({ type, value }) => [type, value]))
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}, ${parts.hour}:${parts.minute} (${zone})`
}
