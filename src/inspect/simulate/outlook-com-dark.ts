import { black, hexOf, white } from '../colour.ts'
import { dropUnsupported } from './drop-unsupported.ts'
import { escapeText, type Tag } from './html-tree.ts'
import { addClientStyle, bodyOf, dropComments, finishPage, openPage, type Page } from './page.ts'
import { boxBody, prefixNames } from './prefix-names.ts'
import { partialInversion, recolour, usualLink } from './recolour.ts'
import { resolveScheme } from './resolve-scheme.ts'
import type { Simulation } from './simulation.ts'
import { sheetsOf, writeSheet } from './styles.ts'

/**
 * Outlook.com and the new Outlook in dark mode. Their colours and attributes: https://www.hteumeuleu.com/2019/dealing-with-outlook-com-s-dark-mode/.
 * The algorithm itself (fixContrast) is approximated by inverting lightness.
 */
export const outlookComDark: Simulation = {
  id: 'outlook-com-dark',
  name: 'Outlook.com, dark',
  describes:
    'Darkens light backgrounds and lightens dark text in styles of its own, which [data-ogsc] and [data-ogsb] can answer; takes dark styles.',
  scheme: 'dark',
  transform({ html }) {
    const page = openPage(html)
    dropComments(page.tree)
    dropSelectors(page)
    dropUnsupported(page, { client: 'outlook-web' })
    const darkSheets = takeDarkSheets(page)
    recolourElements(page)
    bodyOf(page.tree).attributes.set('data-ogsc', '')
    bodyOf(page.tree).attributes.set('data-ogsb', '')
    darkSheets()
    prefixNames(page.tree, { prefix: 'x_', box: '.rps_1' })
    boxBody(page.tree, { class: 'rps_1' })
    // Its reading pane is #333 in dark mode.
    const [text, link] = [partialInversion.text(black), partialInversion.text(usualLink)].map(hexOf)
    addClientStyle(page.tree, `html{background:#333;color:${text}}body{margin:0;padding:8px}a{color:${link}}`)
    page.changes.push('The body becomes a div, and names of classes get the prefix x_.')
    return finishPage(page, { id: 'outlook-com-dark', scheme: 'dark' })
  },
}

// https://github.com/hteumeuleu/email-bugs/issues/38: [owa] .foo is read as .foo, td[class] is broken; issue 61: of .foo.bar only the first name is prefixed.
function dropSelectors({ tree, changes }: Page): void {
  for (const sheet of sheetsOf(tree)) {
    sheet.root.walkRules(rule => {
      const kept = rule.selectors
        .filter(selector => !/\w\[/.test(selector) && !/\.[\w-]+\.[\w-]/.test(selector))
        .map(selector => selector.replace(/\[(?!data-og)[^\]]*\]\s*/g, '').trim())
        .filter(selector => selector !== '')
      if (kept.length < rule.selectors.length)
        changes.push('Selectors of several classes, or of an element with an attribute, match nothing.')
      if (kept.length === 0) rule.remove()
      else rule.selectors = kept
    })
    writeSheet(sheet)
  }
}

/** Takes the email's own dark rules out, so that they keep their colours; the function given back puts them in again, last. */
function takeDarkSheets({ tree, changes }: Page): () => void {
  resolveScheme(tree, 'dark', 'dark')
  const taken = sheetsOf(tree).flatMap(({ root }) => {
    const rules: string[] = []
    root.walkRules(rule => {
      if (rule.selectors.some(selector => /\[data-og/.test(selector))) {
        rules.push(rule.toString())
        rule.remove()
      }
    })
    return rules
  })
  if (taken.length > 0) changes.push('Styles for [data-ogsc] and [data-ogsb] are taken.')
  return () => {
    const head = bodyOf(tree).parent?.children.find((child): child is Tag => child.kind === 'tag' && child.name === 'head')
    if (taken.length === 0 || head === undefined) return
    const style: Tag = { kind: 'tag', name: 'style', attributes: new Map(), children: [], parent: head }
    style.children.push({ kind: 'text', text: taken.join(''), parent: style })
    head.children.push(style)
  }
}

function recolourElements({ tree, changes }: Page): void {
  const count = { text: 0, background: 0 }
  recolour(tree, partialInversion, (tag, part, before) => {
    count[part]++
    tag.attributes.set(part === 'text' ? 'data-ogsc' : 'data-ogsb', escapeText(before))
  })
  changes.unshift(
    `Light backgrounds are darkened (${count.background} elements) and dark text is lightened (${count.text}); pictures stay. White becomes ${hexOf(partialInversion.background(white))}.`,
  )
}
