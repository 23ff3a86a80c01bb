import { closingAfter, indexTags, type TagIndex } from './tag-index.ts'

/** Shortcodes that bring code, comments or pictures between their two tags: nothing of that is read. */
export const unreadShortcodes: ReadonlySet<string> = new Set(
  'comment highlight code mermaid math katex latex chart plantuml graphviz gist rawhtml script style svg'.split(' '),
)

/** Shortcodes that are a picture, a player or a mark: the sentence around them is whole without them. */
export const wordlessShortcodes: ReadonlySet<string> = new Set(
  'toc anchor br clear icon fa emoji figure figureref image img video youtube vimeo tweet x instagram gist badge button more include'.split(
    ' ',
  ),
)

/** A shortcode found at some position. */
export interface Shortcode {
  readonly name: string
  readonly kind: 'hugo' | 'liquid'
  readonly closing: boolean
  readonly paired: boolean
  /** Where its own tag ends, and where the pair ends (its own tag again when it has no partner). */
  readonly end: number
  readonly endOfPair: number
}

const hugo = /\{\{([<%])-?\s*(\/?)\s*([\w./-]*)/y
const liquid = /\{%-?\s*(end)?(\w*)/y
/** Longer than any shortcode is: one that is never closed must not swallow a post. */
const longest = 5000

/** Reads Hugo's `{{< name … >}}` or `{{% name … %}}`, or Liquid's `{% name … %}`, at `start`; null where none stands. */
export function readShortcode(source: string, start: number, tags: () => TagIndex): Shortcode | null {
  if (source[start] !== '{') return null
  const [, bracket, slash, hugoName] = matchAt(hugo, source, start) ?? []
  const [, endMark, liquidName] = matchAt(liquid, source, start) ?? []
  const name = hugoName ?? liquidName
  if (name === undefined) return null
  const terminator = bracket === undefined ? '%}' : bracket === '<' ? '>}}' : '%}}'
  const at = source.slice(start, start + longest).indexOf(terminator, 2)
  if (at < 0) return null
  const end = start + at + terminator.length
  const closing = bracket === undefined ? endMark !== undefined : slash === '/'
  const pair = closing ? -1 : closingAfter(tags(), `${bracket === undefined ? '{%' : '{{'}${name}`, end)
  return { name, kind: bracket === undefined ? 'liquid' : 'hugo', closing, paired: pair >= 0, end, endOfPair: Math.max(end, pair) }
}

/** Takes shortcodes out of raw HTML, where site generators replace them too. */
export function withoutShortcodes(html: string): string {
  if (!/\{[{%]/.test(html)) return html
  const tags = indexTags(html)
  let text = ''
  let from = 0
  for (let at = html.indexOf('{'); at >= 0; at = html.indexOf('{', Math.max(from, at + 1))) {
    const found = readShortcode(html, at, () => tags)
    if (!found) continue
    text += html.slice(from, at)
    from = unreadShortcodes.has(found.name) ? found.endOfPair : found.end
  }
  return text + html.slice(from)
}

function matchAt(expression: RegExp, source: string, position: number): RegExpExecArray | null {
  expression.lastIndex = position
  return expression.exec(source)
}
