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

/** The pieces in order; the last one is `end`. A quote that is not closed becomes an `unclosed` piece. */
export function segmentTokens(expression: string): readonly [Token, ...Token[]] {
  const tokens: Token[] = []
  let column = 1
  let attached = false
  for (const match of expression.matchAll(pieces)) {
    const token = tokenOf(match.groups ?? {})
    if (token !== null) tokens.push({ ...token, column, attached })
    attached = token !== null
    column += [...match[0]].length
  }
  const end: Token = { kind: 'end', text: '', column, attached: false }
  const [first = end, ...more] = [...tokens, end]
  return [first, ...more]
}

function tokenOf({ blank, double, single, sign, word, unclosed }: Record<string, string | undefined>): Pick<Token, 'kind' | 'text'> | null {
  if (blank !== undefined) return null
  if (sign !== undefined) return { kind: 'sign', text: sign }
  if (word !== undefined) return { kind: 'word', text: word }
  const quoted = double ?? single
  return quoted === undefined ? { kind: 'unclosed', text: unclosed ?? '' } : { kind: 'quoted', text: quoted.replace(/\\(.)/gsu, '$1') }
}
