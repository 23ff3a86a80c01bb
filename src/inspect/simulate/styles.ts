/** Style blocks and style attributes of a tree, changed in place. */

import postcss, { type Root } from 'postcss'
import type { Declaration } from '../finding.ts'
import { parseDeclarations } from '../parse-declarations.ts'
import { decodeText, escapeText, replace, type Tag, tagsOf } from './html-tree.ts'

/** A `<style>` block. Of CSS that is not `valid`, `root` holds what a browser would still read. */
export interface Sheet {
  readonly tag: Tag
  readonly css: string
  readonly root: Root
  readonly valid: boolean
}

/** Every `<style>` block of a tree, parsed. */
export function sheetsOf(tree: Tag): Sheet[] {
  return tagsOf(tree)
    .filter(tag => tag.name === 'style')
    .map(tag => {
      const css = tag.children.map(child => (child.kind === 'text' ? child.text : '')).join('')
      const root = parseCss(css)
      return { tag, css, root: root ?? recover(css), valid: root !== null }
    })
}

function parseCss(css: string): Root | null {
  try {
    return postcss.parse(css)
  } catch {
    return null
  }
}

// What is open at the end is closed there (https://www.w3.org/TR/css-syntax-3/#error-handling); otherwise the rules before the fault remain.
function recover(css: string): Root {
  const open = Math.max(0, css.split('{').length - css.split('}').length)
  const rules = css.split('}')
  for (let kept = rules.length; kept > 0; kept--) {
    const piece = kept === rules.length ? css : `${rules.slice(0, kept).join('}')}}`
    const root = parseCss(piece) ?? parseCss(piece + '}'.repeat(Math.min(open + rules.length - kept, 3)))
    if (root !== null) return root
    if (rules.length - kept > 200) break
  }
  return postcss.parse('')
}

/** Writes a changed style block back; one with nothing left in it is taken out. */
export function writeSheet({ tag, root }: Sheet): void {
  for (;;) {
    const empty: { remove(): unknown }[] = []
    root.walk(node => {
      if ((node.type === 'rule' || node.type === 'atrule') && node.nodes?.length === 0) empty.push(node)
    })
    if (empty.length === 0) break
    for (const node of empty) node.remove()
  }
  const css = root.toString()
  if (css.trim() === '') replace(tag)
  // A parsed text may not end the block that it stands in.
  else tag.children = [{ kind: 'text', text: css.replaceAll('</', '<\\/'), parent: tag }]
}

/** The declarations of a style attribute. */
export function inlineStyle(tag: Tag): readonly Declaration[] {
  const written = tag.attributes.get('style')
  return written === undefined ? [] : parseDeclarations(decodeText(written))
}

/** Gives an element a style attribute; none takes it away. */
export function setInlineStyle(tag: Tag, declarations: readonly Declaration[]): void {
  if (declarations.length === 0) tag.attributes.delete('style')
  else tag.attributes.set('style', escapeText(declarations.map(written).join(';')))
}

function written({ property, value, important }: Declaration): string {
  return `${property}:${value}${important ? ' !important' : ''}`
}

/** Where a declaration stands: the element of a style attribute, or null for a style block. */
export type Owner = Tag | null

/**
 * Passes every declaration of a tree, in style attributes and style blocks, to a function that gives what stands in its place: the same, another, several, or none.
 */
export function changeDeclarations(tree: Tag, change: (declaration: Declaration, owner: Owner) => readonly Declaration[]): void {
  for (const tag of tagsOf(tree)) {
    const before = inlineStyle(tag)
    const after = before.flatMap(declaration => change(declaration, tag))
    if (after.length !== before.length || after.some((declaration, index) => declaration !== before[index])) setInlineStyle(tag, after)
  }
  for (const sheet of sheetsOf(tree)) {
    sheet.root.walkDecls(node => {
      const before: Declaration = { property: node.prop.toLowerCase(), value: node.value, important: node.important === true }
      const after = change(before, null)
      if (after.length === 1 && after[0] === before) return
      node.replaceWith(after.map(({ property, value, important }) => node.clone({ prop: property, value, important })))
    })
    writeSheet(sheet)
  }
}
