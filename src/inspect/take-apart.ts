import type { Email } from '../render/email.ts'
import { joinSegments } from '../render/join-email.ts'
import { usualValues } from '../render/usual-values.ts'
import { computeAllLooks } from './computed-look.ts'
import type { InspectContext, Inspected, NamedSubject } from './finding.ts'
import { parseHtml } from './parse-html.ts'
import { parseMessage } from './parse-message.ts'
import { parseStyles } from './parse-styles.ts'

/** Parses an email once for all rules. */
export async function takeApart(email: Email, context: InspectContext): Promise<Inspected> {
  const [htmlparser2, postcss] = await Promise.all([import('htmlparser2'), import('postcss')])
  const html = joinSegments(email.html, usualValues)
  const parsed = parseHtml(html, htmlparser2.Parser)
  const tree = { ...parsed, styles: parseStyles(parsed.elements, postcss.default) }
  return {
    email,
    context,
    subjects: subjectsOf(email),
    html,
    text: joinSegments(email.text, usualValues),
    ...tree,
    looks: computeAllLooks(tree),
    message: context.eml === undefined ? null : parseMessage(context.eml),
  }
}

function subjectsOf({ subject, variants }: Email): readonly NamedSubject[] {
  const text = joinSegments(subject, usualValues)
  if (variants === undefined) return [{ name: 'subject', text }]
  return [
    { name: 'subject A', text },
    { name: 'subject B', text: joinSegments(variants.B.subject, usualValues) },
  ]
}
