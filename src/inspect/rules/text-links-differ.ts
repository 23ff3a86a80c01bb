import { excerpt } from '../excerpt.ts'
import type { Complaint, HtmlElement, Rule } from '../finding.ts'

/** Message rule 7: the text part carries the same unique links as the HTML, in the same order. Filters distrust parts that differ. */
export const textLinksDiffer: Rule = {
  name: 'text-links-differ',
  inspect({ elements, text }) {
    const inHtml = linksInHtml(elements)
    const inText = linksInText(text, new Set(inHtml))
    const missing = inHtml.filter(link => !inText.includes(link))
    const added = inText.filter(link => !inHtml.includes(link))
    const complaints = [
      ...missing.map(link => complaint(`a link of the HTML is missing in the text part`, link)),
      ...added.map(link => complaint(`a link of the text part is missing in the HTML`, link)),
    ]
    if (complaints.length > 0) return complaints
    const moved = inHtml.find((link, index) => link !== inText[index])
    return moved === undefined ? [] : [complaint('the text part has its links in another order than the HTML', moved)]
  },
}

function linksInHtml(elements: readonly HtmlElement[]): string[] {
  const links = elements.flatMap(({ name, attributes }) => (name === 'a' || name === 'area' ? (attributes.href?.trim() ?? []) : []))
  return [...new Set(links.filter(link => /^https?:/i.test(link)))]
}

/** Addresses in plain text. Punctuation behind one belongs to the sentence, unless the HTML links to it so. */
function linksInText(text: string, known: ReadonlySet<string>): string[] {
  const links = (text.match(/https?:\/\/[^\s<>"]+/gi) ?? []).map(link => (known.has(link) ? link : link.replace(/[.,;:!?'’”»)\]}…]+$/, '')))
  return [...new Set(links)]
}

function complaint(message: string, link: string): Complaint {
  return {
    severity: 'warning',
    message: `${message}: whoever reads the text gets another email, and filters distrust parts that differ`,
    place: { part: 'text', excerpt: excerpt(link, 160), quote: link },
    help: 'write the same links into the template of the text part, in the same order',
  }
}
