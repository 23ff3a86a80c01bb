/** Front matter to plain data: YAML, TOML or JSON, bounded in depth, aliases and size, and no language that runs. */

import type { Fault } from './content-problem.ts'
import type { FrontMatterData } from './field-aliases.ts'
import { isMap } from './field-aliases.ts'
import { frontMatterEngines } from './front-matter-engines.ts'
import { explainControl, explainJsonError, explainTomlError, explainYamlError } from './front-matter-error.ts'
import { type FrontMatterFormat, longestFrontMatter } from './split-front-matter.ts'

/** Data, or what is wrong with the text. */
export type ParsedFrontMatter =
  | { readonly kind: 'data'; readonly data: FrontMatterData }
  | { readonly kind: 'refused'; readonly fault: Fault }

/** Parses front matter that `splitFrontMatter` has cut out; `line` is the line of the file on which `raw` begins. */
export type FrontMatterParser = (raw: string, format: FrontMatterFormat, line: number) => ParsedFrontMatter

/** Parses front matter together with the body below it. */
export type PostParser = (
  raw: string,
  format: FrontMatterFormat,
  line: number,
  body: string,
) => (ParsedFrontMatter & { readonly kind: 'data'; readonly body: string }) | (ParsedFrontMatter & { readonly kind: 'refused' })

const deepest = 64
const mostAliases = 200
const mostValues = 50_000
const mostBlankLines = 500
const shortEnough = 8192
// gray-matter looks for its delimiters anywhere at a line's start; these cannot stand in a text that YAML, TOML or JSON accept.
const delimiters: [string, string] = ['\u0001', '\u0002']

/**
 * Loads the parsers (js-yaml, smol-toml) for front matter alone. They are what gray-matter would hand it to: doing without it where there is nothing
 * left to split saves a quarter of the time of reading 20,000 posts, which it spends on hashing each text for a cache that must not be used.
 */
export async function frontMatterParser(): Promise<FrontMatterParser> {
  const engines = await frontMatterEngines({ deepest, mostAliases })
  return (raw, format, line) => guarded(raw, format, line, () => engines[format](raw))
}

/** Loads the parsers for whole posts: gray-matter, given only what the guard has split, with every language that runs refused. */
export async function postParser(): Promise<PostParser> {
  const [{ loadGrayMatter }, engines] = await Promise.all([import('./load-gray-matter.ts'), frontMatterEngines({ deepest, mostAliases })])
  const matter = loadGrayMatter()
  const refuse = () => {
    throw new Error('front matter that runs is refused')
  }
  // Each text begins with the line break after the opening delimiter, which would shift every error by a line.
  const engine = (format: FrontMatterFormat) => (text: string) => engines[format](text.slice(1))
  const options = {
    delimiters,
    engines: { yaml: engine('yaml'), toml: engine('toml'), json: engine('json'), javascript: refuse, coffee: refuse },
  }
  return (raw, format, line, body) => {
    let content = body
    const parsed = guarded(raw, format, line, () => {
      // With options, because without them a text that failed once comes back as {} without an error.
      const file = matter(`${delimiters[0]}${format}\n${raw}\n${delimiters[1]}\n${body}`, options)
      content = file.content
      return file.data
    })
    return parsed.kind === 'data' ? { ...parsed, body: content } : parsed
  }
}

function guarded(raw: string, format: FrontMatterFormat, line: number, parse: () => object): ParsedFrontMatter {
  const tooMuch = sizeFault(raw, line)
  if (tooMuch !== null) return { kind: 'refused', fault: tooMuch }
  try {
    const data = parse()
    if (!isMap(data)) return { kind: 'refused', fault: notAMapping(line) }
    if ((format !== 'yaml' || raw.includes('*')) && isTooComplex(data)) return { kind: 'refused', fault: tooComplex(line) }
    return { kind: 'data', data }
  } catch (error) {
    return { kind: 'refused', fault: explain(error, raw, format, line) }
  }
}

function explain(error: unknown, raw: string, format: FrontMatterFormat, line: number): Fault {
  if (format === 'yaml') return explainYamlError(error, raw, line)
  return format === 'toml' ? explainTomlError(error, line) : explainJsonError(error, raw, line)
}

/** Bounds what a later step may have to walk: shared references of an alias bomb count each time they are reached. */
function isTooComplex(data: unknown): boolean {
  let left = mostValues
  const walk = (value: unknown, depth: number): boolean => {
    if (--left < 0 || depth > deepest) return true
    if (value === null || typeof value !== 'object') return false
    return Object.values(value).some(each => walk(each, depth + 1))
  }
  return walk(data, 0)
}

function sizeFault(raw: string, line: number): Fault | null {
  if (raw.length > longestFrontMatter) return tooLong(line)
  // gray-matter would end there.
  if (raw.includes(delimiters[1])) return explainControl(raw, line)
  // gray-matter's test for empty front matter takes the square of a run of blank lines.
  if (raw.length > shortEnough && hasLongBlankRun(raw)) return tooComplex(line)
  return null
}

function hasLongBlankRun(raw: string): boolean {
  let breaks = 0
  for (let at = 0; at < raw.length; at++) {
    const character = raw.charCodeAt(at)
    if (character === 0x0a || character === 0x0d || character === 0x2028 || character === 0x2029) breaks++
    else if (character > 0x20 && character !== 0xa0 && character !== 0xfeff && character < 0x2000) breaks = 0
    if (breaks > mostBlankLines) return true
  }
  return false
}

/** The fault for front matter over `longestFrontMatter`. */
export function tooLong(line: number): Fault {
  return {
    code: 'front-matter-too-complex',
    message: 'the front matter is too long',
    line,
    column: 1,
    expected: `at most ${longestFrontMatter / 1024} kB`,
    got: 'more than that',
    hint: 'Move long text into the body, or check that the closing fence stands alone on its line.',
  }
}

function tooComplex(line: number): Fault {
  return {
    code: 'front-matter-too-complex',
    message: 'the front matter is too complex to read',
    line,
    column: 1,
    expected: `at most ${mostValues} values, ${deepest} levels, ${mostAliases} aliases and ${mostBlankLines} blank lines in a row`,
    hint: 'Write plain fields: text, lists, and maps of a few levels.',
  }
}

function notAMapping(line: number): Fault {
  return {
    code: 'front-matter-syntax',
    message: 'the front matter is not a list of fields',
    line,
    column: 1,
    expected: 'lines such as title: My post',
    hint: 'Write each field as a name, a colon, a blank and the value.',
  }
}
