import { dropUnsupported } from './drop-unsupported.ts'
import { tagsOf } from './html-tree.ts'
import { addClientStyle, dropComments, finishPage, openPage, type Page } from './page.ts'
import { boxBody, prefixNames } from './prefix-names.ts'
import type { Simulation } from './simulation.ts'
import { sheetsOf, writeSheet } from './styles.ts'

/** Yahoo Mail on the web. */
export const yahoo: Simulation = {
  id: 'yahoo',
  name: 'Yahoo Mail',
  describes: 'Keeps style blocks, but few attribute selectors, only media queries for the width, and no dark styles.',
  scheme: 'light',
  transform({ html }) {
    const page = openPage(html)
    dropRulesAfterComments(page)
    dropComments(page.tree)
    dropPartly(page)
    dropUnsupported(page, { client: 'yahoo-web' })
    // caniemail html-role: only on tables.
    for (const tag of tagsOf(page.tree)) if (tag.name !== 'table') tag.attributes.delete('role')
    prefixNames(page.tree, { prefix: 'yiv1', box: '#yiv1' })
    boxBody(page.tree, { id: 'yiv1' })
    addClientStyle(page.tree, 'body{margin:0;padding:8px;background:#fff}')
    page.changes.push('The body becomes a div, and names of classes get a prefix.')
    return finishPage(page, { id: 'yahoo', scheme: 'light' })
  },
}

// https://github.com/hteumeuleu/email-bugs/issues/25: a comment becomes one more id in front of the rule behind it, which then matches nothing.
function dropRulesAfterComments({ tree, changes }: Page): void {
  for (const sheet of sheetsOf(tree)) {
    sheet.root.walkComments(comment => {
      const next = comment.next()
      if (next?.type === 'rule') {
        changes.push(`The rule ${next.selector} is ignored: a comment stands before it.`)
        next.remove()
      }
      comment.remove()
    })
    writeSheet(sheet)
  }
}

// caniemail css-at-media: screen and widths or heights only; css-selector-attribute: [attr=value] only.
function dropPartly({ tree }: Page): void {
  for (const sheet of sheetsOf(tree)) {
    sheet.root.walkAtRules(/^media$/i, rule => {
      const features = Array.from(rule.params.matchAll(/\(\s*([\w-]+)/g), ([, name]) => name?.toLowerCase())
      if (!features.every(name => /^(?:min|max)-(?:width|height)$/.test(name ?? ''))) rule.remove()
    })
    sheet.root.walkRules(rule => {
      const kept = rule.selectors.filter(selector => !/\[\s*[\w-]+\s*(?:\]|[~|^$*]=)/.test(selector))
      if (kept.length === 0) rule.remove()
      else rule.selectors = kept
    })
    writeSheet(sheet)
  }
}
