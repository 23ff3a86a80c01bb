import { nearestName } from '../../config/nearest-name.ts'
import type { Rule } from '../finding.ts'

/** A template that switches off a check names one that there is. `known` are the names of all others. */
export function unknownCheck(known: readonly string[]): Rule {
  return {
    name: 'unknown-check',
    inspect({ email }) {
      const unknown = (email.checksOff ?? []).filter(({ rule }) => !known.includes(rule))
      return unknown.map(({ rule }) => {
        const near = nearestName(rule, known)
        return {
          severity: 'error' as const,
          message: `a template switches off "${rule}", and there is no such check: nothing is switched off`,
          place: { part: 'html' as const, excerpt: `{{checkOff "${rule}" …}}`, quote: `checkOff "${rule}"` },
          help: near === null ? 'take an id out of docs/checks.md' : `write {{checkOff "${near}" …}}`,
        }
      })
    },
  }
}
