/**
 * Stands in running text where markup went that carried no words (a footnote mark, an emoji shortcode): `foldText` closes the gap.
 * A noncharacter (Unicode 23.7, for internal use): `stripSource` has taken it out of the source before.
 */
export const vanished = '\ufdd0'

/** Stands where something went that a sentence needs (a value filled in by the site): the sentence can no longer be quoted word for word. */
export const hole = '\ufdd1'

/**
 * Control characters other than tab and line feed; bidirectional overrides, embeddings and isolates (Trojan Source, CVE-2021-42574); zero-width
 * spaces, byte order marks and lone surrogates. Joiners and the marks U+200E/U+200F stay: emoji and Persian need them.
 */
const unwanted = /[^\P{Cc}\t\n]|[\u200b\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu

/** Takes out characters that no text of ours may carry. Entities bring them back, so decoded text is stripped again. */
export function stripControls(text: string): string {
  return text.replace(unwanted, '')
}

/** The same for source text: line breaks become line feeds, and our own marks are taken out too. */
export function stripSource(source: string): string {
  return stripControls(source.replace(/\r\n?/g, '\n')).replace(/[\ufdd0-\ufdef]/g, '')
}

const japaneseOrChinese = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]`
const breakBetweenUnspaced = new RegExp(`(?<=${japaneseOrChinese})[ \\t]*\\n\\s*(?=${japaneseOrChinese})`, 'gu')

/**
 * Folds every run of blanks into one (a lone no-break space stays), and a line break between two Japanese or Chinese characters into none
 * (CSS Text 3 §4.1.3). Closes the gaps that vanished markup left: no blank before a full stop, no empty brackets.
 */
export function foldText(text: string): string {
  const folded = text.replace(breakBetweenUnspaced, '').replace(/[^\S\u00a0\u202f]+|\s{2,}/gu, ' ')
  return (folded.includes(vanished) ? closeGaps(folded) : folded).trim()
}

/** Blanks are folded already, so that every step here looks at each character once. */
function closeGaps(text: string): string {
  return text
    .replace(/\ufdd0(?: ?\ufdd0)*/g, vanished)
    .replace(/ ?\( ?\ufdd0 ?\)/g, '')
    .replace(/ ?\ufdd0 ?(?=[.,;:!?…)\]])| \ufdd0(?= )|\ufdd0/g, '')
}
