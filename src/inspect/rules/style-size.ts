import { gmailStyleLimit } from '../../render/fit-email.ts'
import type { Rule } from '../finding.ts'

/** Style blocks together have no more than Gmail takes: 16 kB. */
export const styleSize: Rule = {
  name: 'style-size',
  inspect({ styles }) {
    let sum = 0
    for (const { css, element } of styles) {
      sum += css.length
      if (sum <= gmailStyleLimit) continue
      return [
        {
          severity: 'error',
          message: `the style blocks have ${(sum / 1000).toFixed(1)} kB up to here: Gmail takes 16 kB and drops the block that goes beyond, with all that follow`,
          place: { part: 'html', excerpt: '<style>', at: element, quote: '<style' },
          help: 'take out what nothing uses, and write what matters most into the first block',
        },
      ]
    }
    return []
  },
}
