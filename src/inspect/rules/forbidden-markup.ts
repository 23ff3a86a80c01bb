import { excerptOf } from '../excerpt.ts'
import type { Complaint, HtmlElement, Rule } from '../finding.ts'

const blocked = new Set(['script', 'form', 'iframe', 'frame', 'object', 'embed', 'applet', 'base', 'input', 'button'])
const addresses = ['href', 'src', 'action', 'background', 'poster']

/** Message rule 12: no script, form or frame, no on*-handler, no javascript: or data: address. Mail programs drop them, filters reject them. */
export const forbiddenMarkup: Rule = {
  name: 'forbidden-markup',
  inspect({ elements }) {
    return elements.flatMap(element => complaintsOf(element))
  },
}

function complaintsOf(element: HtmlElement): Complaint[] {
  const complaints: Complaint[] = []
  const say = (message: string, help: string, ...telling: string[]) =>
    complaints.push({
      severity: 'error',
      message,
      place: {
        part: 'html',
        excerpt: excerptOf(element, ...telling),
        at: element,
        quote: element.attributes[telling[0] ?? ''] ?? `<${element.name}`,
      },
      help,
    })
  if (blocked.has(element.name)) {
    say(
      `<${element.name}> is blocked by mail programs, and filters reject messages that hold it`,
      'take it out of the template, and link to a page instead',
    )
  }
  for (const [name, value] of Object.entries(element.attributes)) {
    if (/^on[a-z]/.test(name)) say(`the attribute ${name} would run a script, which filters reject`, 'take it out of the template', name)
    // Browsers skip controls and blanks inside a scheme's name.
    const scheme = /^([a-z]+):/i.exec(value.replace(/[\s\p{Cc}]/gu, ''))?.[1]?.toLowerCase()
    if (addresses.includes(name) && scheme !== undefined && ['javascript', 'data', 'vbscript'].includes(scheme)) {
      say(`a ${scheme}: address is not opened by mail programs, and filters reject it`, 'use an https address', name)
    }
  }
  return complaints
}
