import { schemaProblems } from '../config/schema-problems.ts'
import { cleanLines } from '../content/clean-text.ts'
import { problemIn } from '../content/content-problem.ts'
import { frontMatterParser } from '../content/parse-front-matter.ts'
import type { Picture } from '../content/post.ts'
import { splitFrontMatter } from '../content/split-front-matter.ts'
import type { Problem } from '../errors.ts'
import type { EditionFile, EditionFileItem, Sponsor } from './edition.ts'
import { asItemMaps, type EditionFileContext, type EditionFrontMatter, editionFileSchema } from './edition-file-schema.ts'
import { subjectConflicts } from './subject-conflicts.ts'

/** The text of one edition file. `file` is its name as the user would say it; `id` comes from the file's name. */
export interface EditionFileSource {
  readonly file: string
  readonly id: string
  readonly text: string
}

/** What a file says, or null where it holds an error; and every problem in it. */
export interface ParsedEditionFile {
  readonly file: EditionFile | null
  readonly problems: readonly Problem[]
}

/** Reads an edition file: YAML front matter and an introduction in Markdown, each of which may be missing. Touches nothing but its arguments. */
export async function parseEditionFile(source: EditionFileSource, context: EditionFileContext): Promise<ParsedEditionFile> {
  const { file, text } = source
  const split = splitFrontMatter(text, true)
  if (split.kind === 'refused') return refused(problemIn(file, split.fault))
  if (split.kind !== 'found')
    return { file: toEditionFile(source, {}, bodyFrom(text, split.kind === 'none' ? split.body : 0), null), problems: [] }
  if (split.format !== 'yaml') return refused(notYaml(file, split.line))
  const parse = await frontMatterParser()
  const parsed = parse(split.raw, 'yaml', split.line)
  if (parsed.kind === 'refused') return refused(problemIn(file, parsed.fault))
  const schema = editionFileSchema(context)
  const data = asItemMaps(parsed.data)
  const result = schema.safeParse(data)
  if (!result.success) {
    const yaml = { file, text: split.raw, firstLine: split.line }
    return refused(...(await schemaProblems('edition-file-invalid', result.error, data, yaml, schema)))
  }
  const conflicts = await subjectConflicts(result.data, { file, text: split.raw, firstLine: split.line })
  if (conflicts.length > 0) return refused(...conflicts)
  const edition = toEditionFile(source, result.data, bodyFrom(text, split.body), { raw: split.raw, line: split.line })
  return { file: edition, problems: contradictions(edition, result.data) }
}

function toEditionFile(
  { file, id }: EditionFileSource,
  data: Partial<EditionFrontMatter>,
  intro: string | null,
  yaml: { raw: string; line: number } | null,
): EditionFile {
  const status = data.status ?? 'draft'
  const lines = yaml === null ? [] : itemLines(yaml, data.items ?? [])
  return {
    file,
    id,
    status,
    sentAt: status === 'sent' ? (data.sentAt ?? null) : null,
    published: data.published ?? false,
    subject: data.subject ?? null,
    ...toTrial(data),
    preheader: data.preheader ?? null,
    template: data.template ?? null,
    language: data.language ?? null,
    intro,
    sponsor: toSponsor(data.sponsor),
    items: data.items?.map((item, index) => toItem(item, lines[index] ?? 1)) ?? null,
    dropped: data.dropped ?? [],
    window: data.window ?? null,
  }
}

// Without a share, half of everybody gets each.
function toTrial({ subjects, split }: Partial<EditionFrontMatter>): Pick<EditionFile, 'subjects' | 'split'> {
  const [first, second] = subjects ?? []
  if (first === undefined || second === undefined) return { subjects: null, split: null }
  return { subjects: [first, second], split: split ?? 1 }
}

type ItemData = NonNullable<EditionFrontMatter['items']>[number]

function toItem({ slug, title, lead, image, imageAlt, canonical, updatedAt }: ItemData, line: number): EditionFileItem {
  return { slug, line, title, lead, image: toPicture(image, imageAlt), canonical, updatedAt }
}

function toSponsor(sponsor: EditionFrontMatter['sponsor']): Sponsor | null {
  if (sponsor === null || sponsor === undefined) return null
  const { name, url, text, image, imageAlt } = sponsor
  return { name, url, text: text ?? '', image: toPicture(image, imageAlt) }
}

function toPicture(src: string | null, alt: string | null): Picture | null {
  return src === null ? null : { src, alt: alt ?? '' }
}

/** The line of every item: each is looked for below the one before it. Cheaper than a parser that keeps positions, and every edition file is read. */
function itemLines({ raw, line }: { raw: string; line: number }, items: readonly ItemData[]): readonly number[] {
  const lines = raw.split(/\r\n?|\n/).map(each => each.replace(/\s#.*$/, ''))
  let at = Math.max(
    0,
    lines.findIndex(each => /^["']?items["']?\s*:/.test(each)),
  )
  return items.map(({ slug }) => {
    const own = lines.findIndex((each, index) => index > at && bareSlug(each) === slug)
    const found = own === -1 ? lines.findIndex((each, index) => index >= at && each.includes(slug)) : own
    if (found !== -1) at = found
    return line + at
  })
}

/** What a line of a list says when it says a slug: `  - slug: "lamps"`, `- lamps`, `    slug: lamps`. */
function bareSlug(line: string): string {
  return line.replace(/^\s*(?:-\s+)?(?:["']?slug["']?\s*:\s*)?["']?/, '').replace(/["']?\s*$/, '')
}

function bodyFrom(text: string, offset: number): string | null {
  const body = cleanLines(text.slice(offset))
  return body === '' ? null : body
}

/** Things that are well formed and yet cannot both be meant. */
function contradictions(edition: EditionFile, { sentAt }: EditionFrontMatter): Problem[] {
  const common = { code: 'edition-file-invalid', severity: 'warning', place: { file: edition.file } } as const
  const problems: Problem[] = []
  if (edition.status === 'draft' && sentAt !== null) {
    const hint = 'Write "status: sent" if it went out; else take "sentAt" away.'
    problems.push({ ...common, message: 'this edition is a draft and yet says when it was sent', hint })
  }
  if (edition.status === 'sent' && edition.items === null) {
    const message = 'this edition is sent and does not say what it ran, so every post dated in its window counts as run'
    problems.push({
      ...common,
      message,
      hint: `List the posts under "items"; "news-digest mark-sent ${edition.id}" does it for the next ones.`,
    })
  }
  return problems
}

function notYaml(file: string, line: number): Problem {
  return {
    code: 'edition-file-invalid',
    severity: 'error',
    message: 'the front matter of an edition file is YAML',
    place: { file, line: Math.max(1, line - 1), column: 1 },
    expected: '---',
    hint: 'Write the settings as YAML between two lines of ---.',
  }
}

function refused(...problems: readonly Problem[]): ParsedEditionFile {
  return { file: null, problems }
}
