import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldBlanks } from '../../src/summary/fold-blanks.ts'
import { splitSentences } from '../../src/summary/split-sentences.ts'

// Each case is written as its sentences; the text is these with blanks between them.
const inEnglish: readonly (readonly [string, readonly string[]])[] = [
  ['an amount', ['Kite raised $5.3B in March.', 'Nobody was surprised.']],
  ['a country', ['The U.S. Senate agreed.', 'So did the U.S.', 'The rest waited.']],
  ['a country before a name', ['It ships in the U.S. Canada comes next.']],
  ['e.g. and i.e.', ['Start small, e.g. With one form.', 'Move the rest, i.e. The invoices.', 'Then stop.']],
  ['a version', ['Kite v1.1 is out.', 'Kite v1.2 follows.', 'Update to 2.0.1.', 'Done.']],
  ['a title', ['Dr. Ada Moss and Mr. Lee spoke.', 'Mrs. Bell and Prof. Orr listened.']],
  ['a company', ['Acme Inc. builds kites.', 'We bought Acme Inc.', 'The price is secret.']],
  ['a company before a company', ['Acme Corp. Japan and Bolt Co. Ltd. merged.']],
  ['initials', ['J. K. Moss wrote it.', 'A. B. C. Dunn drew it.']],
  ['three dots', ['We waited...', 'Nothing came.', 'So... we left.']],
  ['an ellipsis', ['We waited…', 'Nothing came.', 'So… we left.']],
  ['a quotation closed after the stop', ['She said, "Ship it."', 'We did.', '“Good.”', 'That was all.']],
  ['a quotation that goes on', ['"Stop!" she said.', '“Why?” he asked.', 'Nobody knew.']],
  [
    'a quotation of two sentences',
    ['He wrote: “It works. We like it.”', 'Then he left.', 'He wrote: "It works. We like it."', 'Then he left.'],
  ],
  ['brackets', ['It is fast (about 3 ms. Really.) and small.', 'Good.', '(See the notes.)', 'Next.']],
  ['a bracket never closed', ['It is fast (very.', 'Everybody says so.']],
  ['an interrobang', ['You did what?!', 'Yes.', 'Really!?', 'Yes!!!', 'Fine.']],
  ['file names', ['Node.js reads config.json first.', 'Use Node.js.', 'It is quick.']],
  ['an address', ['See https://kite.example/a.html?b=c.d for more.', 'Write to a.b@kite.example.', 'Bye.']],
  ['a colon', ['One rule holds: Keep it short.', 'Follow it.']],
  ['a numbered list', ['Three steps: 1. Open it.', '2. Close it.', '3. Rest.']],
  ['a lettered entry', ['a. Open it.', 'b. Close it.']],
  ['number abbreviations', ['See No. 5 and Fig. 3 on p. 12.', 'No.', 'It is not there.']],
  ['a date', ['It opens on Jan. 5 at 9 a.m. Monday.', 'It closes at 5 p.m.', 'The door locks itself.']],
  ['a name in lower case', ['They left.', 'xAI stayed.', 'iPhone sales fell.', 'eBay too.']],
  ['a name with an exclamation mark', ['Yahoo! bought it.', 'Fine.']],
  ['inches', ['The screen is 5" wide.', 'It is 3" high.', 'Fine.']],
  ['a picture after the stop', ['Kite 4 is here! 🎉', 'After a year it is ready. 👩‍💻', 'Enjoy.']],
  ['a footnote mark', ['It works.[1] We like it.', 'Good.']],
  ['a year at the end', ['It grew in 2025.', 'Sales doubled by 2026.', 'Then it stopped.']],
  ['a doctorate', ['Ph.D. students, M.A. students etc. Applied.', 'All got in, etc.', 'The end.']],
  ['no stop at the end', ['It works.', 'More or less']],
]

const inGerman: readonly (readonly [string, readonly string[]])[] = [
  ['z. B.', ['Das hilft z. B. Vereinen.', 'Es hilft z.B. Schulen.', 'Gut.']],
  ['d. h.', ['Es ist frei, d. h. Jeder darf es nutzen.', 'Schön.']],
  ['ordinals', ['Am 3. Mai öffnet die 2. Halle.', 'Im 19. Jahrhundert war das neu.', 'Der 1. FC Drachen spielt.']],
  ['a number at the end', ['Wir waren 5.', 'Das reichte.', 'Es war 2025.', 'Viel geschah.']],
  ['Nr.', ['Nimm Nr. 5, Abs. 3 und S. 12.', 'Fertig.']],
  ['titles', ['Dr. Moos und Prof. Lehm kamen.', 'Hr. Weiß blieb.']],
  ['usw.', ['Äpfel, Birnen usw. Kisten standen da.', 'Äpfel, Birnen usw.', 'Das war alles.']],
  ['quotation marks', ['Er sagte: „Es geht. Wirklich.“', 'Dann ging er.', '„Warum?“ fragte sie.', '»Darum.«', 'Gut.']],
  ['millions', ['Es kostet 3 Mio. Euro bzw. Dollar.', 'Teuer.']],
]

const elsewhere: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['fa', 'Persian', ' ', ['بادبادک آماده است.', 'آیا کار می‌کند؟', 'بله!', 'نسخهٔ ۳.۵ بهتر است.', 'او گفت: «سلام. خوبی؟»', 'سپس رفت.']],
  [
    'ja',
    'Japanese',
    '',
    [
      '凧が上がりました。',
      '本当ですか？',
      '「はい。」と言った。',
      '速く（とても！）なる。',
      '「終わり。」',
      'v1.1を出します。',
      '次はNode.jsです！',
    ],
  ],
  ['zh', 'Chinese', '', ['风筝飞起来了。', '真的吗？', '是的！']],
  ['fr', 'French', ' ', ['Il dit : « Ça marche. Vraiment. »', 'Puis il part.', 'Pourquoi ?', 'Parce que.']],
  ['es', 'Spanish', ' ', ['¿Funciona?', 'Sí.', '¡Claro!', 'Todo va bien.']],
  ['xx-not-a-language', 'a tag that is no language', ' ', ['One thing.', 'Another thing.']],
]

describe('splitSentences()', () => {
  it.each(inEnglish)('reads %s in English', (_name, sentences) => {
    expect(textsOf(sentences.join(' '), 'en')).toEqual(sentences)
  })

  it.each(inGerman)('reads %s in German', (_name, sentences) => {
    expect(textsOf(sentences.join(' '), 'de')).toEqual(sentences)
  })

  it.each(elsewhere)('reads %s: %s', (language, _name, blank, sentences) => {
    expect(textsOf(sentences.join(blank), language)).toEqual(sentences)
  })

  it('folds line breaks and no-break spaces before it looks', () => {
    expect(textsOf('  One\n two.\u00A0 Three\tfour.\r\n', 'en')).toEqual(['One two.', 'Three four.'])
  })

  it('finds no sentence in an empty text', () => {
    expect(textsOf(' \n ', 'en')).toEqual([])
  })

  it('leaves out nothing but the blanks between sentences, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom('en', 'de', 'fa', 'ja', 'und', '??'), (text, language) => {
        const folded = foldBlanks(text)
        const sentences = splitSentences(text, language)
        for (const each of sentences) {
          expect(folded.slice(each.start, each.end)).toBe(each.text)
          expect(each.text).toBe(each.text.trim())
          expect(each.text).not.toBe('')
        }
        const starts = [...sentences.map(each => each.start), folded.length]
        const between = sentences.map((each, index) => folded.slice(each.end, starts[index + 1]))
        expect(folded.slice(0, starts[0])).toBe('')
        expect(between.every(gap => gap.trim() === '')).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  // Where the work grew with the square of the length, these would run into the test's time limit.
  it.each([
    ['a word of a million letters', `${'a'.repeat(1_000_000)}. End.`],
    ['abbreviations without an end', 'e.g. '.repeat(100_000)],
    ['open quotations', '„a. '.repeat(100_000)],
    ['stops and closing marks', `${'.)'.repeat(200_000)} End.`],
    ['pictures', `${'🎉 '.repeat(100_000)}End.`],
  ])('reads %s to the end', (_name, text) => {
    expect(splitSentences(text, 'en').at(-1)?.end).toBe(foldBlanks(text).length)
  })
})

const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '. ',
        '." ',
        '… ',
        '?! ',
        ' (',
        ') ',
        '„',
        '“ ',
        '"',
        'e.g. ',
        'U.S. ',
        '3. ',
        'z. B. ',
        '。',
        '「',
        '」',
        '\uD800',
        '\u0000',
        '🎉 ',
        '\n',
        'Dr. X. ',
      ),
    ),
  )
  .map(parts => parts.join(''))

function textsOf(text: string, language: string): readonly string[] {
  return splitSentences(text, language).map(sentence => sentence.text)
}
