/** Reads picks again, with all that summarizing and rendering need. */

import { join } from 'node:path'
import { displayPath } from '../config/display-path.ts'
import { cleanLines } from './clean-text.ts'
import { type Fault, problemIn } from './content-problem.ts'
import { type FieldReader, type FrontMatterData, fieldReader } from './field-aliases.ts'
import { type PostParser, postParser } from './parse-front-matter.ts'
import type { BrokenPost, FaqEntry, FullPost, Picture, Post } from './post.ts'
import { faqEntries } from './post-faq.ts'
import { pictureReference } from './post-image.ts'
import { resolveUrl } from './post-url.ts'
import type { ReadOptions } from './read-options.ts'
import { readSource } from './read-source.ts'

interface Readers {
  readonly fields: FieldReader
  readonly parse: PostParser
  readonly toText: (markdown: string) => string
  readonly toBody: (
    markdown: string,
    options: { readonly format: 'md' | 'mdx' },
  ) => Pick<FullPost, 'words'> & { readonly blocks: FullPost['body'] }
}

/** Reads descriptions, FAQs, pictures and bodies of posts, in their order. A post that changed or vanished since, or whose body cannot be read, comes back broken. */
export async function readFullPosts(
  posts: readonly Post[],
  options: ReadOptions,
): Promise<{ readonly posts: readonly FullPost[]; readonly broken: readonly BrokenPost[] }> {
  const [parse, { markdownInlineToText }, { bodyBlocks }] = await Promise.all([
    postParser(),
    import('./markdown/inline-text.ts'),
    import('./markdown/body-blocks.ts'),
  ])
  const readers: Readers = { fields: fieldReader(options.fields), parse, toText: markdownInlineToText, toBody: bodyBlocks }
  const full: FullPost[] = []
  const broken: BrokenPost[] = []
  for (const post of posts) {
    const reading = readFullPost(post, options, readers)
    if ('problems' in reading) broken.push(reading)
    else full.push(reading)
  }
  return { posts: full, broken }
}

function readFullPost(post: Post, options: ReadOptions, readers: Readers): FullPost | BrokenPost {
  const path = join(options.dir, post.file)
  const broken = (fault: Fault): BrokenPost => ({
    file: post.file,
    day: post.publishedAt.day,
    problems: [problemIn(displayPath(path, options.displayRoot), fault)],
  })
  const reading = readSource(path, true)
  if (reading === null)
    return broken({ code: 'file-unreadable', message: 'the file vanished while the edition was made', hint: 'Run the command again.' })
  if (reading.kind === 'refused') return broken(reading.fault)
  const { split, text } = reading.source
  if (split.kind === 'refused') return broken(split.fault)
  if (split.kind === 'unfinished')
    return broken({ code: 'file-unreadable', message: 'the file changed while it was read', hint: 'Run the command again.' })
  const below = text.slice(split.body)
  const parsed = split.kind === 'found' ? readers.parse(split.raw, split.format, split.line, below) : null
  if (parsed?.kind === 'refused') return broken(parsed.fault)

  const data = parsed?.data ?? {}
  const { blocks, words } = readers.toBody(parsed?.body ?? below, { format: /\.mdx$/i.test(post.file) ? 'mdx' : 'md' })
  return {
    ...post,
    description: description(data, readers),
    faq: faq(data, readers),
    image: picture(data, post, readers.fields),
    body: blocks,
    words,
  }
}

function description(data: FrontMatterData, { fields, toText }: Readers): string | null {
  const found = fields.first(data, 'description', value => typeof value === 'string')
  return found === null ? null : toText(cleanLines(String(found.value))) || null
}

function faq(data: FrontMatterData, { fields, toText }: Readers): FaqEntry[] {
  for (const found of fields.all(data, 'faq')) {
    const entries = faqEntries(found.value)
      .map(({ question, answer }) => ({ question: toText(question), answer: toText(answer) }))
      .filter(({ question, answer }) => question !== '' && answer !== '')
    if (entries.length > 0) return entries
  }
  return []
}

/** The first picture that may be shown: one that leads to a private address or is no http address is passed over. */
function picture(data: FrontMatterData, post: Post, fields: FieldReader): Picture | null {
  const alt = fields.first(data, 'imageAlt')
  // A picture beside an index.md lies in the post's own folder.
  const base = /(?:^|\/)index\.[^/]*$/i.test(post.file) && !post.url.endsWith('/') ? `${post.url}/` : post.url
  for (const found of fields.all(data, 'image')) {
    const reference = pictureReference(found.value)
    const src = reference === null ? null : resolveUrl(base, reference.source, 'picture')
    if (src !== null)
      return { src, alt: (typeof alt?.value === 'string' ? cleanLines(alt.value).replace(/\s+/g, ' ') : reference?.alt) ?? '' }
  }
  return null
}
