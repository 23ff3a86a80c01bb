import { describe, expect, it } from 'vitest'
import type { LinkAnswer } from '../../src/inspect/link-answer.ts'
import { rules } from '../../src/inspect/rules.ts'
import { itemOf } from '../render/edition-fixture.ts'
import { type Built, goodEmail, pictureAddress, told, withContext, withEmail, withHtml, withMessage, withText } from './built-email.ts'

const html = (from: string | RegExp, to: string) => (built: Built) => withHtml(built, from, to)
const text = (from: string | RegExp, to: string) => (built: Built) => withText(built, from, to)
const message = (from: string | RegExp, to: string) => (built: Built) => withMessage(built, from, to)
const subject = (line: string) => (built: Built) => withEmail(built, { subject: [{ text: line }] })
const second = (line: string) => (built: Built) => {
  const { html, text, hashes } = built.email
  return withEmail(built, { variants: { B: { subject: [{ text: line }], html, text, hashes } }, split: 1 })
}
const preheader = (line: string) => (built: Built) => withEmail(built, { preheader: line })
const picture = (facts: { bytes?: number; width?: number }) => (built: Built) =>
  withContext(built, { pictures: new Map([[pictureAddress, { bytes: 90_000, format: 'png', width: 1104, height: 620, ...facts }]]) })

/** The address of the introduction's link, in both parts. */
const tables = 'https://tidewater.example/tables'
const link = (address: string) => (built: Built) => withText(withHtml(built, `href="${tables}"`, `href="${address}"`), tables, address)

const answer = (changes: Partial<LinkAnswer>) => (built: Built) =>
  withContext(built, {
    answers: new Map([
      [
        tables,
        { address: tables, outcome: { kind: 'answered', status: 200, type: 'text/html' }, redirects: [], picture: null, ...changes },
      ],
    ]),
  })
const failed = (why: string, certificate: boolean) => answer({ outcome: { kind: 'failed', why, certificate } })

const body = '<p style="margin:0 0 16px">Spring tides'
const sentence =
  'The harbour master reads the tide gauge each morning at seven, writes the height on a slate, and hangs the slate where every skipper can see it.'

/** What is done to an edition that is in order, and the one rule that tells of it. */
const broken: readonly (readonly [rule: string, what: string, severity: 'error' | 'warning', breakIt: (built: Built) => Built])[] = [
  ['gmail-clip', 'too many bytes', 'error', html(body, `<p>${'tide '.repeat(21_000)}</p>${body}`)],
  ['gmail-clip', 'nearly too many bytes', 'warning', html(body, `<p>${'tide '.repeat(15_000)}</p>${body}`)],
  ['style-size', 'a style block that Gmail drops', 'error', html('</head>', `<style>${'.tide{color:#1b1b1f}'.repeat(900)}</style></head>`)],
  [
    'style-nesting',
    'an at-rule inside another',
    'error',
    html('</head>', '<style>@media screen{@media (max-width:480px){.x{margin:0}}}</style></head>'),
  ],
  ['style-syntax', 'a brace that is not closed', 'error', html('</head>', '<style>.x{color:#1b1b1f</style></head>')],
  ['style-syntax', 'an HTML comment in a style block', 'error', html('</head>', '<style><!-- .x{color:#1b1b1f} --></style></head>')],
  [
    'remote-style',
    'a style sheet from elsewhere',
    'warning',
    // That most programs drop it is told by client-support, too.
    built =>
      withContext(html('</head>', '<link rel="stylesheet" href="https://fonts.harbour.example/a.css"></head>')(built), {
        checks: { 'client-support': 'off' },
      }),
  ],
  ['color-scheme', 'dark styles that nothing announces', 'warning', html('<meta name="color-scheme" content="light dark">', '')],
  ['subject-length', 'a subject of 79 characters', 'warning', subject('x'.repeat(79))],
  ['subject-length', 'no subject', 'error', subject('')],
  ['subject-capitals', 'a subject that shouts', 'warning', subject('READ THIS ABOUT THE TIDES')],
  ['subject-characters', 'a subject that is turned round', 'error', subject('Tides \u202Eand lamps')],
  ['subject-length', 'a subject B of 79 characters', 'warning', second('x'.repeat(79))],
  ['subject-capitals', 'a subject B that shouts', 'warning', second('READ THIS ABOUT THE TIDES')],
  ['subject-characters', 'a subject B that is turned round', 'error', second('Tides \u202Eand lamps')],
  ['leaked-placeholder', 'an open brace in subject B', 'error', second('Hello {{firstName}}')],
  [
    'preheader-repeats-subject',
    'subject B again',
    'warning',
    built =>
      second('Ropes that remember, and the ferry that came early')(preheader('Ropes that remember, and the ferry that came early.')(built)),
  ],
  [
    'subject-characters',
    'a preheader with a control',
    'error',
    preheader('Also: ropes that remember,\u0007 and the ferry that came early'),
  ],
  ['preheader-length', 'a preheader of two words', 'warning', preheader('Two words')],
  [
    'preheader-repeats-subject',
    'the subject again',
    'warning',
    built =>
      withEmail(built, {
        subject: [{ text: 'Ropes that remember, and the ferry that came early' }],
        preheader: 'Ropes that remember, and the ferry that came early.',
      }),
  ],
  ['leaked-placeholder', 'an open brace', 'error', html('Spring tides', 'Hello {{firstName}}, spring tides')],
  ['leaked-placeholder', 'a value that was missing', 'error', text('Spring tides', 'Spring tides undefined')],
  ['forbidden-markup', 'a script', 'error', html('</body>', '<script>track()</script></body>')],
  ['forbidden-markup', 'a handler', 'error', html(body, '<p onclick="track()" style="margin:0 0 16px">Spring tides')],
  ['html-lang', 'no language', 'error', html('<html lang="en"', '<html')],
  ['html-lang', 'another language', 'error', html('<html lang="en"', '<html lang="de"')],
  ['html-dir', 'no direction', 'error', html(' dir="ltr" xmlns', ' xmlns')],
  ['html-title', 'no title', 'error', html(/<title>[^<]*<\/title>/, '')],
  [
    'item-language',
    'a foreign item that does not say so',
    'warning',
    built =>
      withContext(built, {
        edition:
          built.context.edition === null
            ? null
            : { ...built.context.edition, items: [itemOf(), itemOf({ slug: 'rope', title: 'Ropes that remember', language: 'pt' })] },
      }),
  ],
  [
    'heading-order',
    'an h4 behind an h1',
    'warning',
    html(/<h2 (.*?)<\/h2>/, '<h4 style="font-size:28px;line-height:1.25">The salt clock</h4>'),
  ],
  ['heading-order', 'an empty heading', 'warning', html(body, `<h2></h2>${body}`)],
  ['layout-table', 'a layout that says it is data', 'warning', html(' role="presentation" style="width:100%"', ' style="width:100%"')],
  ['low-contrast', 'grey on white', 'error', html(body, '<p style="margin:0 0 16px;color:#9a9aa4 !important">Spring tides')],
  [
    'low-contrast',
    'dark styles that keep the dark text',
    'error',
    html('.ink .quiet,.ink .quiet a{color:#a8a8b3 !important}', '.ink .quiet,.ink .quiet a{color:#5c5c66 !important}'),
  ],
  [
    'low-contrast',
    'a colour that inversion makes faint',
    'warning',
    html(body, `<p style="color:#ffff00;background-color:#404000">Neap tides</p>${body}`),
  ],
  ['body-text', 'small print', 'warning', html(body, `<p style="font-size:14px">${sentence}</p>${body}`)],
  ['body-text', 'lines close together', 'warning', html(body, `<p style="line-height:1.1">${sentence}</p>${body}`)],
  ['small-text', 'a caption of 11 px', 'warning', html(body, '<p style="margin:0 0 16px;font-size:11px">Spring tides')],
  [
    'touch-target',
    'a line of small links',
    'warning',
    html('<p style="margin:0;line-height:44px"><a', '<p style="margin:0;line-height:20px"><a'),
  ],
  ['link-not-absolute', 'a path', 'error', link('/tables')],
  ['link-not-https', 'an http link', 'warning', link('http://tidewater.example/tables')],
  ['link-placeholder', 'example.com', 'error', link('https://www.example.com/')],
  ['link-placeholder', 'a private network', 'error', link('https://192.168.1.20/tables')],
  ['utm-duplicate', 'two campaigns', 'warning', link(`${tables}?utm_source=a&utm_source=b`)],
  ['link-without-text', 'a link around nothing', 'error', html('>tide tables</a>', '></a>')],
  ['link-text', 'read more', 'warning', html('>tide tables</a>', '>read more</a>')],
  ['link-text-repeated', 'the same words to two places', 'warning', html('>tide tables</a>', '>Ropes that remember</a>')],
  ['link-unreachable', 'a page that is not there', 'error', answer({ outcome: { kind: 'answered', status: 404, type: 'text/html' } })],
  ['link-unreachable', 'a certificate that has expired', 'error', failed('the certificate has expired', true)],
  ['link-unreachable', 'a server that is shy', 'warning', answer({ outcome: { kind: 'answered', status: 403, type: 'text/html' } })],
  [
    'link-redirected',
    'a page that has moved',
    'warning',
    answer({ redirects: [{ status: 301, to: 'https://tidewater.example/almanac' }] }),
  ],
  ['image-without-alt', 'a picture nobody describes', 'error', html('alt="" width="552"', 'width="552"')],
  ['image-alt-file-name', 'a file name for a description', 'warning', html('alt="" width="552"', 'alt="IMG_2034.jpg" width="552"')],
  ['image-without-width', 'a picture without a width', 'error', html('alt="" width="552"', 'alt=""')],
  ['picture-size', 'a picture that is blurred', 'warning', picture({ width: 300 })],
  ['picture-size', 'a picture that is far too large', 'warning', picture({ width: 6000 })],
  ['picture-weight', 'a heavy picture', 'warning', picture({ bytes: 2_400_000 })],
  ['text-empty', 'no text', 'error', built => withContext(withEmail(built, { text: [{ text: '\n' }] }), { checks: onlyEmpty })],
  ['text-links-differ', 'a link that the text lacks', 'warning', text(tables, 'on our pages')],
  ['text-markup', 'markup in plain text', 'warning', text('Spring tides', '<p>Spring tides')],
  ['message-headers', 'two senders', 'error', message('To: ', 'From: Else <else@tidewater.example>\r\nTo: ')],
  ['message-headers', 'a Bcc', 'error', message('To: ', 'Bcc: secret@reader.example\r\nTo: ')],
  ['message-headers', 'a date that is none', 'error', message(/Date: .*\r\n/, 'Date: soon\r\n')],
  ['message-sender', 'a Message-ID of another domain', 'error', message(/(Message-ID: <[^@]+)@[^>]+>/, '$1@elsewhere.example>')],
  ['message-lines', 'a bare line feed', 'error', message('MIME-Version: 1.0\r\n', 'MIME-Version: 1.0\n')],
  ['message-encoding', 'raw bytes in a header', 'error', message('Subject: How', 'Subject: H\xc3\xb6w')],
  ['message-encoding', 'an encoded-word that does not decode', 'error', message('Subject: How', 'Subject: =?utf-8?Q?H=F6=ZZw?=')],
  ['message-parts', 'the HTML first', 'error', message(/text\/(plain|html)(?=; charset)/g, 'text/html')],
  ['message-parts', 'an email of another build', 'error', message('Spring tides', 'Neap tides')],
  ['message-list-headers', 'no one-click', 'warning', message('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n', '')],
  ['missing-sender', 'no sender', 'warning', built => withContext(built, { sender: { ...built.context.sender, email: null } })],
  ['missing-postal-address', 'no address', 'warning', built => withContext(built, { sender: { ...built.context.sender, address: null } })],
  ['missing-unsubscribe', 'a text nobody can unsubscribe from', 'warning', built => withoutUnsubscribe(built)],
  ['client-support', 'a video', 'error', html(body, `<video controls></video>${body}`)],
  [
    'lost-pick',
    'a pick that it lacks',
    'error',
    built => withContext(built, { edition: built.context.edition && { ...built.context.edition, lost: [lost] } }),
  ],
  [
    'unknown-check',
    'a check that is not there',
    'error',
    built => withEmail(built, { checksOff: [{ rule: 'low-contrsat', reason: 'a brand colour' }] }),
  ],
]

const lost = { line: 4, message: 'the pick "gone" is not among the posts', hint: 'Take the line out.' }

/** An empty text part also lacks its links, address and unsubscribe link: that is what empty means. */
const onlyEmpty = { 'text-links-differ': 'off', 'missing-postal-address': 'off', 'missing-unsubscribe': 'off' } as const

function withoutUnsubscribe(built: Built): Built {
  const kept = built.email.text.filter(segment => 'text' in segment || segment.merge !== 'unsubscribeUrl')
  const changed = withEmail(built, { text: kept })
  // The links of both parts differ then, which is another rule's.
  return withContext(changed, { checks: { 'text-links-differ': 'off' } })
}

describe('an email that is broken in one way', () => {
  it('is one that nothing is said of before', async () => {
    expect(await told(goodEmail)).toEqual([])
  })

  it.each(broken.map(([rule, what, severity, breakIt]) => ({ rule, what, severity, breakIt })))(
    '$rule tells of $what, and no other rule does',
    async ({ rule, severity, breakIt }) => {
      const findings = await told(breakIt(goodEmail))
      expect(findings).toContain(`${rule} ${severity}`)
      expect(findings.filter(each => !each.startsWith(`${rule} `))).toEqual([])
    },
  )

  it('breaks every rule', () => {
    expect([...new Set(broken.map(([rule]) => rule))].sort()).toEqual(rules.map(rule => rule.name).sort())
  })
})
