import stringWidth from 'string-width'
import { addDays } from '../selection/calendar.ts'
import { describeReasonBesideDate } from '../selection/describe-reason.ts'
import type { Decision, Selection, Window } from '../selection/selection.ts'
import type { Paint } from './paint.ts'
import { fitted, padded } from './table.ts'

/** Posts dated this many days before or after the window are near enough to be shown in the terminal. */
const nearDays = 7

/** Columns of a row besides title and reason: mark, date and the blanks between. */
const otherColumns = 16
const leastTitle = 16

/**
 * A selection as a table: picks first in their order, then what was left out near the window, newest first. It has at most `columns` columns, titles
 * cut before reasons; nothing is cut where there is no end of columns.
 */
export function formatPlan(selection: Selection, columns: number, paint: Paint): string {
  const { window, picks, decisions } = selection
  const leftOut = decisions.filter(decision => decision.decision === 'left-out')
  const near = leftOut.filter(decision => isNear(decision, window)).sort(newestFirst)
  const shown = [...picks, ...near]
  const widths = columnWidths(shown, columns)
  const rows = shown.map(decision => row(decision, widths, paint))
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

interface ColumnWidths {
  readonly title: number
  readonly reason: number
}

function columnWidths(decisions: readonly Decision[], columns: number): ColumnWidths {
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(text => stringWidth(text)))
  const room = columns - otherColumns
  const reason = Math.min(widest(decisions.map(describeReasonBesideDate)), Math.max(leastTitle, room - leastTitle))
  const title = Math.min(widest(decisions.map(({ post }) => post.title)), Math.max(leastTitle, room - reason))
  return { title, reason }
}

function row(decision: Decision, widths: ColumnWidths, paint: Paint): string {
  const { post } = decision
  const picked = decision.decision === 'picked'
  const mark = picked ? paint.green('✓') : paint.dim('·')
  const title = padded(fitted(post.title, widths.title), widths.title)
  const reason = fitted(describeReasonBesideDate(decision), widths.reason)
  return `${mark} ${post.publishedAt.day}  ${picked ? paint.bold(title) : paint.dim(title)}  ${reason}`.trimEnd()
}

/** A late arrival that is only reported counts as near whatever its date: it waits for a decision. */
function isNear({ post, reason }: Decision, window: Window): boolean {
  if (reason.kind === 'missed') return true
  const day = 'day' in reason ? reason.day : post.publishedAt.day
  return day >= addDays(window.firstDay, -nearDays) && day <= addDays(window.lastDay, nearDays)
}

function newestFirst(a: Decision, b: Decision): number {
  return b.post.publishedAt.instant.localeCompare(a.post.publishedAt.instant) || a.post.slug.localeCompare(b.post.slug)
}
