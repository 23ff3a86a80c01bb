/** Cuts finished HTML or text at the sentinels that merge fields left behind, once, and tells for each what stands around it. */

import type { MergeContext, MergeFieldName, Segment } from './email.ts'

/** A merge field that a template asked for. */
export interface MergePlace<Field extends string = MergeFieldName> {
  readonly name: Field
  readonly fallback: string
}

/** A sentinel that stands where no value can be escaped safely: in a comment, a style block, a tag's name or an attribute without quotes. */
export interface MisplacedMerge {
  readonly index: number
  readonly name: string
  readonly where: string
}

/** What stands for the merge field `index` until the cut: letters and digits only, so that escaping, MJML and shrinking leave it alone. */
export function sentinelFor(nonce: string, index: number): string {
  return `nd${nonce}m${index}e`
}

/** Cuts plain text. Text that looks like a sentinel of another nonce stays text. */
export function cutText<Field extends string>(
  text: string,
  nonce: string,
  merges: readonly MergePlace<Field>[],
): readonly Segment<Field>[] {
  return cut(text, nonce, merges, () => 'text')
}

/** Cuts HTML, with the context of each merge field worked out from the markup before it. */
export function cutHtml<Field extends string>(
  html: string,
  nonce: string,
  merges: readonly MergePlace<Field>[],
): { readonly segments: readonly Segment<Field>[]; readonly misplaced: readonly MisplacedMerge[] } {
  const misplaced: MisplacedMerge[] = []
  const contextAt = readContexts(html)
  const segments = cut(html, nonce, merges, (offset, index, name) => {
    const context = contextAt(offset)
    const whole = /^["']$/.test(html[offset - 1] ?? '') && html[offset - 1] === html[offset + sentinelFor(nonce, index).length]
    if (context.kind === 'url' && !whole) {
      misplaced.push({ index, name, where: 'inside an address, of which it must be the whole' })
      return 'url'
    }
    if (context.kind !== 'refused') return context.kind
    misplaced.push({ index, name, where: context.where })
    return 'html'
  })
  return { segments, misplaced }
}

function cut<Field extends string>(
  source: string,
  nonce: string,
  merges: readonly MergePlace<Field>[],
  contextAt: (offset: number, index: number, name: Field) => MergeContext,
): readonly Segment<Field>[] {
  const segments: Segment<Field>[] = []
  let end = 0
  for (const match of source.matchAll(new RegExp(`nd${nonce}m(\\d+)e`, 'g'))) {
    const index = Number(match[1])
    const merge = merges[index]
    if (merge === undefined) continue
    if (match.index > end) segments.push({ text: source.slice(end, match.index) })
    segments.push({ merge: merge.name, context: contextAt(match.index, index, merge.name), fallback: merge.fallback })
    end = match.index + match[0].length
  }
  if (end < source.length) segments.push({ text: source.slice(end) })
  return segments
}

type Context = { readonly kind: 'html' | 'attribute' | 'url' } | { readonly kind: 'refused'; readonly where: string }

// Attributes whose value a client opens or fetches.
const urlAttributes = new Set(['href', 'src', 'action', 'background', 'cite', 'poster', 'formaction'])

// Conditional comments are HTML for Outlook and are passed over; other comments, style blocks and tags are pieces of their own.
const pieces =
  /<!--\[if [^\]]*\]>(?:<!-->)?|<!--<!\[endif\]-->|(?<comment><!--[\s\S]*?-->)|(?<style><(?<name>style|script)\b[\s\S]*?<\/\k<name>\s*>)|(?<tag><[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>)/gi

/** The function it gives is asked for ever greater offsets. */
function readContexts(html: string): (offset: number) => Context {
  const found = html.matchAll(pieces)
  let piece = found.next().value
  return offset => {
    while (piece !== undefined && piece.index + piece[0].length <= offset) piece = found.next().value
    if (piece === undefined || piece.index > offset) return { kind: 'html' }
    if (piece.groups?.comment !== undefined) return { kind: 'refused', where: 'in a comment' }
    if (piece.groups?.style !== undefined) return { kind: 'refused', where: `in a ${piece.groups.name} block` }
    return contextInTag(piece[0], offset - piece.index)
  }
}

function contextInTag(tag: string, offset: number): Context {
  for (const attribute of tag.matchAll(/\s([^\s"'<>/=]+)\s*=\s*(?:"[^"]*"|'[^']*')/g)) {
    if (attribute.index > offset || attribute.index + attribute[0].length <= offset) continue
    const name = attribute[1]?.toLowerCase() ?? ''
    if (urlAttributes.has(name)) return { kind: 'url' }
    if (name === 'style' || name === 'srcset' || name.startsWith('on')) return { kind: 'refused', where: `in the attribute ${name}` }
    return { kind: 'attribute' }
  }
  return { kind: 'refused', where: 'in a tag, outside quotes' }
}
