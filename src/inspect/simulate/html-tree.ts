/** HTML as a tree that simulations change: parse, change in place, write back. What is not changed comes back as it was written, entities included. */

import { Parser } from 'htmlparser2'

/** An element. `attributes` hold values as written, entities and all; change both in place. */
export interface Tag {
  readonly kind: 'tag'
  name: string
  readonly attributes: Map<string, string>
  children: Node[]
  parent: Tag | null
}

/** Text as written. */
export interface Text {
  readonly kind: 'text'
  text: string
  parent: Tag | null
}

/** A comment, without `<!--` and `-->`. */
export interface Comment {
  readonly kind: 'comment'
  text: string
  parent: Tag | null
}

/** A doctype or the like, without `<` and `>`. */
export interface Directive {
  readonly kind: 'directive'
  readonly text: string
  parent: Tag | null
}

/** One node of the tree. */
export type Node = Tag | Text | Comment | Directive

const voidElements = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))

/** Parses HTML into a root that stands for the document. `selfClosing`: `<v:fill/>` has no content, as in Outlook's own markup. Never throws. */
export function parseTree(html: string, { selfClosing = false } = {}): Tag {
  const root: Tag = { kind: 'tag', name: '', attributes: new Map(), children: [], parent: null }
  let open = root
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        open = append(open, tagOf(name, attributes))
      },
      ontext(text) {
        append(open, { kind: 'text', text, parent: null })
      },
      oncomment(text) {
        append(open, { kind: 'comment', text, parent: null })
      },
      onprocessinginstruction(_name, text) {
        append(open, { kind: 'directive', text, parent: null })
      },
      onclosetag() {
        open = open.parent ?? root
      },
    },
    { decodeEntities: false, recognizeSelfClosing: selfClosing },
  )
  parser.end(html)
  return root
}

/** A new element; attribute values as they would be written. */
export function tagOf(name: string, attributes: Readonly<Record<string, string>> = {}, children: readonly Node[] = []): Tag {
  const tag: Tag = { kind: 'tag', name, attributes: new Map(Object.entries(attributes)), children: [], parent: null }
  for (const child of children) append(tag, child)
  return tag
}

/** New text, escaped. */
export function textOf(text: string): Text {
  return { kind: 'text', text: escapeText(text), parent: null }
}

/** Adds a node at the end of an element, and gives it back. */
export function append<Added extends Node>(parent: Tag, node: Added): Added {
  node.parent = parent
  parent.children.push(node)
  return node
}

/** Puts other nodes in a node's place; none takes it out. */
export function replace(node: Node, others: readonly Node[] = []): void {
  const { parent } = node
  if (parent === null) return
  for (const other of others) other.parent = parent
  parent.children.splice(parent.children.indexOf(node), 1, ...others)
  node.parent = null
}

/** Every element under a root, in document order. The tree may be changed while the list is walked. */
export function tagsOf(root: Tag): Tag[] {
  const tags: Tag[] = []
  // A stack of our own: an email nested 20,000 deep must not end the process.
  const waiting: Node[] = [...root.children].reverse()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind !== 'tag') continue
    tags.push(node)
    for (let index = node.children.length - 1; index >= 0; index--) waiting.push(node.children[index] as Node)
  }
  return tags
}

/** The first element of a name, or null. */
export function firstTag(root: Tag, name: string): Tag | null {
  return tagsOf(root).find(tag => tag.name === name) ?? null
}

/** The tree as HTML again. */
export function writeTree(root: Tag): string {
  const pieces: string[] = []
  const waiting: (Node | string)[] = [...root.children].reverse()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node === 'string') pieces.push(node)
    else if (node.kind === 'text') pieces.push(node.text)
    else if (node.kind === 'comment') pieces.push(`<!--${node.text}-->`)
    else if (node.kind === 'directive') pieces.push(`<${node.text}>`)
    else {
      pieces.push(openingOf(node))
      if (voidElements.has(node.name)) continue
      waiting.push(`</${node.name}>`)
      for (let index = node.children.length - 1; index >= 0; index--) waiting.push(node.children[index] as Node)
    }
  }
  return pieces.join('')
}

function openingOf({ name, attributes }: Tag): string {
  return `<${name}${Array.from(attributes, ([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`).join('')}>`
}

/** Plain text as it may stand in HTML, in an attribute too. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Text or an attribute's value as written, its entities decoded. */
export function decodeText(written: string): string {
  if (!written.includes('&')) return written
  let text = ''
  const parser = new Parser({
    ontext(piece) {
      text += piece
    },
  })
  parser.end(written.replaceAll('<', '&lt;'))
  return text
}
