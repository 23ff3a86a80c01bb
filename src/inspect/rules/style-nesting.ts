import type { AtRule, Container } from 'postcss'
import { excerpt } from '../excerpt.ts'
import type { Rule } from '../finding.ts'

const conditional = new Set(['media', 'supports', 'layer', 'container', 'scope'])

/** No at-rule inside another, and no rule inside a rule: Gmail drops the whole block (https://www.caniemail.com/features/css-at-media/, note 2). */
export const styleNesting: Rule = {
  name: 'style-nesting',
  inspect({ styles }) {
    return styles.flatMap(({ root, start, element }) => {
      const found = nested(root)
      if (found === null) return []
      const at = found.source?.start?.offset
      return [
        {
          severity: 'error' as const,
          message: `${excerpt(found.type === 'atrule' ? `@${(found as AtRule).name}` : 'a rule', 40)} stands inside another rule: Gmail drops the whole style block`,
          place: {
            part: 'html' as const,
            excerpt: excerpt(found.toString()),
            at: at === undefined ? element : start + at,
            quote: '<style',
          },
          help: 'write the conditions into one rule, such as @media (min-width:480px) and (prefers-color-scheme:dark)',
        },
      ]
    })
  },
}

function nested(container: Container): Container | null {
  let found: Container | null = null
  container.walk(node => {
    const parent = node.parent
    if (parent === undefined || parent.type === 'root' || (node.type !== 'rule' && node.type !== 'atrule')) return undefined
    const outer = parent as Container
    const inKeyframes = outer.type === 'atrule' && !conditional.has((outer as AtRule).name.toLowerCase())
    if (inKeyframes || (node.type === 'rule' && outer.type === 'atrule')) return undefined
    found = node as Container
    return false
  })
  return found
}
