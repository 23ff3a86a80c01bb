/** Encoded-words (RFC 2047): how characters beyond ASCII stand in a header. */

/** RFC 2047 §2: an encoded-word is at most 75 characters, `=?utf-8?Q?` and `?=` included. */
const longestWord = 75
const frame = '=?utf-8?Q?'.length + '?='.length
// The set of RFC 2047 §5 (3), the narrowest: right in a subject and in a display name alike.
const plainInQ = /[A-Za-z0-9!*+\-/]/

let graphemes: Intl.Segmenter | undefined

/**
 * The text as encoded-words of at most 75 characters, the first of at most `firstWidth`. Decoders drop the blanks between them, so all of
 * the text is inside. Q where the text is mostly ASCII, B otherwise. What a reader sees as one character is never split over two words,
 * unless it alone is longer than a word; then it is split between code points.
 */
export function encodeWords(text: string, firstWidth: number): string[] {
  const units = splitUnits(text)
  const kind = shorterKind(text, units, firstWidth - frame)
  const words: string[] = []
  let current = ''
  for (const unit of units) {
    const width = (words.length === 0 ? Math.min(firstWidth, longestWord) : longestWord) - frame
    if (current !== '' && payloadLength(kind, current + unit) > width) {
      words.push(encodeWord(kind, current))
      current = ''
    }
    current += unit
  }
  words.push(encodeWord(kind, current))
  return words
}

type Kind = 'Q' | 'B'

function encodeWord(kind: Kind, text: string): string {
  return `=?utf-8?${kind}?${kind === 'Q' ? encodeQ(text) : Buffer.from(text, 'utf8').toString('base64')}?=`
}

function encodeQ(text: string): string {
  return Array.from(text, encodeQCharacter).join('')
}

function encodeQCharacter(character: string): string {
  if (character === ' ') return '_'
  if (plainInQ.test(character)) return character
  return Array.from(Buffer.from(character, 'utf8'), byte => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

function payloadLength(kind: Kind, text: string): number {
  return kind === 'Q' ? encodeQ(text).length : Math.ceil(Buffer.byteLength(text, 'utf8') / 3) * 4
}

function shorterKind(text: string, units: readonly string[], narrowest: number): Kind {
  const fitsQ = units.every(unit => payloadLength('Q', unit) <= narrowest)
  return fitsQ && payloadLength('Q', text) <= payloadLength('B', text) ? 'Q' : 'B'
}

// 42 bytes of base64 are 56 characters: they fit even into the first word behind `Subject: `.
const longestUnit = 42

function splitUnits(text: string): string[] {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return Array.from(graphemes.segment(text), each => each.segment).flatMap(unit =>
    Buffer.byteLength(unit, 'utf8') <= longestUnit ? [unit] : Array.from(unit),
  )
}
