import { excerptOf } from '../excerpt.ts'
import type { Complaint, HtmlElement, Rule } from '../finding.ts'

/** Message rule 12: every link is absolute, https or mailto, no `#` anchors; every picture has an absolute source. */
export const linkNotAbsolute: Rule = {
  name: 'link-not-absolute',
  inspect({ elements }) {
    return elements.flatMap(element => {
      if (element.name === 'a' || element.name === 'area') return complaintAbout(element, 'href', 'link')
      return element.name === 'img' ? complaintAbout(element, 'src', 'picture') : []
    })
  },
}

function complaintAbout(element: HtmlElement, attribute: 'href' | 'src', what: 'link' | 'picture'): Complaint[] {
  const address = element.attributes[attribute]?.trim()
  // <a name="…"> is a target, which mail programs ignore: no link.
  if (address === undefined && what === 'link') return []
  const wrong = complaint(address ?? '', what)
  return wrong === null
    ? []
    : [{ ...wrong, place: { part: 'html', excerpt: excerptOf(element, attribute, 'alt'), at: element, quote: address ?? '' } }]
}

function complaint(address: string, what: 'link' | 'picture'): Pick<Complaint, 'severity' | 'message' | 'help'> | null {
  const severity = 'error'
  if (address === '')
    return { severity, message: `a ${what} has no address`, help: `give it one, or leave the ${what} out where there is none` }
  if (address.startsWith('#'))
    return {
      severity,
      message: 'a link leads to a place in the email itself, which many mail programs do not follow',
      help: 'link to the page on the site',
    }
  const url = URL.parse(address)
  if (url?.protocol === 'https:' && url.hostname !== '') return null
  if (what === 'link' && (url?.protocol === 'mailto:' || url?.protocol === 'tel:')) return null
  // http is told by link-not-https.
  if (url?.protocol === 'http:' && url.hostname !== '') return null
  // data: and its like are told by forbidden-markup.
  if (url !== null && ['javascript:', 'data:', 'vbscript:'].includes(url.protocol)) return null
  return {
    severity,
    message: `a ${what} is not absolute: an email has no site that it could be relative to`,
    help: 'begin it with https://, or set site.url',
  }
}
