/** The form that asks those who have just left for their reason. It may be left alone. */

import { html } from 'hono/html'
import * as z from 'zod'
import { cleanLines } from '../../content/clean-text.ts'
import type { MessageKey } from '../../locale/messages.ts'
import { type LeaveReason, leaveReasons } from '../../subscribers/write-leave-reason.ts'
import type { Markup } from './page.ts'
import type { Words } from './show-page.ts'

/** What somebody said: null where they sent the form empty. */
export type GivenReason = { readonly reason: LeaveReason; readonly note: string | null } | null

const longestNote = 500

const labels = {
  'too-many': 'leaveReasonTooMany',
  'not-interesting': 'leaveReasonNotInteresting',
  'never-asked': 'leaveReasonNeverAsked',
  other: 'leaveReasonOther',
} as const satisfies Record<LeaveReason, MessageKey>

/** The form; `action` is where it is sent. */
export function leaveForm({ say }: Words, action: string): Markup {
  const choice = (reason: LeaveReason) =>
    html`<label class="choice"><input type="radio" name="reason" value="${reason}" required>${say(labels[reason], {})}</label>`
  return html`<form method="post" action="${action}">
<fieldset>
<legend>${say('leaveReasonLegend', {})}</legend>
${leaveReasons.map(choice)}
</fieldset>
<label for="note">${say('leaveReasonNote', {})}</label>
<textarea id="note" name="note" rows="3" maxlength="${longestNote}"></textarea>
<button class="quiet">${say('leaveReasonButton', {})}</button>
</form>`
}

const form = z.object({ reason: z.string().max(40).optional(), note: z.string().max(8000).optional() })

/** Reads the form as it was sent; undefined where it is not one. Words without a choice are a reason of another kind. */
export function parseLeaveForm(body: unknown): GivenReason | undefined {
  const given = form.safeParse(body)
  if (!given.success) return undefined
  const words = Array.from(cleanLines(given.data.note ?? ''))
    .slice(0, longestNote)
    .join('')
    .trim()
  const note = words === '' ? null : words
  const chosen = leaveReasons.find(each => each === given.data.reason)
  if (chosen !== undefined) return { reason: chosen, note }
  return note === null ? null : { reason: 'other', note }
}
