import type { BodyBlock } from '../post.ts'
import { foldText, hole, stripControls, vanished } from './clean-text.ts'
import { countWords } from './count-words.ts'
import { apartElements, blockElements, unreadElements, voidElements } from './html-elements.ts'
import type { BodyEvent } from './read-tokens.ts'

/** A block with what tells navigation from text. `list` numbers the list it is an item of; null outside lists. */
export interface CollectedBlock extends BodyBlock {
  readonly list: number | null
  /** All its words stand in links. */
  readonly onlyLinks: boolean
}

interface Frame {
  readonly name: string
  /** The kind that blocks inside have, where the element sets one. */
  kind: BodyBlock['kind'] | null
  readonly list: number | null
}

/** Walks the events once and gathers blocks, words and the first heading. */
export function collectBlocks(events: readonly BodyEvent[]): { blocks: CollectedBlock[]; words: number; firstHeading: string | null } {
  const lastClosing = lastClosings(events)
  const blocks: CollectedBlock[] = []
  const stack: Frame[] = []
  let words = 0
  let firstHeading: string | null = null
  let heading: string | null = null
  let lists = 0
  let unread = 0
  let apart = 0
  let text = ''
  let linked = ''
  let strong = ''

  const inside = (name: string) => stack.some(frame => frame.name === name)

  const nearest = (): { kind: BodyBlock['kind']; list: number | null } => {
    const list = stack.findLast(frame => frame.list !== null)?.list ?? null
    return { kind: stack.findLast(frame => frame.kind !== null)?.kind ?? 'paragraph', list }
  }

  const finish = () => {
    const folded = foldText(text)
    const [linkedText, strongText] = [foldText(linked), foldText(strong)]
    const broken = folded.includes(hole)
    text = linked = strong = ''
    if (folded === '') return
    words += countWords(folded)
    if (apart > 0 || broken) return
    const { kind, list } = nearest()
    if (kind === 'paragraph' && strongText === folded && !/[\p{P}]$/u.test(folded)) {
      heading = folded
      return
    }
    const item = kind === 'list-item' ? folded.replace(/^\[[ xX]\] /, '') : folded
    if (!/[\p{L}\p{N}]/u.test(item)) return
    blocks.push({ kind, text: item, heading, list, onlyLinks: linkedText !== '' && letters(linkedText) === letters(folded) })
  }

  const open = (name: string, attributes: Readonly<Record<string, string>>, index: number) => {
    if (unread > 0 && !unreadElements.has(name)) return
    if (blockElements.has(name) || name === 'section-header') finish()
    if (name === 'br') text += '\n'
    if (name === 'section-header') heading = foldText(stripControls(attributes.text ?? '')) || heading
    if (name === 'section-header') words += countWords(attributes.text ?? '')
    if (voidElements.has(name)) return
    const isSetApart = unreadElements.has(name) || apartElements.has(name)
    // An element that never ends would take the rest of the post with it.
    if (isSetApart && (lastClosing.get(name) ?? -1) < index) return
    const isList = name === 'ul' || name === 'ol'
    if (isList) lists += 1
    const kind = name === 'li' ? 'list-item' : name === 'blockquote' ? 'quote' : null
    stack.push({ name, kind, list: isList ? lists : null })
    if (unreadElements.has(name)) unread += 1
    if (apartElements.has(name)) apart += 1
  }

  const leave = (frame: Frame) => {
    if (blockElements.has(frame.name)) {
      if (/^h[1-6]$/.test(frame.name)) {
        const title = foldText(text.replaceAll(hole, ''))
        if (title !== '') heading = title
        if (frame.name === 'h1' && title !== '') firstHeading ??= title
      }
      finish()
    }
    if (unreadElements.has(frame.name)) unread -= 1
    if (apartElements.has(frame.name)) apart -= 1
  }

  const close = (name: string) => {
    const at = stack.findLastIndex(frame => frame.name === name)
    if (at < 0) {
      if (blockElements.has(name)) finish()
      return
    }
    for (const frame of stack.splice(at).reverse()) leave(frame)
  }

  const add = (chunk: string) => {
    if (unread > 0) return
    // Entities may have brought control characters back; the marks of ours stay.
    const clean = chunk.includes(hole) || chunk.includes(vanished) ? chunk : stripControls(chunk)
    text += clean
    if (inside('a')) linked += clean
    if (inside('strong') || inside('b')) strong += clean
  }

  events.forEach((event, index) => {
    if (event.kind === 'open') open(event.name, event.attributes, index)
    else if (event.kind === 'close') close(event.name)
    else if (event.kind === 'text') add(event.text)
    else {
      const quote = stack.findLast(frame => frame.name === 'blockquote')
      if (quote) quote.kind = 'paragraph'
    }
  })
  finish()
  return { blocks, words, firstHeading }
}

function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '')
}

/** Where each name is closed for the last time. */
function lastClosings(events: readonly BodyEvent[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>()
  events.forEach((event, index) => {
    if (event.kind === 'close') last.set(event.name, index)
  })
  return last
}
