/**
 * The guard in front of gray-matter: finds where front matter begins and ends. gray-matter itself splits at any line that begins with the
 * fence, takes an unclosed fence for a whole file, and runs `---js`; so it is only given what this file has cut out.
 */

import type { Fault } from './content-problem.ts'

/** Languages of front matter that are data. */
export type FrontMatterFormat = 'yaml' | 'toml' | 'json'

/** What the beginning of a file holds. Offsets count UTF-16 units of the given text, lines count from 1. */
export type FrontMatterSplit =
  | { readonly kind: 'found'; readonly format: FrontMatterFormat; readonly raw: string; readonly line: number; readonly body: number }
  | { readonly kind: 'none'; readonly body: number }
  /** The text ends before the front matter does: more of the file is needed. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'refused'; readonly fault: Fault }

/** Longest front matter that is read, in UTF-16 units: a hundred times what real posts carry, and still parsed in a fraction of a second. */
export const longestFrontMatter = 256 * 1024

const codeLanguages = new Set([
  'js',
  'javascript',
  'mjs',
  'cjs',
  'jsx',
  'ts',
  'typescript',
  'mts',
  'tsx',
  'coffee',
  'coffeescript',
  'cson',
  'ls',
  'livescript',
  'node',
  'eval',
  'python',
  'py',
  'ruby',
  'rb',
  'lua',
  'php',
  'sh',
  'bash',
])
const dataLanguages: Readonly<Record<string, FrontMatterFormat>> = { yaml: 'yaml', yml: 'yaml', toml: 'toml', json: 'json' }

/** Text after an opening fence that shows whether fields follow, comments and all. */
const enoughToTell = 4000

interface Fence {
  readonly format: FrontMatterFormat
  readonly close: RegExp
  readonly name: string
}

const yamlClose = /[\n\r](?:---|\.\.\.)[ \t]*(?=[\n\r]|$)/g
const dashClose = /[\n\r]---[ \t]*(?=[\n\r]|$)/g
const plusClose = /[\n\r]\+\+\+[ \t]*(?=[\n\r]|$)/g
const semicolonClose = /[\n\r];;;[ \t]*(?=[\n\r]|$)/g

/**
 * Splits the beginning of a file. `complete` says whether `text` is the whole file. Byte order marks and blank lines before the fence are
 * passed over; the opening fence stands alone on its line, perhaps with the name of a data language, and the closing one exactly alone.
 */
export function splitFrontMatter(text: string, complete: boolean): FrontMatterSplit {
  const start = /^[\ufeff\s]*/.exec(text)?.[0].length ?? 0
  const rest = text.charCodeAt(start)
  if (rest === 0x2d || rest === 0x2b || rest === 0x3b) return splitFenced(text, start, complete)
  if (rest === 0x7b && /^\{\s*["}]/.test(text.slice(start, start + 200))) return splitBraces(text, start, complete)
  const undecided = !complete && (start === text.length || (rest === 0x7b && text.slice(start + 1).trim() === ''))
  return undecided ? { kind: 'unfinished' } : { kind: 'none', body: start }
}

function splitFenced(text: string, start: number, complete: boolean): FrontMatterSplit {
  const lineEnd = endOfLine(text, start)
  if (lineEnd === text.length && !complete) return { kind: 'unfinished' }
  const undecided = !complete && text.length < lineEnd + enoughToTell
  const opening = text.slice(start, lineEnd).trimEnd()
  const line = lineAt(text, start)
  const fence = readOpening(opening, line, text, lineEnd)
  if (fence === null) return undecided ? { kind: 'unfinished' } : { kind: 'none', body: start }
  if ('code' in fence) return { kind: 'refused', fault: fence }
  fence.close.lastIndex = lineEnd
  const closing = fence.close.exec(text)
  // A fence that ends where the text is cut might go on: `---` and then `foo`.
  if (closing !== null && (complete || fence.close.lastIndex < text.length)) {
    const rawStart = Math.min(afterBreak(text, lineEnd), closing.index + 1)
    const raw = text.slice(rawStart, Math.max(rawStart, closing.index))
    if (fence.name === '---' && isProse(raw)) return { kind: 'none', body: start }
    return { kind: 'found', format: fence.format, raw, line: line + 1, body: afterBreak(text, fence.close.lastIndex) }
  }
  if (undecided) return { kind: 'unfinished' }
  if (fence.name === '---' && !looksLikeKey(text.slice(lineEnd, lineEnd + enoughToTell))) return { kind: 'none', body: start }
  if (!complete) return { kind: 'unfinished' }
  return { kind: 'refused', fault: unclosed(fence.name, line, lastKeyLine(text, lineEnd)) }
}

/** The fence that an opening line announces; null when the line is none (a rule, a list); a fault when it must be refused. */
function readOpening(opening: string, line: number, text: string, lineEnd: number): Fence | Fault | null {
  if (opening === '+++') return { format: 'toml', close: plusClose, name: '+++' }
  if (opening === ';;;') return { format: 'json', close: semicolonClose, name: ';;;' }
  if (opening === '---') return { format: 'yaml', close: yamlClose, name: '---' }
  const word = /^---[ \t]*([\w+#.-]*[\w+#])$/.exec(opening)?.[1]?.toLowerCase()
  if (word !== undefined) {
    const format = Object.hasOwn(dataLanguages, word) ? dataLanguages[word] : undefined
    if (format !== undefined) return { format, close: format === 'yaml' ? yamlClose : dashClose, name: '---' }
    if (codeLanguages.has(word) || word.startsWith('js')) return executable(word, line)
  }
  const nearly = /^(?:-{4,}|\+{4,}|;{4,}|---.*)$/.test(opening) && looksLikeKey(text.slice(lineEnd, lineEnd + enoughToTell))
  return nearly ? badOpening(opening, line) : null
}

/** JSON front matter without a fence, as Hugo has it: from the first brace to the one that closes it. */
function splitBraces(text: string, start: number, complete: boolean): FrontMatterSplit {
  let depth = 0
  let quoted = false
  for (let at = start; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === 0x5c && quoted) at++
    else if (character === 0x22) quoted = !quoted
    else if (!quoted && (character === 0x7b || character === 0x5b)) depth++
    else if (!quoted && (character === 0x7d || character === 0x5d) && --depth === 0)
      return {
        kind: 'found',
        format: 'json',
        raw: text.slice(start, at + 1),
        line: lineAt(text, start),
        body: afterBreak(text, endOfBlanks(text, at + 1)),
      }
  }
  if (!complete) return { kind: 'unfinished' }
  return { kind: 'refused', fault: unclosed('{', lineAt(text, start), null) }
}

/** Whether text between two rules is prose: a blank line first, and nothing that looks like a key. */
function isProse(raw: string): boolean {
  return /^[ \t]*(?:[\n\r]|$)/.test(raw) && raw.trim() !== '' && !looksLikeKey(raw)
}

function looksLikeKey(text: string): boolean {
  const first = /^(?:[ \t]*(?:#[^\n\r]*)?(?:\r\n?|\n|$))*([^\n\r]*)/.exec(text)?.[1] ?? ''
  return /^\s*(?:(?:[\w$.-]+|"[^"]*"|'[^']*')\s*[:=](?:\s|$)|[{?&]|<<:|\[)/.test(first)
}

function lastKeyLine(text: string, from: number): number | null {
  const lines = text.slice(0, from + longestFrontMatter).split(/\r\n?|\n/)
  const first = lineAt(text, from)
  let last: number | null = null
  for (let index = first; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (/^(?:[\w$.-]+\s*[:=]|\s+\S|-\s|#)/.test(line) && !/^#+\s/.test(line)) last = index + 1
    else if (line.trim() !== '' || last === null) break
    else break
  }
  return last
}

function unclosed(fence: string, line: number, lastKey: number | null): Fault {
  const closing = fence === '{' ? '}' : fence
  return {
    code: 'front-matter-fence',
    message: `the front matter that opens here with ${fence} is never closed`,
    line,
    column: 1,
    expected: `a line with ${closing} alone after the last field`,
    got: 'the end of the file',
    hint:
      lastKey === null
        ? `Add a line with ${closing} where the front matter ends.`
        : `Add a line with ${closing} after line ${lastKey}, and nothing else on it.`,
  }
}

function executable(word: string, line: number): Fault {
  return {
    code: 'front-matter-executable',
    message: `front matter in "${word}" is code, and nothing from a post is ever run`,
    line,
    column: 4,
    expected: '--- (YAML), +++ (TOML) or ---json',
    got: `---${word}`,
    hint: 'Write the fields as YAML between two lines of ---.',
  }
}

function badOpening(opening: string, line: number): Fault {
  const shown = opening.length > 40 ? `${opening.slice(0, 39)}…` : opening
  const fence = opening[0] === '+' ? '+++' : opening[0] === ';' ? ';;;' : '---'
  return {
    code: 'front-matter-fence',
    message: `this line is not a front matter fence, so the fields below it would be lost`,
    line,
    column: 1,
    expected: `${fence} alone on the line`,
    got: shown,
    hint: `Write exactly ${fence}, with nothing after it, on this line and on the line that closes the front matter.`,
  }
}

function endOfLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === 0x0a || character === 0x0d) return at
  }
  return text.length
}

function endOfBlanks(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\t') at++
  return at
}

function afterBreak(text: string, at: number): number {
  if (text[at] === '\r') return text[at + 1] === '\n' ? at + 2 : at + 1
  return text[at] === '\n' ? at + 1 : at
}

/** The line, from 1, on which an offset lies. */
function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = 0; at < offset; at++) {
    const character = text.charCodeAt(at)
    if (character === 0x0a || (character === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) line++
  }
  return line
}
