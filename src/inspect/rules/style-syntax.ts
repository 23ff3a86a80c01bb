import { excerpt } from '../excerpt.ts'
import type { Complaint, Rule } from '../finding.ts'

/** Style blocks can be parsed, and hold no HTML comment: mail programs drop a broken block, and Outlook on Windows can blank the whole email. */
export const styleSyntax: Rule = {
  name: 'style-syntax',
  inspect({ styles }) {
    return styles.flatMap(({ css, start, problem }): Complaint[] => {
      const comment = /<!--|-->/.exec(css)
      if (problem === null && comment === null) return []
      const offset = problem?.offset ?? start + (comment?.index ?? 0)
      return [
        {
          severity: 'error',
          message: `a style block is broken (${problem?.reason ?? 'it holds an HTML comment'}): mail programs drop it, and Outlook can show a blank email`,
          place: { part: 'html', excerpt: excerpt(css.slice(offset - start, offset - start + 60)), at: offset, quote: '<style' },
          help: 'close every brace, string and comment in it',
        },
      ]
    })
  },
}
