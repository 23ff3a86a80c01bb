import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmenterOf, splitWords } from '../../src/summary/segmenters.ts'

const wordsOfSegmenter = (text: string, language: string) =>
  [...segmenterOf(language, 'word').segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment)

const characters = [
  ...Array.from({ length: 0x180 - 0x20 }, (_, at) => String.fromCharCode(0x20 + at)),
  ...'‘ ’ “ ” – — … • € £ \n \t \u0301 \u200c \u200d \u00ad я ١ 語 ア 한 ไ 🙂'.split(' '),
  // What joins words, or breaks them, more often than chance would bring it.
  ...". ' ’ , ; : ".repeat(12).split(' '),
]

describe('splitWords()', () => {
  it('splits at blanks and punctuation, not within contractions and numbers', () => {
    expect(splitWords('Node.js ships v1.1, it’s $5.3B (up 12,500): e-mail, don\'t "wait".', 'en')).toEqual(
      "Node.js ships v1.1 it’s 5.3B up 12,500 e mail don't wait".split(' '),
    )
  })

  it('finds what the segmenter finds, in every language', () => {
    const languages = fc.constantFrom('en', 'de', 'fr', 'fi', 'sv', 'tr', 'ru', 'fa', 'he', 'ja', 'zh', 'th')
    const texts = fc.array(fc.constantFrom(...characters), { maxLength: 14 }).map(parts => parts.join(''))
    fc.assert(
      fc.property(texts, languages, (text, language) => {
        expect(splitWords(text, language)).toEqual(wordsOfSegmenter(text, language))
      }),
      { numRuns: 3000 },
    )
  })
})
