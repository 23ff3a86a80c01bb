import type { Email } from '../render/email.ts'
import { joinSegments } from '../render/join-email.ts'
import { usualValues } from '../render/usual-values.ts'
import type { HtmlElement } from './finding.ts'
import { parseHtml } from './parse-html.ts'

/** An address of the email that can be asked for, with the first element that has it. */
export interface EmailAddress {
  readonly address: string
  readonly isPicture: boolean
  readonly element: HtmlElement
}

const personal: readonly string[] = Object.values(usualValues)

/** Every http address of links and pictures, each once. Those that differ per recipient are left out: asking for one could unsubscribe somebody. */
export function addressesOf(elements: readonly HtmlElement[]): EmailAddress[] {
  const found = new Map<string, EmailAddress>()
  for (const element of elements) {
    const isPicture = element.name === 'img'
    const attribute = isPicture ? 'src' : element.name === 'a' || element.name === 'area' ? 'href' : null
    const address = attribute === null ? '' : (element.attributes[attribute]?.trim() ?? '')
    if (/^https?:\/\//i.test(address) && !personal.includes(address) && !found.has(address))
      found.set(address, { address, isPicture, element })
  }
  return [...found.values()]
}

/** The same of a whole email. */
export async function addressesIn(email: Email): Promise<EmailAddress[]> {
  const { Parser } = await import('htmlparser2')
  return addressesOf(parseHtml(joinSegments(email.html, usualValues), Parser).elements)
}
