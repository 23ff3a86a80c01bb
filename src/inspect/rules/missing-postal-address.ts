import type { Rule } from '../finding.ts'

/**
 * Message rule 9: the sender's postal address stands in the body. The law asks for it in every bulk message, in the United States
 * (CAN-SPAM, 15 U.S.C. §7704(a)(5)) as in the European Union (Directive 2000/31/EC, article 5).
 */
export const missingPostalAddress: Rule = {
  name: 'missing-postal-address',
  inspect({ context, visibleTexts, text }) {
    const severity = context.purpose === 'send' ? 'error' : 'warning'
    const { address } = context.sender
    if (address === null) {
      return [
        {
          severity,
          message: 'no postal address is configured: the law of most countries asks for one in every bulk message',
          place: { part: 'settings', excerpt: 'sender.address' },
          help: 'set sender.address in news-digest.yaml',
        },
      ]
    }
    const parts = [
      { part: 'html' as const, body: visibleTexts.map(each => each.text).join(' ') },
      { part: 'text' as const, body: text },
    ]
    return parts
      .filter(({ body }) => !fold(body).includes(fold(address)))
      .map(({ part }) => ({
        severity,
        message: `the postal address does not stand in the ${part === 'html' ? 'HTML' : 'text part'}: the law of most countries asks for it in every bulk message`,
        place: { part, excerpt: null },
        help: "write {{publication.address}} into the template's footer",
      }))
  },
}

/** Line breaks, commas and blanks depend on how a template sets the address. */
function fold(text: string): string {
  return text.replace(/[\s,·|]+/g, '').toLowerCase()
}
