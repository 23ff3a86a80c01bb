import { excerptOf } from '../excerpt.ts'
import type { HtmlElement, HtmlNode, Rule } from '../finding.ts'

/** Message rule 15: a table for layout says role="presentation", so that screen readers do not count its rows (https://www.emailonacid.com/blog/article/email-development/email-accessibilty-in-2017/). A table with headers is one of data. */
export const layoutTable: Rule = {
  name: 'layout-table',
  inspect({ elements }) {
    return elements
      .filter(
        element => element.name === 'table' && !/^(?:presentation|none)$/i.test(element.attributes.role ?? '') && !hasHeaders(element),
      )
      .map(element => ({
        severity: 'warning' as const,
        message: 'a table for layout has no role="presentation": screen readers announce its rows and columns',
        place: { part: 'html' as const, excerpt: excerptOf(element, 'class', 'width'), at: element, quote: '<table' },
        help: 'write role="presentation" on it; a table of data gets <th> cells',
      }))
  },
}

function hasHeaders(table: HtmlElement): boolean {
  const inner = (nodes: readonly HtmlNode[]): boolean =>
    nodes.some(node => node.kind === 'element' && node.name !== 'table' && (/^(?:th|caption)$/.test(node.name) || inner(node.children)))
  return inner(table.children)
}
