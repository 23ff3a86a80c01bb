/** Text of others made fit to show: no controls, no bidirectional overrides, no lone surrogates. */

// Controls, zero-width space, bidirectional embeddings, overrides and isolates, line separators, BOM, lone surrogates, runs of blanks.
const suspicious = /[\p{Cc}\u200b\u2028-\u202e\u2066-\u2069\ufeff\p{Surrogate}]| {2}/u
// An override lets a title pretend to be another ("Trojan Source", CVE-2021-42574). Joiners (U+200C, U+200D) and the marks of direction stay: Persian and
// emoji need them.
const invisible = /(?![\t\n\v\f\r\u0085])[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069\ufeff\p{Surrogate}]/gu
const blanks = /[\t\n\v\f\r\u0085\u2028\u2029 ]+/g

/** One line of text: blanks folded and trimmed, what must not be shown taken out, joiners kept. */
export function cleanLine(text: string): string {
  return suspicious.test(text) ? text.replace(invisible, '').replace(blanks, ' ').trim() : text.trim()
}

/** Like `cleanLine`, but line breaks stay: for text whose Markdown is read later. */
export function cleanLines(text: string): string {
  return text
    .replace(invisible, '')
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .trim()
}
