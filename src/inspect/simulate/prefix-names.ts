/** Webmail keeps an email's styles apart from its own page: names get a prefix, and the body becomes a div. */

import { append, type Tag, tagOf, tagsOf } from './html-tree.ts'
import { bodyOf } from './page.ts'
import { sheetsOf, writeSheet } from './styles.ts'

/** How one webmail does it. */
export interface Prefixing {
  /** Before every class and id, in the HTML and in selectors. */
  readonly prefix: string
  /** Before every selector: the class or id of the box around the email. */
  readonly box: string
}

/** Prefixes classes, ids and selectors. Rules for html, body and :root go: nothing in the webmail's box matches them. */
export function prefixNames(tree: Tag, { prefix, box }: Prefixing): void {
  for (const tag of tagsOf(tree)) {
    const classes = tag.attributes.get('class')
    if (classes !== undefined)
      tag.attributes.set(
        'class',
        classes
          .trim()
          .split(/\s+/)
          .map(name => `${prefix}${name}`)
          .join(' '),
      )
    const id = tag.attributes.get('id')
    if (id !== undefined) tag.attributes.set('id', `${prefix}${id}`)
  }
  for (const sheet of sheetsOf(tree)) {
    sheet.root.walkRules(rule => {
      if (rule.parent?.type === 'atrule' && 'name' in rule.parent && /keyframes$/i.test(String(rule.parent.name))) return
      const kept = rule.selectors.filter(selector => !/(?:^|[\s>+~])(?:html|body|:root)$/i.test(selector.trim()))
      if (kept.length === 0) rule.remove()
      else rule.selectors = kept.map(selector => `${box} ${prefixed(selector, prefix)}`)
    })
    writeSheet(sheet)
  }
}

function prefixed(selector: string, prefix: string): string {
  return selector.replace(/\[[^\]]*\]|([.#])(-?[a-z_][\w-]*)/gi, (whole, mark: string | undefined, name: string | undefined) =>
    mark === undefined ? whole : `${mark}${prefix}${name}`,
  )
}

/** Turns the body into a div in the webmail's box, with its attributes. `first` stands before it in the box. Gives the box. */
export function boxBody(tree: Tag, attributes: Readonly<Record<string, string>>, first: readonly Tag[] = []): Tag {
  const body = bodyOf(tree)
  const inner = tagOf('div', Object.fromEntries(body.attributes), body.children)
  const box = tagOf('div', attributes, [...first, inner])
  body.attributes.clear()
  body.children = []
  append(body, box)
  return box
}
