import { excerptOf } from '../excerpt.ts'
import type { Rule } from '../finding.ts'

/** Message rule 12: links and pictures are https; http warns. Gmail's picture proxy and Apple's privacy protection ask for https. */
export const linkNotHttps: Rule = {
  name: 'link-not-https',
  inspect({ elements }) {
    return elements.flatMap(element => {
      const attribute = element.name === 'img' ? 'src' : element.name === 'a' || element.name === 'area' ? 'href' : null
      const address = attribute === null ? '' : (element.attributes[attribute]?.trim() ?? '')
      if (attribute === null || URL.parse(address)?.protocol !== 'http:') return []
      return [
        {
          severity: 'warning' as const,
          message:
            attribute === 'href'
              ? 'a link is http: browsers warn of it'
              : 'a picture is http: mail programs that load pictures through a proxy leave it out',
          place: { part: 'html' as const, excerpt: excerptOf(element, attribute, 'alt'), at: element, quote: address },
          help: 'use its https address',
        },
      ]
    })
  },
}
