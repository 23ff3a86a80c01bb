/** An expression cut into words, quoted texts and signs. */

/** A piece of an expression. `column` counts characters from 1. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'sign' | 'end' | 'unclosed'
  readonly text: string
  readonly column: number
  /** Nothing stands between it and the piece before. */
  readonly attached: boolean
}

const pieces =
  /(?<blank>\s+)|"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|(?<sign>!=|[=(),!<>])|(?<word>[^\s"'=(),!<>]+)|(?<unclosed>.)/gsu

/** The pieces in order, the last one `end`. A quote that is not closed becomes an `unclosed` piece. */
function segmentTokens(expression: string): readonly Token[] {
  const tokens: Token[] = []
  let column = 1
  let attached = false
  for (const match of expression.matchAll(pieces)) {
    const token = tokenOf(match.groups ?? {})
    if (token !== null) tokens.push({ ...token, column, attached })
    attached = token !== null
    column += Array.from(match[0]).length
  }
  return [...tokens, { kind: 'end', text: '', column, attached: false }]
}

/** Goes through the pieces one by one, and stays at the end. */
export interface TokenCursor {
  readonly peek: () => Token
  readonly next: () => Token
  /** Goes on where the next piece is this word (in any case) or this sign; says whether it was. */
  readonly takeWord: (word: string) => boolean
  readonly takeSign: (sign: string) => boolean
}

/** A cursor before the first piece of an expression. */
export function tokenCursor(expression: string): TokenCursor {
  const tokens = segmentTokens(expression)
  let position = 0
  const peek = (): Token => {
    const token = tokens[position]
    if (token === undefined) throw new Error('the cursor is past the end')
    return token
  }
  const next = (): Token => {
    const token = peek()
    if (token.kind !== 'end') position += 1
    return token
  }
  const take = (matches: boolean): boolean => {
    if (matches) position += 1
    return matches
  }
  return { peek, next, takeWord: word => take(isWord(peek(), word)), takeSign: sign => take(isSign(peek(), sign)) }
}

/** A word without quotes, in any case. */
export function isWord(token: Token, word: string): boolean {
  return token.kind === 'word' && token.text.toLowerCase() === word
}

/** A sign such as `=`. */
export function isSign(token: Token, sign: string): boolean {
  return token.kind === 'sign' && token.text === sign
}

function tokenOf({ blank, double, single, sign, word, unclosed }: Record<string, string | undefined>): Pick<Token, 'kind' | 'text'> | null {
  if (blank !== undefined) return null
  if (sign !== undefined) return { kind: 'sign', text: sign }
  if (word !== undefined) return { kind: 'word', text: word }
  const quoted = double ?? single
  return quoted === undefined ? { kind: 'unclosed', text: unclosed ?? '' } : { kind: 'quoted', text: quoted.replace(/\\(.)/gsu, '$1') }
}
