import type { CalendarDay, Post, PostDate } from '../content/post.ts'
import { dayInZone, startOfDay } from '../content/zone-time.ts'
import { addDays } from './calendar.ts'
import type { SelectionRules } from './selection.ts'

/** The date of a post that the rules go by: its publication, or its last change where that is what counts and the post has one. */
export function dateOf(post: Post, by: SelectionRules['by']): PostDate {
  const { publishedAt, updatedAt } = post
  return by === 'updatedAt' && updatedAt !== null && updatedAt.instant > publishedAt.instant ? updatedAt : publishedAt
}

/** A span of time that dates can be held against, `[from, to)`, both UTC instants. */
interface Span {
  readonly from: string
  readonly to: string
  readonly timeZone: string
}

/**
 * Makes the test whether a date lies in a span. A span of whole days takes a date without an hour by its calendar day. One that begins or ends at
 * an hour takes it as that day's first instant: a post dated "Friday" belongs to the digest that goes out on Friday at 9:00, which is where a reader
 * looks for it; should it appear only on Friday afternoon, it reaches the next digest as a late arrival.
 */
export function dateIsIn(span: Span): (date: PostDate) => boolean {
  const days = wholeDays(span)
  const holdsInstant = (date: PostDate) => date.instant >= span.from && date.instant < span.to
  if (days === null) return holdsInstant
  return date => (date.precision === 'day' ? date.day >= days.first && date.day <= days.last : holdsInstant(date))
}

function wholeDays({ from, to, timeZone }: Span): { first: CalendarDay; last: CalendarDay } | null {
  const first = dayInZone(Date.parse(from), timeZone)
  const last = dayInZone(Date.parse(to) - 1, timeZone)
  return startOfDay(first, timeZone) === from && startOfDay(addDays(last, 1), timeZone) === to ? { first, last } : null
}
