import { type Document, isMap, isScalar, isSeq, type Node, type Scalar, YAMLMap, YAMLSeq } from 'yaml'
import { cleanLine } from '../content/clean-text.ts'
import type { RanPost } from '../selection/selection.ts'
import { editFrontMatter, type OpenFrontMatter, setKey } from './edit-front-matter.ts'
import type { EditionProposal } from './render-edition-file.ts'

/** What happened to an edition that went out. Instants are UTC. */
export interface SentRecord {
  readonly sentAt: string
  readonly window: { readonly from: string; readonly to: string }
  /** The posts that ran, in order. */
  readonly ran: readonly RanPost[]
  /** Slugs of posts that the rules had picked and the editor took out. */
  readonly dropped: readonly string[]
}

/** The text of an edition file with the record of its sending; all else as the editor wrote it. The same text where it says "sent" already. */
export function markTextSent(text: string, file: string, record: SentRecord): string {
  let wasSent = false
  const revised = editFrontMatter(text, file, open => {
    wasSent = open.map.get('status') === 'sent'
    if (wasSent) return
    if (!open.map.has('status')) open.map.items.unshift(open.document.createPair('status', 'sent'))
    setKey(open, 'status', 'sent', 'status')
    setKey(open, 'sentAt', record.sentAt, 'status')
    setKey(open, 'window', { from: record.window.from, to: record.window.to }, 'sentAt')
    setItems(open, record.ran)
    if (record.dropped.length > 0) setKey(open, 'dropped', [...record.dropped], 'items')
  })
  return wasSent ? text : revised
}

/** Whether an edition file says that it was sent. Throws as `editFrontMatter` does. */
export function isTextSent(text: string, file: string): boolean {
  return valueIn(text, file, 'status') === 'sent'
}

/** When an edition file says that it was sent, as it stands there; null where it does not say. Throws as `editFrontMatter` does. */
export function sentAtIn(text: string, file: string): string | null {
  const sentAt = valueIn(text, file, 'sentAt')
  return typeof sentAt === 'string' && sentAt !== '' ? sentAt : null
}

function valueIn(text: string, file: string, key: string): unknown {
  let value: unknown
  editFrontMatter(text, file, ({ map }) => {
    value = map.get(key)
  })
  return value
}

/**
 * The text of an edition file with a new proposal: subject, preheader and picks; what the editor said of a pick that stays, and all else, is kept. Two
 * subjects to try stay as well: only one is proposed.
 */
export function reviseText(text: string, file: string, { subject, preheader, picks }: EditionProposal): string {
  return editFrontMatter(text, file, open => {
    const isTrial = isSeq(open.map.get('subjects'))
    if (!isTrial) setKey(open, 'subject', subject, 'status')
    setKey(open, 'preheader', preheader, isTrial ? 'subjects' : 'subject')
    setItems(
      open,
      picks.map(({ slug, title }) => ({ slug, title, canonical: null, updatedAt: null })),
    )
  })
}

/** Puts the items in this order. An item that stands there already keeps its comments and overrides. */
function setItems(open: OpenFrontMatter, wanted: readonly (RanPost & { readonly title?: string })[]): void {
  const list = listIn(open)
  const written = list.items
  list.items = wanted.map(({ slug, title, ...facts }) =>
    withFacts(open, written.find(node => slugOf(node) === slug) ?? newScalar(open, slug, title), facts),
  )
  list.flow = wanted.length === 0
}

function listIn(open: OpenFrontMatter): YAMLSeq<Node> {
  const list = open.map.get('items')
  if (isSeq<Node>(list)) return list
  const empty = new YAMLSeq<Node>(open.document.schema)
  open.map.delete('items')
  setKey(open, 'items', empty, 'dropped')
  return empty
}

/** A plain slug becomes a map only when there is something to say of it. */
function withFacts({ document }: OpenFrontMatter, node: Node, facts: Omit<RanPost, 'slug'>): Node {
  const known = Object.entries(facts).filter(([, value]) => value !== null)
  if (known.length === 0) return node
  const map = isMap(node) ? node : mapAround(document, node)
  for (const [key, value] of known) map.set(key, value)
  map.flow = false
  return map
}

function mapAround(document: Document, scalar: Node): YAMLMap {
  const map = new YAMLMap(document.schema)
  if (isScalar(scalar)) {
    if (scalar.commentBefore) map.commentBefore = scalar.commentBefore
    if (scalar.spaceBefore) map.spaceBefore = scalar.spaceBefore
    scalar.commentBefore = null
    scalar.spaceBefore = false
  }
  map.items.push(document.createPair('slug', scalar))
  return map
}

function newScalar({ document }: OpenFrontMatter, slug: string, title = ''): Scalar {
  const scalar = document.createNode(slug) as Scalar
  const comment = cleanLine(title)
  if (comment !== '') scalar.comment = ` ${comment}`
  return scalar
}

function slugOf(node: Node): string | null {
  const slug = isMap(node) ? node.get('slug') : isScalar(node) ? node.value : null
  return typeof slug === 'string' || typeof slug === 'number' ? String(slug) : null
}
