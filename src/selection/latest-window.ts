import type { Post } from '../content/post.ts'
import type { Calendar } from './calendar.ts'
import { languageFits } from './languages.ts'
import { dateOf } from './post-date.ts'
import { makeRuleRefusal } from './rule-refusal.ts'
import type { PastEdition, SelectionRules, Window } from './selection.ts'
import { selectPosts } from './select-posts.ts'
import { previousWindow, windowBetween, windowContaining } from './windows.ts'

/** What finding the newest window depends on besides the posts. */
export interface LatestWindowRequest {
  readonly calendar: Calendar
  readonly rules: SelectionRules
  readonly past: readonly PastEdition[]
  readonly now: Date
}

/**
 * The newest window of the rhythm that has something to send by the rules, complete or still running, never one that begins after `now`; also a
 * window whose edition file names picks. Null when no window has.
 */
export function latestWindow(posts: readonly Post[], { calendar, rules, past, now }: LatestWindowRequest): Window | null {
  const running = windowContaining(now, calendar)
  const own = past.filter(edition => edition.rhythm === calendar.rhythm)
  const candidates = new Map([running, previousWindow(running, calendar)].map(window => [window.id, window]))
  for (const window of windowsWithPosts(posts, rules, calendar, now)) candidates.set(window.id, window)
  for (const { from, to, id, rhythm } of own) candidates.set(id, windowBetween(from, to, calendar.timeZone, { id, rhythm }))

  const newestFirst = [...candidates.values()].filter(window => window.from <= running.from).sort((a, b) => (a.from < b.from ? 1 : -1))
  const hasPicks = ({ id }: Window) => own.some(edition => edition.id === id && (edition.ran?.length ?? 0) > 0)
  const request = { rules, past, now: now.toISOString() }
  return newestFirst.find(window => hasPicks(window) || !selectPosts(posts, { ...request, window }).tooFew) ?? null
}

/** Windows in which enough posts are dated that the rules do not refuse: only these are worth selecting for. */
function windowsWithPosts(posts: readonly Post[], rules: SelectionRules, calendar: Calendar, now: Date): readonly Window[] {
  const refuse = makeRuleRefusal(rules.whenFewer === 'fill' ? { ...rules, featuredOnly: false } : rules)
  const dates = posts
    .filter(post => post.hidden === null && languageFits(post.language, rules.language) && refuse(post) === null)
    .map(post => dateOf(post, rules.by))
    .filter(date => date.instant <= now.toISOString())
    .sort((a, b) => (a.instant < b.instant ? 1 : -1))
  const windows: Window[] = []
  for (const { instant } of dates) {
    const newest = windows.at(-1)
    if (newest === undefined || instant < newest.from) windows.push(windowContaining(new Date(instant), calendar))
  }
  return windows
}
