import type { Email, MergeValues } from '../render/email.ts'
import { joinSegments } from '../render/join-email.ts'
import { computeAllLooks } from './computed-look.ts'
import type { InspectContext, Inspected } from './finding.ts'
import { parseHtml } from './parse-html.ts'
import { parseMessage } from './parse-message.ts'
import { parseStyles } from './parse-styles.ts'

/** What merge fields are filled with for inspecting: about as long as real ones, signed addresses included. */
export const usualValues: Required<MergeValues> = {
  name: 'Maximilian Example',
  email: 'maximilian.example@mail.example',
  unsubscribeUrl: `https://news.example/unsubscribe/${'u'.repeat(120)}`,
  preferencesUrl: `https://news.example/preferences/${'p'.repeat(120)}`,
  viewUrl: `https://news.example/archive/${'v'.repeat(120)}`,
}

/** Parses an email once for all rules. */
export async function takeApart(email: Email, context: InspectContext): Promise<Inspected> {
  const [htmlparser2, postcss] = await Promise.all([import('htmlparser2'), import('postcss')])
  const html = joinSegments(email.html, usualValues)
  const parsed = parseHtml(html, htmlparser2.Parser)
  const tree = { ...parsed, styles: parseStyles(parsed.elements, postcss.default) }
  return {
    email,
    context,
    subject: joinSegments(email.subject, usualValues),
    html,
    text: joinSegments(email.text, usualValues),
    ...tree,
    looks: computeAllLooks(tree),
    message: context.eml === undefined ? null : parseMessage(context.eml),
  }
}
