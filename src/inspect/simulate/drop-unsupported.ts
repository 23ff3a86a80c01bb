/** Takes out of a tree what caniemail says a client does not support. */

import type { AtRule } from 'postcss'
import { featuresOf, supportOf } from '../clients/clients.ts'
import { atRuleKeys, declarationKeys, imageKeys, selectorKeys } from '../clients/feature-keys.ts'
import type { Declaration } from '../finding.ts'
import { replace, type Tag, tagsOf, textOf } from './html-tree.ts'
import type { Page } from './page.ts'
import { changeDeclarations, sheetsOf, writeSheet } from './styles.ts'

/** How one client's lacks are looked up, and what it is known to do beyond them. */
export interface Lacks {
  /** Id of the client in client-data.ts. */
  readonly client: string
  /** True where the notes of a feature's partial support say that it is missing in this case: `/non google/i`. */
  readonly note?: RegExp
}

/** Drops declarations, rules, at-rules, attributes, elements and pictures that a client does not support, and says what it dropped. */
export function dropUnsupported({ tree, changes }: Page, lacks: Lacks): void {
  const dropped = new Map<string, number>()
  const lacksAny = lackFinder(lacks, dropped)
  dropElements(tree, lacksAny)
  for (const sheet of sheetsOf(tree)) {
    sheet.root.walkAtRules((rule: AtRule) => {
      if (lacksAny(atRuleKeys(rule.name, rule.params))) rule.remove()
    })
    sheet.root.walkRules(rule => {
      if (rule.parent?.type === 'atrule' && /keyframes$/i.test((rule.parent as AtRule).name)) return
      const kept = rule.selectors.filter(selector => !lacksAny(selectorKeys(selector)))
      if (kept.length === 0) rule.remove()
      else if (kept.length < rule.selectors.length) rule.selectors = kept
    })
    writeSheet(sheet)
  }
  const known = new Map<string, readonly string[]>()
  changeDeclarations(tree, declaration => (lacksAny(keysOf(declaration, known)) ? [] : [declaration]))
  if (dropped.size > 0) changes.push(`Not supported, so dropped: ${listed(dropped)}.`)
}

// Of a declaration the same in many places, the value is read once.
function keysOf({ property, value }: Declaration, known: Map<string, readonly string[]>): readonly string[] {
  const declaration = `${property}:${value}`
  const keys = known.get(declaration) ?? declarationKeys(property, value, false).filter(key => !key.startsWith('image:'))
  known.set(declaration, keys)
  return keys
}

function lackFinder({ client, note }: Lacks, dropped: Map<string, number>): (keys: readonly string[]) => boolean {
  const verdicts = new Map<string, boolean>()
  const lacksKey = (key: string) => {
    const known = verdicts.get(key)
    if (known !== undefined) return known
    const noted = featuresOf(key).some(
      feature => note !== undefined && feature.support.get(client)?.notes.some(each => note.test(each)) === true,
    )
    const verdict = noted || supportOf(client, key) === 'unsupported'
    verdicts.set(key, verdict)
    return verdict
  }
  return keys => {
    const missing = keys.find(lacksKey)
    if (missing === undefined) return false
    const name = featuresOf(missing)[0]?.title ?? missing
    dropped.set(name, (dropped.get(name) ?? 0) + 1)
    return true
  }
}

// What carries the page itself is handled by each client.
const structure = new Set('html head body title meta style link'.split(' '))

function dropElements(tree: Tag, lacksAny: (keys: readonly string[]) => boolean): void {
  for (const tag of tagsOf(tree)) {
    if (structure.has(tag.name)) continue
    const type = tag.attributes.get('type')?.toLowerCase()
    if (lacksAny([`element:${tag.name}`, ...(type === undefined ? [] : [`element:${tag.name}[type=${type}]`])])) {
      // A program that does not know an element shows what is in it.
      replace(tag, tag.children)
      continue
    }
    if (tag.name === 'img' && lacksAny(imageKeys(tag.attributes.get('src') ?? ''))) replace(tag, [textOf(tag.attributes.get('alt') ?? '')])
    for (const name of tag.attributes.keys()) if (lacksAny([`attribute:${name}`])) tag.attributes.delete(name)
  }
}

function listed(dropped: ReadonlyMap<string, number>): string {
  return [...dropped]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => (count === 1 ? name : `${name} (${count} times)`))
    .join(', ')
}
