import { excerpt } from '../excerpt.ts'
import type { Complaint, MessageRule } from '../finding.ts'

/**
 * Message rule 8: one List-Unsubscribe with one https address, and `List-Unsubscribe-Post: List-Unsubscribe=One-Click` (RFC 8058, which Gmail and Yahoo ask
 * of bulk senders); List-Id in its form (RFC 2919); Feedback-ID of at most four fields. Only judged where something answers: see missing-unsubscribe.
 */
export const messageListHeaders: MessageRule = {
  name: 'message-list-headers',
  inspect({ message, context }) {
    if (message === null) return []
    const severity = context.purpose === 'send' ? 'error' : 'warning'
    const complaints: Complaint[] = []
    const say = (text: string, raw: string | null) =>
      complaints.push({
        severity,
        message: text,
        place: { part: 'message', excerpt: raw === null ? null : excerpt(raw) },
        help: 'set links.publicUrl in news-digest.yaml to an https address, and build again',
      })
    const header = (name: string) => message.headers.find(each => each.name === name)
    const [unsubscribe, post, listId, feedback] = ['list-unsubscribe', 'list-unsubscribe-post', 'list-id', 'feedback-id'].map(header)
    if (context.publicUrl !== null && unsubscribe === undefined)
      say('the message has no List-Unsubscribe: Gmail and Yahoo take bulk mail without one for spam', null)
    if (unsubscribe !== undefined && (unsubscribe.value.match(/<https:[^<>]*>/gi) ?? []).length !== 1)
      say('List-Unsubscribe has not exactly one https address, which one-click unsubscribing needs (RFC 8058)', unsubscribe.raw)
    if (unsubscribe !== undefined && post?.value !== 'List-Unsubscribe=One-Click')
      say('List-Unsubscribe-Post does not say List-Unsubscribe=One-Click: Gmail shows no button to unsubscribe', post?.raw ?? null)
    if (listId !== undefined && !/<[\w-]+(?:\.[\w-]+)+>$/.test(listId.value))
      say('List-Id has not the form "Name <list.example.com>" (RFC 2919)', listId.raw)
    if (feedback !== undefined && feedback.value.split(':').length > 4)
      say('Feedback-ID has more than four fields: Gmail ignores it', feedback.raw)
    return complaints
  },
}
