import { isPrivateHost } from '../../content/private-host.ts'
import { excerptOf } from '../excerpt.ts'
import type { Complaint, HtmlElement, Rule } from '../finding.ts'

// RFC 2606 §3 keeps the first three for documentation; the others stand in templates and tutorials.
const placeholderHosts =
  /(?:^|\.)(?:example\.(?:com|net|org)|(?:your|my)-?(?:site|domain|company|website|url)\.[a-z]+|domain\.(?:com|tld)|yoursite|placehold\.co|via\.placeholder\.com|placeholder\.com)$/
const placeholderPaths = /(?:^|[/=])(?:TODO|FIXME|XXX|CHANGEME|TBD|lorem-ipsum)(?:$|[/?#&.])/

/** Message rules 12 and 13: no link or picture leads to a place that was to be filled in later, or that only the writer's own machine or network knows. */
export const linkPlaceholder: Rule = {
  name: 'link-placeholder',
  inspect({ elements }) {
    return elements.flatMap(element => {
      if (element.name === 'a' || element.name === 'area') return complaintAbout(element, 'href')
      return element.name === 'img' ? complaintAbout(element, 'src') : []
    })
  },
}

function complaintAbout(element: HtmlElement, attribute: 'href' | 'src'): Complaint[] {
  const address = element.attributes[attribute]?.trim() ?? ''
  const url = URL.parse(address)
  if (url === null || !/^https?:$/.test(url.protocol)) return []
  // The word localhost is told by leaked-placeholder.
  const isPrivate = url.hostname !== 'localhost' && isPrivateHost(url.hostname)
  if (!isPrivate && !placeholderHosts.test(url.hostname) && !placeholderPaths.test(url.pathname + url.search)) return []
  const what = attribute === 'href' ? 'link' : 'picture'
  return [
    {
      severity: 'error',
      message: isPrivate
        ? `a ${what} leads to ${url.hostname}, which only the writer's own machine or network knows`
        : `a ${what} leads to a placeholder: somebody meant to fill in the address later`,
      place: { part: 'html', excerpt: excerptOf(element, attribute), at: element, quote: address },
      help: `write the address where readers shall find it`,
    },
  ]
}
