/** The file to change, for a finding: found by the words that are complained of, so it is said only where they stand. */

import type { TemplateSource } from '../config/read-template-file.ts'
import type { Edition, Item } from '../edition/edition.ts'
import type { Place } from '../errors.ts'
import type { Complaint, InspectContext, InspectSources } from './finding.ts'

/** Finds the file of the edition, a post, a template or the configuration; null where nothing says which. */
export function createFinder({ sources, edition }: InspectContext): (place: Complaint['place']) => Place | null {
  if (sources === undefined) return () => null
  return ({ part, quote = '', at }) => {
    if (part === 'edition') return originInEditionFile(at, edition, sources)
    if (part === 'settings') return sources.config === null ? null : { file: sources.config.file }
    if (part === 'subject' || part === 'preheader') return originOfLine(quote, edition, sources)
    if (part === 'message') return null
    const words = quote.trim()
    return (
      inContent(words, edition, sources) ?? inTemplates(words, part, sources) ?? inConfig(words, sources) ?? mainTemplate(part, sources)
    )
  }
}

function originInEditionFile(line: Complaint['place']['at'], edition: Edition | null, sources: InspectSources): Place | null {
  if (edition === null || edition.file === null) return null
  return { file: join(sources.editions, edition.file), ...(typeof line === 'number' ? { line } : {}) }
}

/** Subject and preheader are the editor's, or proposed from a title. */
function originOfLine(line: string, edition: Edition | null, sources: InspectSources): Place | null {
  if (edition === null) return null
  if (edition.file !== null) return written(join(sources.editions, edition.file), line, sources)
  const item = edition.items.find(({ post }) => line.includes(post.title))
  return item === undefined ? null : written(join(sources.content, item.post.file), item.post.title, sources)
}

/** Words this short stand in posts by chance; in what the editor wrote they count where they stand by themselves. */
const tellingLength = 6

function inContent(words: string, edition: Edition | null, sources: InspectSources): Place | null {
  if (edition === null || words === '') return null
  const holds = (text: string) => standsIn(text, words) || standsIn(text, withoutCampaign(words))
  const own = [edition.intro ?? '', ...(edition.sponsor === null ? [] : textsOf(edition.sponsor))]
  if (edition.file !== null && own.some(holds)) return written(join(sources.editions, edition.file), words, sources)
  if (words.length < tellingLength) return null
  const item = edition.items.find(each => textsOfItem(each).some(holds))
  return item === undefined ? null : written(join(sources.content, item.post.file), words, sources)
}

/** A file of the editor's or an author's, with the line on which words stand, where they stand on one alone. */
function written(file: string, words: string, sources: InspectSources): Place {
  const lines = sources.written.find(each => each.file === file)?.source.split('\n') ?? []
  // Addresses of the site stand in posts by their paths.
  const path = /^https?:/.test(words) ? (URL.parse(words)?.pathname ?? '') : ''
  for (const each of new Set([words.trim(), withoutCampaign(words.trim()), path.length >= tellingLength ? path : ''])) {
    const found = lines.flatMap((line, index) => (each !== '' && standsIn(line, each) ? [index + 1] : []))
    const [line] = found
    if (line !== undefined && found.length === 1) return { file, line }
  }
  return { file }
}

/** Whether words stand in a text by themselves: not "here" in "There", not the address of a site in that of one of its pages. */
function standsIn(text: string, words: string): boolean {
  const isAddress = /^https?:/.test(words)
  if (!isAddress && words.length >= tellingLength) return text.includes(words)
  const goesOn = isAddress ? /[^\s"'<>()[\]]/ : /[\p{L}\p{N}]/u
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + words.length] ?? ' ']
    if (!goesOn.test(after) && (isAddress || !goesOn.test(before))) return true
  }
  return false
}

function textsOfItem({ post, summary }: Item): string[] {
  const { title, url, image, faq } = post
  return [title, url, ...textsOf({ image, faq, summary })]
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

function inTemplates(words: string, part: 'html' | 'text', { templates }: InspectSources): Place | null {
  if (words === '') return null
  const [only, ...others] = templates[part].filter(({ source }) => source.includes(words))
  return only === undefined || others.length > 0 ? null : { file: only.file, ...lineIn(only, words) }
}

/** The configuration has addresses of the site (whole, without the slash at the end) and of its logo (by their path). */
function inConfig(words: string, { config }: InspectSources): Place | null {
  const path = URL.parse(words)?.pathname ?? '/'
  const found = [words, words.replace(/\/$/, ''), path].find(each => each.length >= tellingLength && config?.source.includes(each))
  return config === null || found === undefined ? null : { file: config.file, ...lineIn(config, found) }
}

/** What stands in no file whole was put together by the template. */
function mainTemplate(part: 'html' | 'text', { templates }: InspectSources): Place | null {
  const [main] = templates[part]
  return main === undefined ? null : { file: main.file }
}

function lineIn({ source }: TemplateSource, words: string): { readonly line?: number } {
  const lines = source.split('\n').flatMap((line, index) => (line.includes(words) ? [index + 1] : []))
  const [line] = lines
  return line === undefined || lines.length > 1 ? {} : { line }
}

function withoutCampaign(address: string): string {
  return address.replace(/([?&])utm_[^#]*$/, '').replace(/[?&]$/, '')
}

function join(folder: string, file: string): string {
  return folder === '' ? file : `${folder}/${file}`
}
