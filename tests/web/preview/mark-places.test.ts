import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/inspect/finding.ts'
import { nameMergeFields } from '../../../src/output/edition-files.ts'
import type { Segment } from '../../../src/render/email.ts'
import { joinSegments } from '../../../src/render/join-email.ts'
import { findPlaces, joinWithPlaces } from '../../../src/web/preview/mark-places.ts'

const html: readonly Segment[] = [
  { text: '<!doctype html><html><head><style>a > b { content: "<p>" }</style></head>\n<body><p>Good day, ' },
  { merge: 'name', context: 'html', fallback: 'reader' },
  { text: '</p><!--[if mso]><td width="1"><![endif]--><a href="' },
  { merge: 'unsubscribeUrl', context: 'url', fallback: '' },
  { text: '" class="x">Stop<br></a></body></html>' },
]
const values = { name: '<p>&', unsubscribeUrl: 'https://example.com/?a=<b>' }

describe('joinWithPlaces()', () => {
  it('says at every opening tag where it stands in email.html, also in comments for Outlook', () => {
    const named = nameMergeFields(html)
    const marks = Array.from(joinWithPlaces(html, values).matchAll(/<([a-z]+) data-at="(\d+)"/g), ([, name, at]) => [name, Number(at)])
    expect(marks.map(([name]) => name)).toEqual(['html', 'head', 'body', 'p', 'td', 'a', 'br'])
    for (const [name, at] of marks) expect(named.startsWith(`<${name}`, Number(at))).toBe(true)
  })

  it('changes nothing else, whatever the segments are cut like', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<p>',
        '<a href="',
        '">',
        '</a>',
        '<br/>',
        '<style>p > a{}</style>',
        '<!--[if mso]><td><![endif]-->',
        '&lt;i&gt;',
        '<',
        '\n',
      ),
      fc.string({ maxLength: 5 }),
    )
    const segment = fc.oneof(
      fc.array(piece, { maxLength: 6 }).map((texts): Segment => ({ text: texts.join('') })),
      fc.constant<Segment>({ merge: 'name', context: 'html', fallback: 'you' }),
    )
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), fc.string({ maxLength: 12 }), (segments, name) => {
        const unmarked = joinWithPlaces(segments, { name }).replaceAll(/ data-at="\d+"/g, '')
        return unmarked === joinSegments(segments, { name })
      }),
    )
  })
})

describe('findPlaces()', () => {
  const finding = (part: Finding['place']['part'], line: number | null, column: number | null): Finding => ({
    rule: 'any',
    severity: 'warning',
    message: '',
    help: '',
    origin: null,
    place: { part, excerpt: null, line, column },
  })

  it('names the innermost element around a place, and none for a place that is in no element', () => {
    const named = '<body>\n<p>one <b>two</b> three</p>\n</body>'
    const places = findPlaces(
      [
        finding('html', 2, 1),
        finding('html', 2, 11),
        finding('html', 2, 20),
        finding('text', 2, 1),
        finding('html', null, null),
        finding('html', 9, 1),
      ],
      named,
    )
    expect(places).toEqual([7, 14, 7, null, null, null])
  })
})
