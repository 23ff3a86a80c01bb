import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A post as it lies in a corpus. */
export interface SourceFile {
  /** With forward slashes. */
  readonly file: string
  readonly raw: string
}

/** Every Markdown file of a folder, read whole. */
export function readSources(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.mdx?$/.test(file))
    .map(file => ({ file: file.replaceAll('\\', '/'), raw: readFileSync(path.join(folder, file), 'utf8') }))
}

/** The files that a slug may stand for: named so, or saying so in the front matter. */
export function sourcesOf(slug: string, sources: readonly SourceFile[]): readonly SourceFile[] {
  const said = new RegExp(
    `^\\s*(?:slug|path|permalink|url)\\s*[:=]\\s*["']?[^\\n]*${slug.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["'/\\s]`,
    'm',
  )
  return sources.filter(({ file, raw }) => file.includes(slug) || said.test(raw))
}

/**
 * Whether a passage stands in a post: letter by letter, with markup, marks and blanks left out on both sides. Worked out here from the raw file in
 * three plain ways (tags, emoji names and generics taken out or not), so that it does not share the reader's mistakes.
 */
export function standsIn(passage: string, { raw }: SourceFile): boolean {
  const plain = raw
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/\{\{[<%][\s\S]*?[>%]\}\}/g, '')
    .replace(/\[\^[^\]]*\]/g, '')
    .replace(/\]\((?:[^()]|\([^()]*\))*\)/g, '] ')
    .replace(/\]\[[^\]]*\]/g, ']')
    .replace(/\]\{[^}]*\}/g, ']')
    .replace(/&(?:amp|quot|lt|gt|nbsp|mdash|ndash|hellip|#\d+|#x[\da-f]+);/gi, '')
  const untagged = plain.replace(/<\/?[A-Za-z][^>]*>/g, '')
  const variants = [plain, untagged, untagged.replace(/:[a-z0-9_+-]+:/g, '')]
  const wanted = letters(passage)
  return variants.some(variant => letters(variant).includes(wanted) || letters(variant).includes(letters(passage.replace(/<[^>]*>/g, ''))))
}

/** What stands in code in a post: markup there is the author's text. */
export function codeOf({ raw }: SourceFile): string {
  const spans = [...raw.matchAll(/(`+)([^`](?:[\s\S]*?[^`])?)\1(?!`)/g)].map(match => match[2] ?? '')
  const elements = [...raw.matchAll(/<code>([\s\S]*?)<\/code>/g)].map(match =>
    (match[1] ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
  )
  return [...spans, ...elements].join('\n')
}

function letters(text: string): string {
  return text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '')
}
