import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import type { MergeContext, Segment } from '../../src/render/email.ts'
import { escapeFor, joinSegments } from '../../src/render/join-email.ts'

const hostileNames = [
  '{{secret}}',
  '{{#each',
  '{{{',
  '<img src=x onerror=1>',
  '"><script>alert(1)</script>',
  "' onmouseover='x",
  '=?utf-8?Q?=0D=0A?=',
  '__proto__',
  'constructor',
  'toString',
  '$& $1 $`',
  '-->',
  '&lt;b&gt;',
  'nd0000000000000000m0e',
]

function field(context: MergeContext, fallback = ''): readonly Segment[] {
  return [{ text: '[' }, { merge: 'name', context, fallback }, { text: ']' }]
}

function textIn(html: string): string {
  let text = ''
  const tags: string[] = []
  const parser = new Parser({ ontext: part => (text += part), onopentag: name => tags.push(name) })
  parser.end(html)
  expect(tags).toEqual(['p'])
  return text
}

describe('joinSegments()', () => {
  it.each(hostileNames)('shows the name %s in HTML as the characters it has', name => {
    expect(textIn(`<p>${joinSegments(field('html'), { name })}</p>`)).toBe(`[${name}]`)
  })

  it.each(hostileNames)('keeps the name %s inside its attribute', name => {
    const seen: string[] = []
    new Parser({ onattribute: (key, value) => seen.push(key, value) }).end(`<p title="${joinSegments(field('attribute'), { name })}">`)
    expect(seen).toEqual(['title', `[${name}]`])
  })

  it.each(hostileNames)('gives the name %s as it is in plain text', name => {
    expect(joinSegments(field('text'), { name })).toBe(`[${name}]`)
  })

  it('takes the fallback for a value that is missing, empty or only controls', () => {
    const segments = field('html', 'friend <3')
    for (const values of [{}, { name: '' }, { name: ' \u0000\n ' }]) expect(joinSegments(segments, values)).toBe('[friend &lt;3]')
  })

  it('takes no value from the prototype of the values', () => {
    const values = Object.create({ name: 'Eve' }) as Record<string, string>
    expect(joinSegments(field('text', 'friend'), values)).toBe('[friend]')
  })

  it('strips controls, line breaks, zero-width spaces and direction overrides, and keeps joiners', () => {
    const name = 'A\r\nBcc: e@x.test\u202e\u200bB\u0000 \ud83d\udc69\u200d\ud83d\ude80 می\u200cخواهم \ud800'
    expect(joinSegments(field('text'), { name })).toBe('[A Bcc: e@x.testB \ud83d\udc69\u200d\ud83d\ude80 می\u200cخواهم]')
  })

  it('opens no address but https, http and mailto', () => {
    const segments: readonly Segment[] = [{ merge: 'viewUrl', context: 'url', fallback: 'https://t.example/all' }]
    for (const viewUrl of ['javascript:alert(1)', 'data:text/html,x', '//evil.test', '/relative', 'JAVASCRIPT:x', ' java\nscript:x']) {
      expect(joinSegments(segments, { viewUrl })).toBe('https://t.example/all')
    }
    expect(joinSegments(segments, { viewUrl: 'https://t.example/v?a=1&b="x"' })).toBe('https://t.example/v?a=1&amp;b=%22x%22')
  })

  it('keeps any value inside its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom<MergeContext>('html', 'attribute', 'url'), (value, context) => {
        expect(escapeFor(context, value)).not.toMatch(/[<>"']|\p{Cc}/u)
      }),
    )
  })
})
