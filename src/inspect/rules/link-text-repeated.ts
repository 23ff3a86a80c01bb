import { excerpt } from '../excerpt.ts'
import type { Complaint, Rule } from '../finding.ts'
import { type Link, linksOf } from '../links.ts'

/** Message rule 15: two links of the same text lead to the same place (WCAG 2.2, 2.4.9). */
export const linkTextRepeated: Rule = {
  name: 'link-text-repeated',
  inspect(inspected) {
    const byName = Map.groupBy(linksOf(inspected), ({ name }) => name.toLowerCase())
    return [...byName].flatMap(([name, links]) => (/[\p{L}\p{N}]/u.test(name) ? complaintAbout(links) : []))
  },
}

function complaintAbout(links: readonly Link[]): Complaint[] {
  const [first] = links
  const count = new Set(links.map(({ address }) => placeOf(address))).size
  const other = links.find(({ address }) => placeOf(address) !== placeOf(first?.address ?? ''))
  if (first === undefined || other === undefined) return []
  return [
    {
      severity: 'warning',
      message: `${links.length} links say "${excerpt(first.name, 40)}" and lead to ${count} different places: nobody can tell them apart by ear`,
      place: { part: 'html', excerpt: excerpt(`${other.name} → ${other.address}`), at: other.element, quote: other.name },
      help: 'let each say where it leads, such as "Read: " and the title',
    },
  ]
}

/** Campaign parameters do not make another place. */
function placeOf(address: string): string {
  const url = URL.parse(address)
  if (url === null) return address
  const campaign = Array.from(url.searchParams.keys()).filter(name => name.startsWith('utm_'))
  for (const name of campaign) url.searchParams.delete(name)
  return url.href
}
