import type { Post } from '../content/post.ts'
import { type Calendar, millisecondsPerDay } from './calendar.ts'
import { dateOf } from './date-is-in.ts'
import { findLesserTranslations, languageFits } from './languages.ts'
import { makePostOrder } from './order-posts.ts'
import { makeRuleRefusal } from './rule-refusal.ts'
import { selectPosts } from './select-posts.ts'
import type { PastEdition, SelectionRules, Window } from './selection.ts'
import { previousWindow, windowBetween, windowContaining } from './windows.ts'

/** What finding the newest window depends on besides the posts. */
export interface LatestWindowRequest {
  readonly calendar: Calendar
  readonly rules: SelectionRules
  readonly past: readonly PastEdition[]
  readonly now: Date
  /** Id of a window that is known to have nothing. */
  readonly except?: string | undefined
}

/**
 * The newest window of the rhythm that has something to send by the rules, complete or still running, never one that begins after `now`; also a
 * window whose edition file names picks. Null when no window has.
 */
export function latestWindow(posts: readonly Post[], { calendar, rules, past, now, except }: LatestWindowRequest): Window | null {
  const running = windowContaining(now, calendar)
  const eligible = eligiblePosts(posts, rules, now)
  const own = past.filter(edition => edition.rhythm === calendar.rhythm)
  const candidates = new Map([running, previousWindow(running, calendar)].map(window => [window.id, window]))
  for (const window of windowsWithPosts(eligible, rules, calendar)) candidates.set(window.id, window)
  for (const { from, to, id, rhythm } of own) candidates.set(id, windowBetween(from, to, calendar.timeZone, { id, rhythm }))

  const newestFirst = [...candidates.values()].filter(window => window.from <= running.from).sort((a, b) => (a.from < b.from ? 1 : -1))
  const hasPicks = ({ id }: Window) => own.some(edition => edition.id === id && (edition.ran?.length ?? 0) > 0)
  const hasPosts = (window: Window) => {
    const near = postsNear(window, eligible, rules)
    return near.length > 0 && !selectPosts(near, { window, rules, past, now: now.toISOString() }).tooFew
  }
  return newestFirst.find(window => window.id !== except && (hasPicks(window) || hasPosts(window))) ?? null
}

/** Posts that some window could run: the rules say nothing against them. Newest first. */
function eligiblePosts(posts: readonly Post[], rules: SelectionRules, now: Date): readonly Post[] {
  const refuse = makeRuleRefusal(rules.whenFewer === 'fill' ? { ...rules, featuredOnly: false } : rules)
  const lesser = findLesserTranslations(posts, rules.language)
  return posts
    .filter(post => post.hidden === null && languageFits(post.language, rules.language) && !lesser.has(post) && refuse(post) === null)
    .filter(post => dateOf(post, rules.by).instant <= now.toISOString())
    .sort(makePostOrder({ order: 'newest', by: rules.by }))
}

function windowsWithPosts(newestFirst: readonly Post[], { by }: SelectionRules, calendar: Calendar): readonly Window[] {
  const windows: Window[] = []
  for (const post of newestFirst) {
    const { instant } = dateOf(post, by)
    const newest = windows.at(-1)
    if (newest === undefined || instant < newest.from) windows.push(windowContaining(new Date(instant), calendar))
  }
  return windows
}

/** What a window could hold: its own posts, those of a day around it, and those late enough to still arrive. Keeps the search quick. */
function postsNear({ from, to }: Window, posts: readonly Post[], { by, lateArrivals }: SelectionRules): readonly Post[] {
  const first = new Date(Date.parse(from) - (lateArrivals.days + 1) * millisecondsPerDay).toISOString()
  const last = new Date(Date.parse(to) + millisecondsPerDay).toISOString()
  const isNear = (instant: string) => instant >= first && instant < last
  return posts.filter(post => isNear(post.publishedAt.instant) || isNear(dateOf(post, by).instant))
}
