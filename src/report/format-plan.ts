import { millisecondsPerDay } from '../selection/calendar.ts'
import { describeReason } from '../selection/describe-reason.ts'
import type { Decision, Selection, Window } from '../selection/selection.ts'
import type { Paint } from './paint.ts'
import { fitted, padded } from './table.ts'

/** Posts dated this many days before or after the window are near enough to be shown in the terminal. */
const nearDays = 7

/** A selection as a table of at most `columns` columns: picks first in their order, then what was left out near the window, newest first. */
export function formatPlan(selection: Selection, columns: number, paint: Paint): string {
  const { window, picks, decisions } = selection
  const leftOut = decisions.filter(decision => decision.decision === 'left-out')
  const near = leftOut.filter(decision => isNear(decision, window)).sort(newestFirst)
  const rows = [...picks.map(pick => row(pick, columns, paint)), ...near.map(decision => row(decision, columns, paint))]
  const far = leftOut.length - near.length
  return [
    `${paint.bold(window.id)}  ${formatWindow(window)}`,
    '',
    ...rows,
    ...(rows.length > 0 ? [''] : []),
    `${picks.length} picked, ${leftOut.length} left out${far > 0 ? ` (${far} of them not near this window: --json lists them)` : ''}`,
    '',
  ].join('\n')
}

/** `2026-02-02 to 2026-02-08 (Europe/Lisbon)`: the days that a window touches. */
export function formatWindow(window: Window): string {
  return `${window.firstDay} to ${window.lastDay} (${window.timeZone})`
}

function row(decision: Decision, columns: number, paint: Paint): string {
  const { post } = decision
  const picked = decision.decision === 'picked'
  const reason = describeReason(decision)
  const titleWidth = Math.max(16, Math.floor((columns - 16) * 0.55))
  const reasonWidth = Math.max(12, columns - 16 - titleWidth)
  const mark = picked ? paint.green('✓') : paint.dim('·')
  const title = padded(fitted(post.title, titleWidth), titleWidth)
  return `${mark} ${post.publishedAt.day}  ${picked ? paint.bold(title) : paint.dim(title)}  ${fitted(reason, reasonWidth)}`.trimEnd()
}

function isNear({ post, reason }: Decision, window: Window): boolean {
  if (reason.kind === 'ran' || reason.kind === 'missed') return true
  const instant = Date.parse(post.publishedAt.instant)
  const margin = nearDays * millisecondsPerDay
  return instant >= Date.parse(window.from) - margin && instant < Date.parse(window.to) + margin
}

function newestFirst(a: Decision, b: Decision): number {
  return b.post.publishedAt.instant.localeCompare(a.post.publishedAt.instant) || a.post.slug.localeCompare(b.post.slug)
}
