/** Fixes a page to one colour scheme, so that it looks the same whatever the browser that shows it prefers. */

import postcss, { type AtRule } from 'postcss'
import { append, firstTag, replace, type Tag, tagOf, tagsOf } from './html-tree.ts'
import { changeDeclarations, sheetsOf, writeSheet } from './styles.ts'

/** A colour scheme. */
export type Scheme = 'light' | 'dark'

/**
 * Makes every question for the colour scheme answered: `@media (prefers-color-scheme: …)` in style blocks, `media` of style and source elements, `light-dark()`.
 * `color-scheme` itself goes, from styles and meta elements. `canvas`: the scheme that the page then declares, so that what has no colour of its own gets it from there.
 */
export function resolveScheme(tree: Tag, scheme: Scheme, canvas: Scheme): void {
  for (const tag of tagsOf(tree)) {
    if (tag.name === 'meta' && /^(?:supported-)?color-schemes?$/i.test(tag.attributes.get('name') ?? '')) replace(tag)
    const media = tag.name === 'style' || tag.name === 'source' ? tag.attributes.get('media') : undefined
    if (media !== undefined) resolveMediaAttribute(tag, media, scheme)
  }
  for (const sheet of sheetsOf(tree)) {
    sheet.root.walkAtRules(/^media$/i, rule => resolveRule(rule, scheme))
    writeSheet(sheet)
  }
  changeDeclarations(tree, declaration => {
    if (/^(?:supported-)?color-schemes?$/.test(declaration.property)) return []
    if (!/light-dark\(/i.test(declaration.value)) return [declaration]
    return [{ ...declaration, value: resolveFunction(declaration.value, scheme) }]
  })
  const head = firstTag(tree, 'head')
  if (head !== null) append(head, tagOf('meta', { name: 'color-scheme', content: canvas }))
}

function resolveMediaAttribute(tag: Tag, media: string, scheme: Scheme): void {
  const left = resolveQueries(media, scheme)
  if (left === null) replace(tag)
  else if (left === '') tag.attributes.delete('media')
  else tag.attributes.set('media', left)
}

function resolveRule(rule: AtRule, scheme: Scheme): void {
  const left = resolveQueries(rule.params, scheme)
  if (left === null) rule.remove()
  else if (left === '') rule.replaceWith(rule.nodes ?? [])
  else if (left !== rule.params) rule.replaceWith(postcss.atRule({ name: rule.name, params: left, nodes: rule.nodes ?? [] }))
}

// Without questions for the scheme: empty when it always holds, null when it never does.
function resolveQueries(queries: string, scheme: Scheme): string | null {
  if (!/prefers-color-scheme/i.test(queries)) return queries
  const left = queries.split(',').flatMap(query => resolveQuery(query.trim(), scheme) ?? [])
  if (left.length === 0) return null
  return left.includes('') ? '' : left.join(', ')
}

function resolveQuery(query: string, scheme: Scheme): string | null {
  const negated = /^not\s/i.test(query)
  const terms = query.replace(/^(?:not|only)\s+/i, '').split(/\s+and\s+/i)
  const answers = terms.map(term => /^\(\s*prefers-color-scheme\s*(?::\s*([\w-]+)\s*)?\)$/i.exec(term))
  const holds = answers.every(answer => answer === null || answer[1] === undefined || answer[1].toLowerCase() === scheme)
  const others = terms.filter((_, index) => answers[index] === null && !/^(?:all|screen)$/i.test(terms[index] ?? ''))
  if (!holds) return negated ? '' : null
  if (others.length === 0) return negated ? null : ''
  return `${negated ? 'not all and ' : ''}${others.join(' and ')}`
}

function resolveFunction(value: string, scheme: Scheme): string {
  return value.replace(/light-dark\(((?:[^(),]|\([^()]*\))*),((?:[^(),]|\([^()]*\))*)\)/gi, (_, light: string, dark: string) =>
    (scheme === 'light' ? light : dark).trim(),
  )
}
