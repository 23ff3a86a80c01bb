import type { Selection, Window } from '../selection/selection.ts'
import { count } from './count.ts'
import { formatPlan, formatWindow } from './format-plan.ts'
import type { Paint } from './paint.ts'

/** What is said when a window has nothing to send. */
export interface NothingToSend {
  readonly selection: Selection
  readonly min: number
  readonly featuredOnly: boolean
  /** The newest window that has something; null when none has. */
  readonly newest: Window | null
  /** The command for that window, `news-digest build 2026-w06`. */
  readonly command: string
}

/** "Nothing to send", what would have counted, and the newest window that has something with the command for it. */
export function formatNothing({ selection, min, featuredOnly, newest, command }: NothingToSend, columns: number, paint: Paint): string {
  const { window, picks } = selection
  const found = picks.length === 0 ? 'no post counts' : `only ${count(picks.length, 'post')} of at least ${min}`
  const next =
    newest === null
      ? `No other window has something either${featuredOnly ? '; --all takes posts that are not featured, too' : ''}.`
      : `The newest window with something to send is ${newest.id}, ${formatWindow(newest)}:\n  ${paint.bold(command)}`
  return `${paint.yellow('nothing to send')} for ${window.id}: ${found}\n\n${formatPlan(selection, columns, paint)}\n${next}\n`
}
