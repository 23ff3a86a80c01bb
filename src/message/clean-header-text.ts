/**
 * Text that may stand in a header and be read by people: one line, no control characters, no byte order mark, no lone surrogates and none
 * of the characters that reorder or isolate what stands beside them (U+202A–U+202E, U+2066–U+2069; a name could dress up as another).
 * Joiners (U+200C, U+200D) stay: emoji and Persian need them. Blanks are folded to one and trimmed.
 */
export function cleanHeaderText(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim()
}
