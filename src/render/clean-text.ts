// Embeddings, overrides and isolates (Unicode UAX #9) reorder what a reader sees ("Trojan Source", CVE-2021-42574). Joiners and direction marks stay:
// Persian and emoji need them.
const unwanted = /\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu

/**
 * Text of others made fit for one line of an email: controls, bidirectional overrides and lone surrogates are gone, every run of blanks and line
 * breaks is one blank.
 */
export function cleanText(text: string): string {
  return text
    .replace(/[\t\n\r\v\f\u0085\u2028\u2029]+/g, ' ')
    .replace(unwanted, '')
    .replace(/ {2,}/g, ' ')
    .trim()
}
