/**
 * Takes out of MJML's output what no reader sees: indentation, comments, blanks in style sheets. MJML's own minifier takes 200 ms to load and, installed from
 * its declared dependencies, leaves CSS as it is (htmlnano asks for a newer cssnano).
 */

// Around these, and inside them at both ends, blanks mean nothing.
const blockTags = new Set(
  (
    'html head body title meta link style table thead tbody tfoot tr td th div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd hr blockquote ' +
    'center xml noscript o:officedocumentsettings o:allowpng o:pixelsperinch v:rect v:textbox v:fill'
  ).split(' '),
)
const verbatimTags = new Set(['pre', 'textarea', 'script', 'xmp'])

type Token =
  | { readonly kind: 'text'; readonly source: string }
  | { readonly kind: 'tag'; readonly source: string; readonly name: string }
  | { readonly kind: 'condition'; readonly source: string }
  | { readonly kind: 'verbatim'; readonly source: string }

/** The same email in fewer bytes. Conditional comments stay, and so does the text of pre and textarea, to the character. */
export function shrinkHtml(html: string): string {
  const tokens = tokenize(html)
  return tokens.map((token, index) => shrinkToken(token, tokens[index - 1], tokens[index + 1])).join('')
}

function shrinkToken(token: Token, before: Token | undefined, after: Token | undefined): string {
  if (token.kind === 'tag') return shrinkTag(token.source)
  if (token.kind !== 'text') return token.source
  let text = decodeHarmless(token.source).replace(/[ \t\r\n\f]+/g, ' ')
  if (isBlock(before)) text = text.replace(/^ /, '')
  if (isBlock(after)) text = text.replace(/ $/, '')
  return text
}

function isBlock(token: Token | undefined): boolean {
  return token === undefined || (token.kind === 'tag' && blockTags.has(token.name))
}

const pieces =
  /<!--\[if [^\]]*\]>(?:<!-->)?|<!--<!\[endif\]-->|<!\[endif\]-->|<!--[\s\S]*?-->|<!doctype[^>]*>|<\/?([a-zA-Z][\w:-]*)(?:"[^"]*"|'[^']*'|[^"'>])*>/gi

function tokenize(html: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  const addText = (upTo: number): void => {
    if (upTo > end) tokens.push({ kind: 'text', source: html.slice(end, upTo) })
  }
  pieces.lastIndex = 0
  for (let match = pieces.exec(html); match !== null; match = pieces.exec(html)) {
    const [source, tagName] = match
    addText(match.index)
    end = pieces.lastIndex
    if (tagName === undefined) {
      if (/^<!--(?:\[if |<!\[endif)|^<!\[endif/i.test(source)) tokens.push({ kind: 'condition', source })
      else if (!source.startsWith('<!--')) tokens.push({ kind: 'tag', source, name: 'html' })
      continue
    }
    const name = tagName.toLowerCase()
    tokens.push({ kind: 'tag', source, name })
    if (source.startsWith('</') || (name !== 'style' && !verbatimTags.has(name))) continue
    const close = html.toLowerCase().indexOf(`</${name}`, end)
    const content = html.slice(end, close < 0 ? html.length : close)
    tokens.push({ kind: 'verbatim', source: name === 'style' ? shrinkCss(content) : content })
    end += content.length
    pieces.lastIndex = end
  }
  addText(html.length)
  return tokens.flatMap(joinTexts)
}

// A comment that was dropped leaves two texts side by side.
function joinTexts(token: Token, index: number, tokens: readonly Token[]): Token[] {
  if (token.kind !== 'text') return [token]
  if (tokens[index - 1]?.kind === 'text') return []
  let source = token.source
  for (let next = index + 1; tokens[next]?.kind === 'text'; next++) source += tokens[next]?.source ?? ''
  return [{ kind: 'text', source }]
}

const attribute = /\s+([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g

function shrinkTag(source: string): string {
  const head = /^<[/!]?[\w:-]+/.exec(source)?.[0] ?? ''
  const tail = /\s*\/?>$/.exec(source)?.[0].trim() ?? '>'
  if (head.startsWith('<!')) return source
  let result = head
  for (const [, name = '', value] of source.slice(head.length, source.length - tail.length).matchAll(attribute)) {
    if (value === undefined) result += ` ${name}`
    else if (!/^(["'])\1$/.test(value) || !/^(?:class|style)$/i.test(name)) result += ` ${name}=${shrinkValue(name, value)}`
  }
  return result + tail
}

function shrinkValue(name: string, value: string): string {
  const quoted = value.startsWith('"') ? value.replaceAll('&#x27;', "'") : value
  const decoded = quoted.replaceAll('&#x3D;', '=').replaceAll('&#x60;', '`')
  if (name.toLowerCase() === 'class') return decoded.replace(/\s+/g, ' ').replace(/(["']) | (["'])/g, '$1$2')
  return name.toLowerCase() === 'style' ? shrinkDeclarations(decoded) : decoded
}

// Quotes of the attribute itself stand at both ends; quotes inside are CSS strings and stay as they are.
function shrinkDeclarations(value: string): string {
  const [open, close] = /^["']/.test(value) ? [value[0] ?? '', value.at(-1) ?? ''] : ['', '']
  const inner = value.slice(open.length, value.length - close.length)
  return `${open}${tighten(inner).replace(/^ | $/g, '').replace(/;+$/, '')}${close}`
}

/** A style sheet without comments and blanks that mean nothing. Blanks before a colon stay: they tell `a :hover` from `a:hover`. */
export function shrinkCss(css: string): string {
  return tighten(css.replace(/\/\*[\s\S]*?\*\//g, ' '))
    .replace(/;\}/g, '}')
    .trim()
}

function tighten(css: string): string {
  return css.replace(/"[^"]*"|'[^']*'|\s*([{};,])\s*|:\s+|\s+/g, (found, mark: string | undefined) => {
    if (mark !== undefined) return mark
    if (found.startsWith(':')) return ':'
    return found.startsWith('"') || found.startsWith("'") ? found : ' '
  })
}

// Handlebars escapes more than text needs; in text these characters are only themselves.
function decodeHarmless(text: string): string {
  return text.replaceAll('&#x27;', "'").replaceAll('&#x3D;', '=').replaceAll('&#x60;', '`').replaceAll('&quot;', '"')
}
