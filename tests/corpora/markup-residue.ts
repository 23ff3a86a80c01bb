import { Parser } from 'htmlparser2'

/** What must not be seen in an email: markup of every dialect that the corpora are written in, and what a template prints by mistake. */
const residues: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['a tag', /<\/?[A-Za-z][^<>]*>/g],
  ['a comment', /<!--|-->/g],
  ['a link', /\]\(|\]\[/g],
  ['a reference definition', /^\[[^\]]+\]:/gm],
  ['strong emphasis', /\*\*/g],
  ['emphasis', /(?<![\w_])__?(?=[A-Za-z])[^_\s]+__?(?![\w_])/g],
  ['a code mark', /`/g],
  ['an entity', /&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[\da-f]{1,6});/g],
  ['a footnote', /\[\^/g],
  ['a shortcode', /\{\{[<%]|[>%]\}\}|\{%|%\}/g],
  ['an attribute list', /\{:?[#.][\w-]|\{[\w-]+=/g],
  ['a container', /(?:^|\s):{2,}(?=[\w\s]|$)/g],
  ['an emoji name', /(?<![\w:]):[a-z][a-z_+-]+:(?![\w:])/g],
  ['an alert', /\[!(?:NOTE|TIP|WARNING|IMPORTANT|CAUTION)\]/g],
  ['an import or export', /^(?:import\s.*\sfrom\s|export\s(?:const|default|function)\b)/gm],
  ['a table', /\|\s*:?-{2,}/g],
  ['a heading mark', /^#{1,6}\s/gm],
  ['a value that is missing', /\bundefined\b|\[object Object\]|\bNaN\b/g],
]

/**
 * The markup left in a text, each with what stands around it. What stands so in one of the posts' code (`Vec<T>`) is the author's text.
 * Addresses are passed over.
 */
export function markupResidue(text: string, code: string): readonly string[] {
  const readable = text.replace(/https?:\/\/\S+/g, '').replace(/\{\{(?:name|email|unsubscribeUrl|preferencesUrl|viewUrl)\}\}/g, '')
  return residues.flatMap(([name, pattern]) =>
    [...readable.matchAll(pattern)]
      .filter(match => !code.includes(match[0].trim()))
      .map(match => `${name}: …${readable.slice(Math.max(0, match.index - 40), match.index + 60).replaceAll('\n', '⏎')}…`),
  )
}

/** The text that an email shows, pictures' texts among it: our own tags, styles and comments taken off by a parser. */
export function shownText(html: string): string {
  const pieces: string[] = []
  let hidden = 0
  const parser = new Parser({
    onopentag: (name, { alt }) => {
      if (alt) pieces.push(`${alt}\n`)
      if (name === 'style' || name === 'script') hidden += 1
    },
    onclosetag: name => {
      if (name === 'style' || name === 'script') hidden -= 1
    },
    ontext: text => {
      if (hidden === 0) pieces.push(text)
    },
  })
  parser.end(html)
  return pieces.join('')
}
