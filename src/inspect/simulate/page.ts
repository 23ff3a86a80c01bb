/** What every simulation begins and ends with. */

import { append, firstTag, type Node, parseTree, replace, type Tag, tagOf, tagsOf, writeTree } from './html-tree.ts'
import { resolveScheme, type Scheme } from './resolve-scheme.ts'
import type { Simulated } from './simulation.ts'

/** An email while a simulation changes it. */
export interface Page {
  readonly tree: Tag
  readonly changes: string[]
}

/** Parses an email for a simulation, in a whole page with head and body, and without what no mail program runs: scripts, handlers, frames. */
export function openPage(html: string, options: { readonly selfClosing?: boolean } = {}): Page {
  const tree = wholePage(parseTree(html, options))
  const changes: string[] = []
  for (const tag of tagsOf(tree)) {
    if (/^(?:script|iframe|frame|frameset|embed|applet|base)$/.test(tag.name)) {
      replace(tag)
      changes.push(`<${tag.name}> is taken out, as every mail program does.`)
    }
    for (const name of tag.attributes.keys()) if (name.startsWith('on')) tag.attributes.delete(name)
    if (/^\s*javascript:/i.test(tag.attributes.get('href') ?? '')) tag.attributes.delete('href')
    if (tag.name === 'meta' && /refresh/i.test(tag.attributes.get('http-equiv') ?? '')) replace(tag)
  }
  return { tree, changes }
}

function wholePage(tree: Tag): Tag {
  const html = firstTag(tree, 'html') ?? append(tree, tagOf('html', {}, tree.children.splice(0)))
  const head = firstTag(html, 'head')
  const body = firstTag(html, 'body')
  if (body === null)
    html.children = [
      ...(head === null ? [] : [head]),
      tagOf(
        'body',
        {},
        html.children.filter(child => child !== head),
      ),
    ]
  if (head === null) html.children.unshift(tagOf('head', {}, []))
  for (const child of html.children) child.parent = html
  return tree
}

/** The page's head and body; `openPage()` made sure that they are there. */
export function headOf(tree: Tag): Tag {
  return firstTag(tree, 'head') ?? append(tree, tagOf('head'))
}

/** The page's body. */
export function bodyOf(tree: Tag): Tag {
  return firstTag(tree, 'body') ?? append(tree, tagOf('body'))
}

/** Puts CSS of the client's own first in the head, where the email's overrides it. */
export function addClientStyle(tree: Tag, css: string): void {
  const style = tagOf('style', {}, [{ kind: 'text', text: css, parent: null }])
  const head = headOf(tree)
  style.parent = head
  head.children.unshift(style)
}

/** Takes every comment out: only Outlook on Windows reads any. */
export function dropComments(tree: Tag): void {
  for (const tag of [tree, ...tagsOf(tree)]) {
    if (tag.children.some(child => child.kind === 'comment')) tag.children = tag.children.filter((child: Node) => child.kind !== 'comment')
  }
}

/** The finished page, fixed to a colour scheme and marked as a simulation. */
export function finishPage(
  { tree, changes }: Page,
  { id, scheme, canvas = scheme }: { readonly id: string; readonly scheme: Scheme; readonly canvas?: Scheme },
): Simulated {
  resolveScheme(tree, scheme, canvas)
  firstTag(tree, 'html')?.attributes.set('data-simulation', id)
  const body = writeTree(tree)
  return { html: /^\s*<!doctype/i.test(body) ? body : `<!doctype html>${body}`, changes: [...new Set(changes)] }
}
