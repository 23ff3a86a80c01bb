/** Shortcodes that bring code, comments or pictures between their two tags: nothing of that is read. */
export const unreadShortcodes: ReadonlySet<string> = new Set(
  'comment highlight endhighlight code mermaid math katex latex chart plantuml graphviz gist rawhtml script style svg'.split(' '),
)

/** Shortcodes that are a picture, a player or a mark: the sentence around them is whole without them. */
export const wordlessShortcodes: ReadonlySet<string> = new Set(
  'toc anchor br clear icon fa emoji figure figureref image img video youtube vimeo tweet x instagram gist badge button more include'.split(
    ' ',
  ),
)

/** A shortcode found at some position: its name, whether it closes a pair, where its tag ends, and where the pair ends (or the tag again). */
export interface Shortcode {
  readonly name: string
  readonly closing: boolean
  readonly paired: boolean
  readonly end: number
  readonly endOfPair: number
}

const opening = /\{\{([<%])-?\s*(\/?)\s*([\w./-]*)|\{(%)-?\s*(end)?([\w]*)/y

/** Reads Hugo's `{{< name … >}}` or `{{% name … %}}`, or Liquid's `{% name … %}`, at `start`; null where none stands. */
export function endOfShortcode(source: string, start: number): Shortcode | null {
  opening.lastIndex = start
  const match = opening.exec(source)
  if (!match) return null
  const liquid = match[4] !== undefined
  const terminator = liquid ? '%}' : match[1] === '<' ? '>}}' : '%}}'
  const at = source.indexOf(terminator, opening.lastIndex)
  // Longer than any shortcode is: an unclosed one must not swallow a post.
  if (at < 0 || at - start > 5000) return null
  const name = (liquid ? match[6] : match[3]) ?? ''
  const closing = liquid ? match[5] !== undefined : match[2] === '/'
  const end = at + terminator.length
  const rest = new RegExp(liquid ? `\\{%-?\\s*end${name}\\s*-?%\\}` : `\\{\\{[<%]\\s*/\\s*${escaped(name)}\\s*[>%]\\}\\}`, 'g')
  rest.lastIndex = end
  const pair = closing || name === '' ? null : rest.exec(source)
  return { name, closing, paired: pair !== null, end, endOfPair: pair ? rest.lastIndex : end }
}

function escaped(name: string): string {
  return name.replace(/[./-]/g, '\\$&')
}
