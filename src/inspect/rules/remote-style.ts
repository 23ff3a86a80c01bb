import { excerptOf } from '../excerpt.ts'
import type { Complaint, Rule } from '../finding.ts'

/** No style sheet and no font from elsewhere: most mail programs drop them, and the rest ask a server when the email is opened. */
export const remoteStyle: Rule = {
  name: 'remote-style',
  inspect({ elements, styles }) {
    const message = 'a style sheet or font comes from elsewhere: most mail programs drop it, and opening the email is told to that server'
    const help = 'write the styles into the template, and name fonts that readers have'
    const links = elements
      .filter(({ name, attributes }) => name === 'link' && /\b(?:stylesheet|preload|preconnect)\b/i.test(attributes.rel ?? ''))
      .map(
        (element): Complaint => ({
          severity: 'warning',
          message,
          place: { part: 'html', excerpt: excerptOf(element, 'rel', 'href'), at: element, quote: element.attributes.href ?? '' },
          help,
        }),
      )
    const rules = styles.flatMap(({ root, start }) => {
      const found: Complaint[] = []
      root.walkAtRules(/^(?:import|font-face)$/i, rule => {
        const text = rule.toString()
        if (rule.name.toLowerCase() === 'font-face' && !/url\(/i.test(text)) return
        const at = start + (rule.source?.start?.offset ?? 0)
        found.push({ severity: 'warning', message, place: { part: 'html', excerpt: text.slice(0, 80), at, quote: `@${rule.name}` }, help })
      })
      return found
    })
    return [...links, ...rules]
  },
}
