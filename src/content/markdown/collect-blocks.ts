import type { BodyBlock } from '../post.ts'
import { countWords } from './count-words.ts'
import { foldText, hole, stripControls } from './fold-text.ts'
import { apartElements, blockElements, unreadElements, voidElements } from './html-elements.ts'
import type { BodyEvent } from './read-tokens.ts'

/** A block with what tells navigation from text. `list` numbers the list it is an item of; null outside lists. */
export interface CollectedBlock extends BodyBlock {
  readonly list: number | null
  /** All its words stand in links. */
  readonly onlyLinks: boolean
}

/** What a body holds, before navigation is left out. */
export interface Collected {
  readonly blocks: readonly CollectedBlock[]
  readonly words: number
  readonly firstHeading: string | null
}

/** An element that is open. */
interface Frame {
  readonly name: string
  /** The innermost list, and the kind of the blocks inside. */
  readonly list: number | null
  kind: BodyBlock['kind']
}

interface Gathering {
  readonly lastClosing: ReadonlyMap<string, number>
  readonly frames: Frame[]
  /** How many elements of each name are open. */
  readonly opened: Map<string, number>
  /** How many elements are open whose text is not read, and whose text stands apart. */
  unread: number
  apart: number
  readonly blocks: CollectedBlock[]
  words: number
  firstHeading: string | null
  heading: string | null
  lists: number
  /** The text since the last block boundary, and the parts of it that stand in links and in strong emphasis. */
  text: string
  linked: string
  strong: string
}

/** Walks the events once and gathers blocks, words and the first heading. */
export function collectBlocks(events: readonly BodyEvent[]): Collected {
  const gathering: Gathering = {
    lastClosing: lastClosings(events),
    frames: [],
    opened: new Map(),
    unread: 0,
    apart: 0,
    blocks: [],
    words: 0,
    firstHeading: null,
    heading: null,
    lists: 0,
    text: '',
    linked: '',
    strong: '',
  }
  events.forEach((event, index) => {
    if (event.kind === 'open') open(gathering, event.name, event.attributes, index)
    else if (event.kind === 'close') close(gathering, event.name)
    else if (event.kind === 'text') add(gathering, event.text)
    else markAlert(gathering)
  })
  finishBlock(gathering)
  return gathering
}

function open(gathering: Gathering, name: string, attributes: Readonly<Record<string, string>>, index: number): void {
  if (blockElements.has(name)) finishBlock(gathering)
  if (name === 'section-header') openSectionHeader(gathering, attributes.text ?? '')
  if (name === 'br') gathering.text += '\n'
  if (voidElements.has(name) || wouldNeverEnd(gathering, name, index)) return
  const isList = name === 'ul' || name === 'ol'
  if (isList) gathering.lists += 1
  const around = gathering.frames.at(-1)
  const list = isList ? gathering.lists : (around?.list ?? null)
  gathering.frames.push({ name, list, kind: kinds.get(name) ?? around?.kind ?? 'paragraph' })
  count(gathering, name, 1)
}

function count(gathering: Gathering, name: string, by: 1 | -1): void {
  gathering.opened.set(name, isOpen(gathering, name) + by)
  if (unreadElements.has(name)) gathering.unread += by
  if (apartElements.has(name)) gathering.apart += by
}

function isOpen(gathering: Gathering, name: string): number {
  return gathering.opened.get(name) ?? 0
}

const kinds: ReadonlyMap<string, BodyBlock['kind']> = new Map([
  ['li', 'list-item'],
  ['blockquote', 'quote'],
])

/** A `<video>` that is never closed must not take the rest of the post with it. */
function wouldNeverEnd(gathering: Gathering, name: string, index: number): boolean {
  return (unreadElements.has(name) || apartElements.has(name)) && (gathering.lastClosing.get(name) ?? -1) < index
}

/** `<section-header text="…">`, a component that some blogs write their headings with. */
function openSectionHeader(gathering: Gathering, text: string): void {
  finishBlock(gathering)
  const heading = foldText(stripControls(text))
  gathering.words += countWords(heading)
  if (heading !== '') gathering.heading = heading
}

function close(gathering: Gathering, name: string): void {
  if (isOpen(gathering, name) === 0) {
    if (blockElements.has(name)) finishBlock(gathering)
    return
  }
  for (let frame = gathering.frames.at(-1); frame; frame = gathering.frames.at(-1)) {
    if (/^h[1-6]$/.test(frame.name)) finishHeading(gathering, frame.name)
    if (blockElements.has(frame.name)) finishBlock(gathering)
    gathering.frames.pop()
    count(gathering, frame.name, -1)
    if (frame.name === name) return
  }
}

function add(gathering: Gathering, text: string): void {
  if (gathering.unread > 0) return
  gathering.text += text
  if (isOpen(gathering, 'a') > 0) gathering.linked += text
  if (isOpen(gathering, 'strong') + isOpen(gathering, 'b') > 0) gathering.strong += text
}

function markAlert(gathering: Gathering): void {
  const quote = gathering.frames.findLastIndex(frame => frame.name === 'blockquote')
  if (quote >= 0) for (const frame of gathering.frames.slice(quote)) frame.kind = 'paragraph'
}

function finishHeading(gathering: Gathering, name: string): void {
  const heading = foldText(gathering.text.replaceAll(hole, ''))
  if (heading === '' || isOpen(gathering, 'table') > 0) return
  gathering.heading = heading
  if (name === 'h1') gathering.firstHeading ??= heading
}

/** Ends the text gathered so far: counts it, and makes it a block unless it stands apart, has a hole, or is a heading in disguise. */
function finishBlock(gathering: Gathering): void {
  const text = foldText(gathering.text)
  const linked = lettersOf(gathering.linked)
  const isStrong = text === foldText(gathering.strong)
  gathering.text = gathering.linked = gathering.strong = ''
  if (text === '') return
  gathering.words += countWords(text)
  if (text.includes(hole) || gathering.apart > 0) return
  const kind = gathering.frames.at(-1)?.kind ?? 'paragraph'
  if (kind === 'paragraph' && isStrong && !/\p{P}$/u.test(text)) {
    gathering.heading = text
    return
  }
  const item = kind === 'list-item' ? text.replace(/^\[[ xX]\] /, '') : text
  const letters = lettersOf(item)
  if (letters === '') return
  gathering.blocks.push({
    kind,
    text: item,
    heading: gathering.heading,
    list: gathering.frames.at(-1)?.list ?? null,
    onlyLinks: linked === letters,
  })
}

function lettersOf(text: string): string {
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
