import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyBlocks } from '../../../src/content/markdown/body-blocks.ts'
import { markdownToPlainText, markdownToSafeHtml } from '../../../src/content/markdown/editor-markdown.ts'
import { markdownInlineToText } from '../../../src/content/markdown/inline-text.ts'
import { markdownParser } from '../../../src/content/markdown/markdown-parser.ts'

const resolve = (href: string) => (/^https?:/.test(href) ? href : null)

/** Text made of the characters and pieces that the rules look at, so that they meet in every order. */
const pieces = [
  ...Array.from('[]()<>{}!*_`~$:|#-+=&;\\/"\'^% \n\ta字é'),
  '\n\n',
  '    ',
  '```\n',
  '$$\n',
  '::a\n',
  ':::\n',
  '---\n',
  '{{< b >}}',
  '{{< /b >}}',
  '{{% ',
  '{% if',
  '[^1]',
  '[^1]: ',
  '[x]: /y\n',
  '<b>',
  '</b>',
  '<A b={',
  '</A>',
  '<script>',
  '<!--',
  '-->',
  '<table>',
  '<p>',
  '</p>',
  '> ',
  '- ',
  '1. ',
  'import a from',
  'export const a = ',
  '&#8238;',
  '&#0;',
  '&lt;',
  '\u202e',
  '\ud800',
  '\ufdd1',
  'https://x.example/',
]
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)
const controls = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]|\p{Surrogate}/u

/** How often the parser looks for the end of a token while it reads a body: what a label that never ends costs. */
function tokensSkippedIn(markdown: string): number {
  const { inline } = markdownParser('md')
  const skipToken = inline.skipToken.bind(inline)
  let calls = 0
  inline.skipToken = state => {
    calls += 1
    skipToken(state)
  }
  try {
    bodyBlocks(markdown, { format: 'md' })
    return calls
  } finally {
    Reflect.deleteProperty(inline, 'skipToken')
  }
}

describe('hostile Markdown', () => {
  it('never throws, leaves no control character, and gives the same twice', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('md' as const, 'mdx' as const), (markdown, format) => {
        const body = bodyBlocks(markdown, { format })
        for (const block of body.blocks) {
          expect(block.text).not.toMatch(controls)
          expect(block.text).not.toMatch(/[\t\n]|^\s|\s$/)
          expect(block.text).not.toBe('')
        }
        expect(`${body.firstHeading}`).not.toMatch(controls)
        expect(body.words).toBeGreaterThanOrEqual(0)
        expect(bodyBlocks(markdown, { format })).toEqual(body)
      }),
      { numRuns: 500 },
    )
  })

  it('leaves no control character and no blank line in inline text', () => {
    fc.assert(
      fc.property(hostile, text => {
        const plain = markdownInlineToText(text)
        expect(plain).not.toMatch(controls)
        expect(plain).not.toMatch(/[\t\n]|^\s|\s$/)
        expect(markdownInlineToText(text)).toBe(plain)
      }),
      { numRuns: 400 },
    )
  })

  it('makes HTML of our own tags only, each closed, with an address as the only attribute and no brace', () => {
    fc.assert(
      fc.property(hostile, markdown => {
        const html = markdownToSafeHtml(markdown, resolve)
        expect(html).not.toMatch(controls)
        expect(html.replace(/<a href="https?:\/\/[^"<>\s]*">|<\/?(?:p|strong|em|ul|ol|li)>|<\/a>|<br>/g, '')).not.toMatch(/[<>{}]/)
        for (const name of ['p', 'strong', 'em', 'ul', 'ol', 'li', 'a']) {
          expect(html.split(`</${name}>`).length).toBe(html.split(new RegExp(`<${name}[ >]`)).length)
        }
        expect(markdownToPlainText(markdown, resolve)).not.toMatch(controls)
      }),
      { numRuns: 400 },
    )
  })

  it('ends on thousands of anything that opens', () => {
    const openers = [
      '[',
      '![',
      '*',
      '_',
      '**a ',
      '>',
      '> - ',
      '- ',
      '`',
      '<',
      '<b>',
      '<A b={',
      '{',
      '{{<',
      '{% a %}',
      '{{< a >}}',
      '{{< comment >}}',
      '$a',
      '[^',
      '^[',
      '[a](',
      '[a][',
      ':a{',
      '::a{\n',
      '<!--',
      '<details>\n\n',
      'export const a = {\n',
      '</p>',
      '[a]({{< ',
      '([^1]',
      '&#8238;',
      '|a\n|-\n',
      '{.a.b',
      '$$x\n',
      '::video\n',
      '::a\n---\nb\n',
      '\\[\n',
    ]
    for (const opener of openers) {
      const text = opener.repeat(['[', '*', '>'].includes(opener) ? 10_000 : 3000)
      for (const format of ['md', 'mdx'] as const) expect(bodyBlocks(text, { format }).words).toBeGreaterThanOrEqual(0)
      expect(markdownInlineToText(text)).toBeTypeOf('string')
      expect(markdownToSafeHtml(text, resolve)).toBeTypeOf('string')
      expect(markdownToPlainText(text, resolve)).toBeTypeOf('string')
    }
  })

  it.each(['![', '![a ', '![a][', '![\n', '[![', '[a]('])('does work that grows with the length, and no faster, on a run of %j', opener => {
    for (const length of [10_000, 40_000]) expect(tokensSkippedIn(opener.repeat(length / opener.length))).toBeLessThan(500 * length)
  })

  it('reads 160 kB of pictures that are begun in one paragraph', { timeout: 30_000 }, () => {
    expect(bodyBlocks('!['.repeat(80_000), { format: 'md' }).blocks).toEqual([])
  })

  it('counts names that objects inherit as names', () => {
    expect(
      bodyBlocks('<constructor>a</constructor> {{< toString >}}b{{< /toString >}} <x __proto__="1">c</x>', { format: 'md' }).blocks,
    ).toEqual([{ kind: 'paragraph', text: 'a b c', heading: null }])
    expect(bodyBlocks('<constructor>\n\nSome words.\n\n</constructor>', { format: 'md' }).blocks).toEqual([
      { kind: 'paragraph', text: 'Some words.', heading: null },
    ])
  })
})
