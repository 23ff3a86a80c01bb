/** Titles: inline Markdown reduced to text, and what stands in for a missing one. */

import { cleanLine } from './clean-text.ts'

// A noncharacter (Unicode §23.7), which no text holds: it stands where code was taken out.
const mark = '\ufdd0'
// Looking for the ends of code, and of a heading, takes the square of the length.
const longestTitle = 1000

/** A title as plain text: code spans, links, bold and emphasis lose their marks, everything else stays as written. */
export function plainTitle(title: string): string {
  if (title.length > longestTitle || !/[`*[]/.test(title)) return cleanLine(title)
  const code: string[] = []
  const text = title
    .replace(/(`+)(?!`)(.+?)(?<!`)\1(?!`)/g, (_, __, inside: string) => `${mark}${code.push(inside.trim()) - 1}${mark}`)
    .replace(/!?\[([^[\]]*)\]\([^()\s]*\)/g, '$1')
    .replace(/(?<![\\*\w])\*\*(?=\S)([^*]+)(?<=\S)\*\*(?![*\w])/g, '$1')
    .replace(/(?<![\\*\w])\*(?=\S)([^*]+)(?<=\S)\*(?![*\w])/g, '$1')
    .replace(/\ufdd0(\d+)\ufdd0/g, (_, index: string) => code[Number(index)] ?? '')
  return cleanLine(text)
}

/** The first `# heading` of a body outside of code, as plain text; null without one. */
export function firstHeading(body: string): string | null {
  let fence: string | null = null
  for (const line of body.split(/\r\n?|\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark !== undefined) {
      if (fence === null) fence = mark
      else if (mark.startsWith(fence)) fence = null
      continue
    }
    const heading = fence === null ? /^ {0,3}#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$/.exec(line.slice(0, longestTitle))?.[1] : undefined
    if (heading !== undefined) return plainTitle(heading.replace(/\s*\{#[\w-]+\}$/, '')) || null
  }
  return null
}

/** A file's name made readable: `hello-world` becomes "Hello world". */
export function titleFromSlug(slug: string): string {
  const words = cleanLine((slug.split('/').at(-1) ?? slug).replace(/[-_]+/g, ' '))
  return words.charAt(0).toUpperCase() + words.slice(1)
}
