/** What speaks against a sentence, whatever the post is about. */

import { isBalanced } from './open-asides.ts'
import type { PhrasePlaces, Phrases } from './phrases/phrases.ts'
import { weaknessOf } from './weakness.ts'

/** What speaks against a sentence. `reference` holds only for what comes first: the sentence before resolves it. */
export interface Verdict {
  /** No whole statement: a scrap, a question, an announcement, an appeal, code. Never quoted as a key point. */
  readonly unfit: boolean
  /** Too few words to be a key point by itself. */
  readonly short: boolean
  /** Promises, asks or wants something instead of telling. Passed over in a lead where another is left, never a key point. */
  readonly teaser: boolean
  /** Reads like a title ("How we built …", "A guide to …"), or is as short as one. */
  readonly titleLike: boolean
  /** Opens with something that only what was said before explains. */
  readonly reference: boolean
  /** Answers its question and says nothing without it: "Yes.", or "Yes, it does". */
  readonly reply: 'none' | 'bare' | 'opening'
  /** How much weaker than another of the same relevance (weakness.ts). */
  readonly weakness: number
}

const fewestWords = 4
const fewestLeadWords = 6
// No sentence that anyone quotes is longer; also bounds the work that the patterns below have with a hostile text.
const mostCharacters = 1000
const mostLeadIns = 3
const stop = /[.!?…؟。！？।۔][\p{Pe}\p{Pf}"'”’»]*(?:\s|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F)*$/u
const questionMark = /[?؟？][\p{Pe}\p{Pf}"'”’»]*$/u
const code = /[{}<>|\\^~=]|\(\)|::|->|`|\*\*|__|\]\(|(?:^|\s)--?\w|\/\w+\/|\w+\/\w+\.\w+|\$\w*[a-z]/u
const link = /https?:|www\.|\w+\/\w+\//u
// "ANNA LEE: It means": who speaks, in an interview.
const speaker = /^\p{Lu}[\p{Lu}\s.'’-]{2,40}:/u
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const openingMarks = /^[\p{Ps}\p{Pi}"'„¿¡\s]+/u

/** Judges a sentence by its form and by its language's phrases; `words` are its words, `kind` says whether it stands in a list or a quotation. */
export function judgeSentence(text: string, words: readonly string[], kind: 'prose' | 'list-item' | 'quote', phrases: Phrases): Verdict {
  if (text.length > mostCharacters)
    return { unfit: true, short: false, teaser: false, titleLike: false, reference: false, reply: 'none', weakness: 1 }
  const plain = plainText(text)
  const asks = questionMark.test(text)
  const appeals = matches(plain, phrases.appeals)
  return {
    unfit:
      isScrap(text) ||
      (kind === 'list-item' && (words.length < 2 * fewestWords || /^\p{Ll}/u.test(text))) ||
      asks ||
      appeals ||
      matches(plain, phrases.pointers),
    short: words.length < fewestWords,
    teaser: asks || appeals || matches(plain, phrases.teasers),
    titleLike: words.length < fewestLeadWords || phrases.titleLike.some(each => opens(plain, each)),
    reference: isReference(plain, phrases, mostLeadIns),
    reply: replyOf(plain, words, phrases),
    weakness: weaknessOf(text, words, kind, phrases),
  }
}

function isScrap(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  return (
    !stop.test(text) ||
    !isBalanced(text) ||
    code.test(text) ||
    link.test(text) ||
    speaker.test(text) ||
    letters < text.length * 0.55 ||
    !/^[\p{L}\p{N}\p{Sc}#@]/u.test(text.replace(openingMarks, ''))
  )
}

function replyOf(plain: string, words: readonly string[], phrases: Phrases): Verdict['reply'] {
  const reply = phrases.replies.find(each => opens(plain, each) && /^\s*(?:[,.!;:،؛。、—–-]|$)/u.test(plain.slice(each.length)))
  if (reply === undefined) return 'none'
  return words.length < fewestWords ? 'bare' : 'opening'
}

function isReference(plain: string, phrases: Phrases, leadIns: number): boolean {
  if (phrases.notReferences.some(each => opens(plain, each))) return false
  if (phrases.references.some(each => opens(plain, each))) return true
  if (leadIns === 0) return false
  const leadIn = phrases.leadIns.find(each => opens(plain, each)) ?? /^\p{Nd}+\b/u.exec(plain)?.[0]
  if (leadIn === undefined) return false
  const rest = withoutMarks(plain.slice(leadIn.length))
  return isReference(rest, phrases, leadIns - 1) || phrases.ties.has(/^\S+\s([\p{L}\p{M}']+)/u.exec(rest)?.[1] ?? '')
}

function matches(plain: string, { openers, parts }: PhrasePlaces): boolean {
  return openers.some(each => opens(plain, each)) || parts.some(each => contains(plain, each))
}

function opens(plain: string, phrase: string): boolean {
  return plain.startsWith(phrase) && isWordEnd(plain, phrase.length)
}

function contains(plain: string, phrase: string): boolean {
  for (let at = plain.indexOf(phrase); at >= 0; at = plain.indexOf(phrase, at + 1)) {
    if (isWordEnd(plain, at) && isWordEnd(plain, at + phrase.length)) return true
  }
  return false
}

// Japanese and Chinese set no blanks: there every place may be one. U+200C joins the parts of a Persian word.
function isWordEnd(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 1), at)
  return unspaced.test(before) || !/[\p{L}\p{N}]/u.test(before) || !/^[\p{L}\p{M}\p{N}\u200C]/u.test(text.slice(at, at + 2))
}

function plainText(text: string): string {
  return withoutMarks(text.replaceAll(/[’ʼ]/gu, "'").toLowerCase())
}

function withoutMarks(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+/u, '')
}
