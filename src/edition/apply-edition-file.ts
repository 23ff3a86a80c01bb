import { nearestName } from '../config/nearest-name.ts'
import { cleanLine } from '../content/clean-text.ts'
import type { Post } from '../content/post.ts'
import type { Problem } from '../errors.ts'
import { languageFits } from '../selection/languages.ts'
import { isNamed } from '../selection/post-identity.ts'
import type { Decision, Selection } from '../selection/selection.ts'
import type { EditionFile, EditionFileItem } from './edition.ts'
import { lengthOf, topicOf } from './title-topic.ts'

/** The rules' selection, and what the editor made of it. `now` is a UTC instant. */
export interface ApplyEditionFileRequest {
  readonly selection: Selection
  readonly file: EditionFile | null
  /** The whole collection: the editor may add a post from anywhere in it. */
  readonly posts: readonly Post[]
  readonly language: string
  readonly now: string
}

/** The selection as the editor wants it; picks that cannot be followed, each with its line; and words about a post that is no longer in it. */
export interface AppliedEditionFile {
  readonly selection: Selection
  readonly problems: readonly Problem[]
}

type Picked = Selection['picks'][number]

/**
 * Follows the editor's file. Its items are the picks, in its order, whatever the rules say of number, date or being featured; without items, the
 * rules' picks stand except the dropped ones. A post that both chose keeps the rules' reason; every other change has the reason `editor`. A pick that
 * is not in the collection, or that the site does not show (yet), is passed over with a problem: an error in a draft, a warning in a sent edition.
 */
export function applyEditionFile({ selection, file, posts, language, now }: ApplyEditionFileRequest): AppliedEditionFile {
  if (file === null || (file.items === null && file.dropped.length === 0)) return { selection, problems: [] }
  const dropped = selection.picks.filter(({ post }) => file.dropped.some(slug => isNamed(post, { slug, canonical: null })))
  if (file.items === null) {
    const picks = selection.picks.filter(pick => !dropped.includes(pick))
    const applied = withPicks(selection, picks, selection.tooFew || picks.length === 0)
    return { selection: applied, problems: staleWords(file, applied) }
  }
  const problems: Problem[] = []
  const chosen = new Map<Post, Picked>()
  const byRules = new Map(selection.picks.map(pick => [pick.post, pick]))
  for (const item of file.items) {
    const post = findPost(item, posts, language)
    const problem = post === null ? missing(item, file, posts) : doubt(post, item, file, chosen.has(post), now)
    if (problem !== null) problems.push(problem)
    if (post === null || chosen.has(post) || isOffSite(post) || isInFuture(post, now)) continue
    chosen.set(post, byRules.get(post) ?? { decision: 'picked', post, reason: { kind: 'editor' } })
  }
  const picks = [...chosen.values()]
  const applied = withPicks(selection, picks, picks.length === 0)
  return { selection: applied, problems: [...problems, ...staleWords(file, applied)] }
}

/** The post that an item of an edition file means: by slug in the edition's language, else in any, else by canonical URL or a former name. */
function findPost(item: EditionFileItem, posts: readonly Post[], language: string): Post | null {
  const sameSlug = posts.filter(post => post.slug === item.slug)
  const named = sameSlug.length > 0 ? sameSlug : posts.filter(post => isNamed(post, item))
  const exact = named.find(post => post.language.toLowerCase() === language.toLowerCase())
  return exact ?? named.find(post => languageFits(post.language, language)) ?? named[0] ?? null
}

function withPicks(selection: Selection, picks: readonly Picked[], tooFew: boolean): Selection {
  const chosen = new Map(picks.map(pick => [pick.post, pick]))
  const decisions = selection.decisions.map((decision): Decision => {
    const pick = chosen.get(decision.post)
    if (pick !== undefined) return pick
    return decision.decision === 'picked' ? { decision: 'left-out', post: decision.post, reason: { kind: 'editor' } } : decision
  })
  return { ...selection, decisions, picks, tooFew }
}

// An unlisted or archived post has an address, so the editor may want it; a draft has none, and its link would lead nowhere.
function isOffSite({ hidden }: Post): boolean {
  return hidden !== null && hidden !== 'unlisted' && hidden !== 'archived'
}

function isInFuture({ publishedAt }: Post, now: string): boolean {
  return publishedAt.instant > now
}

function missing({ slug, line }: EditionFileItem, file: EditionFile, posts: readonly Post[]): Problem {
  const near = nearestName(
    slug,
    posts.map(post => post.slug),
  )
  return {
    code: 'edition-pick-missing',
    severity: severityIn(file),
    message: `the pick "${slug}" is not among the posts`,
    place: { file: file.file, line },
    expected: 'the slug of a post',
    got: slug,
    hint: near === null ? 'Take the line out, or write the slug of a post that exists.' : `Did you mean "${near}"? Or take the line out.`,
  }
}

function doubt(post: Post, { slug, line }: EditionFileItem, file: EditionFile, isTwice: boolean, now: string): Problem | null {
  const place = { file: file.file, line }
  if (isTwice) {
    const hint = 'Keep the line that stands in the right place.'
    return { code: 'edition-file-invalid', severity: 'warning', message: `the pick "${slug}" stands here twice`, place, hint }
  }
  if (isOffSite(post)) {
    const message = `the pick "${slug}" is a post that the site does not show (${post.hidden})`
    const hint = `Publish ${post.file}, or take the line out.`
    return { code: 'edition-pick-hidden', severity: severityIn(file), message, place, hint }
  }
  if (!isInFuture(post, now)) return null
  const message = `the pick "${slug}" is dated ${post.publishedAt.day}, in the future`
  return {
    code: 'edition-pick-hidden',
    severity: severityIn(file),
    message,
    place,
    hint: 'Build the edition after that day, or take the line out.',
  }
}

/** A subject that was proposed from a post, and the post taken out since: readers would look for it in vain. */
function staleWords(file: EditionFile, { decisions }: Selection): Problem[] {
  const takenOut = decisions.filter(({ reason }) => reason.kind === 'editor').filter(({ decision }) => decision === 'left-out')
  const [, second = null] = file.subjects ?? []
  const words = [
    { key: 'subject', text: file.subjects?.[0] ?? file.subject },
    { key: 'subject', text: second },
    { key: 'preheader', text: file.preheader },
  ]
  return words.flatMap(({ key, text }) => {
    const post = takenOut.find(({ post: { title } }) => speaksOf(text ?? '', topicOf(cleanLine(title))))?.post
    if (post === undefined) return []
    const message = `the ${key} speaks of "${post.slug}", which is not in this edition`
    const hint =
      file.subjects !== null && key === 'subject'
        ? 'Write another subject.'
        : `Write another ${key}, or leave it empty to have one proposed.`
    return [{ code: 'edition-file-invalid', severity: 'warning', message, place: { file: file.file }, got: text ?? '', hint }]
  })
}

// A title of a word or two may stand in any subject.
function speaksOf(text: string, topic: string): boolean {
  return lengthOf(topic) >= 12 && text.includes(topic)
}

function severityIn(file: EditionFile): Problem['severity'] {
  return file.status === 'sent' ? 'warning' : 'error'
}
