import { posix } from 'node:path'
import type { FullPost } from '../content/post.ts'
import { directionOf } from '../locale/direction.ts'
import type { Messages } from '../locale/messages.ts'
import { isNamed } from '../selection/post-identity.ts'
import type { PickReason, Selection } from '../selection/selection.ts'
import { countWords } from '../summary/segmenters.ts'
import type { Summary } from '../summary/summary.ts'
import type { Edition, EditionFile, EditionFileItem, EditionPost, Item, LostPick } from './edition.ts'
import { type ProposalItem, proposePreheader, proposeSubject } from './propose-subject.ts'

/** Everything an edition is made of. */
export interface AssembleEditionRequest {
  /** After `applyEditionFile`: its window and its picks, in order. */
  readonly selection: Selection
  /** Already decided: a flag, else the edition file, else the configuration. */
  readonly language: string
  readonly template: string
  readonly file: EditionFile | null
  /** Picks of the file that could not be followed. Default: none. */
  readonly lost?: readonly LostPick[]
  /** The picked posts, read whole, in any order. */
  readonly posts: readonly FullPost[]
  /** One summary for each post, in the edition's order: the place decides how many words there are. */
  readonly summarize: (posts: readonly FullPost[]) => readonly Summary[]
  /** In the edition's language. */
  readonly messages: Messages
}

/** Makes the edition: picks with their summaries, the editor's words over our own, and a subject and preheader where the editor wrote none. */
export function assembleEdition(request: AssembleEditionRequest): Edition {
  const { selection, language, template, file, lost = [], messages } = request
  const items = makeItems(request)
  const proposal: readonly ProposalItem[] = items.map(({ post, summary }) => ({ title: post.title, lead: summary.lead?.text ?? null }))
  const subject = file?.subjects?.[0] ?? file?.subject ?? proposeSubject(proposal, messages)
  return {
    version: 1,
    id: selection.window.id,
    file: file === null ? null : posix.basename(file.file),
    window: selection.window,
    language,
    direction: directionOf(language),
    template,
    subject,
    subjects: file?.subjects ?? null,
    split: file?.split ?? null,
    preheader: file?.preheader ?? proposePreheader(proposal, subject, messages),
    intro: file?.intro ?? null,
    sponsor: file?.sponsor ?? null,
    items,
    dropped: selection.decisions
      .filter(({ decision, reason }) => decision === 'left-out' && reason.kind === 'editor')
      .map(({ post }) => post.slug),
    ...(file?.published === true ? { published: true as const } : {}),
    ...(lost.length === 0 ? {} : { lost }),
    words: items.reduce((sum, item) => sum + wordsIn(item), 0),
  }
}

function makeItems({ selection, file, posts, summarize }: AssembleEditionRequest): readonly Item[] {
  const byFile = new Map(posts.map(post => [post.file, post]))
  const picks = selection.picks.map(({ post, reason }): OverriddenPick => {
    const full = byFile.get(post.file)
    if (full === undefined) throw new Error(`the picked post ${post.file} was not read whole`)
    const override = overrideOf(full, file)
    return { reason, override, post: override?.title ? { ...full, title: override.title } : full }
  })
  const summaries = summarize(picks.map(({ post }) => post))
  return picks.map((pick, index) => makeItem(pick, summaries[index] ?? { lead: null, points: [] }))
}

/** A pick with what the editor wrote over it. */
interface OverriddenPick {
  readonly reason: PickReason
  readonly override: EditionFileItem | null
  /** Under the title that the editor gave it. */
  readonly post: FullPost
}

function overrideOf(post: FullPost, file: EditionFile | null): EditionFileItem | null {
  const items = file?.items ?? []
  return items.find(item => item.slug === post.slug) ?? items.find(item => isNamed(post, item)) ?? null
}

function makeItem({ reason, override, post }: OverriddenPick, summary: Summary): Item {
  return {
    post: toEditionPost(post, override),
    summary: override?.lead ? { ...summary, lead: { text: override.lead, source: { kind: 'editor' } } } : summary,
    reason,
    label: reason.kind === 'updated' ? 'updated' : null,
  }
}

function toEditionPost(post: FullPost, override: EditionFileItem | null): EditionPost {
  const { file, slug, language, title, url, canonical, publishedAt, updatedAt, category, tags, authors, image, words, faq } = post
  return {
    file,
    slug,
    language,
    title,
    url,
    canonical,
    publishedAt,
    updatedAt,
    category,
    tags,
    authors,
    image: override?.image ?? image,
    words,
    faq: faq.map(({ question, answer }) => ({ question, answer })),
  }
}

function wordsIn({ post, summary }: Item): number {
  const passages = summary.lead === null ? summary.points : [summary.lead, ...summary.points]
  return passages.reduce((sum, { text }) => sum + countWords(text, post.language), 0)
}
