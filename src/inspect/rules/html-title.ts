import type { Rule } from '../finding.ts'

/** Message rule 12: the HTML has a title (WCAG 2.2, 2.4.2). Screen readers say it first, browsers show it for the view in the browser. */
export const htmlTitle: Rule = {
  name: 'html-title',
  inspect({ elements }) {
    const title = elements.find(({ name }) => name === 'title')
    const text = title?.children.map(child => (child.kind === 'text' ? child.text : '')).join('') ?? ''
    if (text.trim() !== '') return []
    return [
      {
        severity: 'error',
        message: 'the HTML has no title: screen readers announce it first, and the view in the browser is a tab without a name',
        place: {
          part: 'html',
          excerpt: title === undefined ? null : '<title>',
          ...(title === undefined ? {} : { at: title }),
          quote: '<mj-title',
        },
        help: 'write <mj-title>{{subject}}</mj-title> into the head of the template',
      },
    ]
  },
}
