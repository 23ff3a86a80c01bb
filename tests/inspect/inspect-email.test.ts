import { describe, expect, it } from 'vitest'
import type { Edition } from '../../src/edition/edition.ts'
import type { Finding, InspectContext } from '../../src/inspect/finding.ts'
import { inspectEmail } from '../../src/inspect/inspect-email.ts'
import { rules } from '../../src/inspect/rules.ts'
import type { Email, Segment } from '../../src/render/email.ts'
import { type EmailParts, emailOf } from '../message/email-of.ts'
import { editionOf } from '../output/edition-of.ts'

const unsubscribe: Segment = { merge: 'unsubscribeUrl', context: 'url', fallback: '' }
const address = 'Pier 4, 20457 Harbour'

/** An email that no rule complains of, with the given HTML and text in its middle. */
function goodEmail(parts: { html?: string; text?: string } & Omit<EmailParts, 'html' | 'text'> = {}): Email {
  return emailOf({
    ...parts,
    html: [
      { text: `<html lang="en"><body>${parts.html ?? ''}<p>${address} <a href="` },
      unsubscribe,
      { text: '">Unsubscribe</a></p></body></html>' },
    ],
    text: [{ text: `${parts.text ?? ''}\n\n${address}\nUnsubscribe: ` }, { ...unsubscribe, context: 'text' }],
  })
}

const context: InspectContext = {
  purpose: 'build',
  edition: editionOf(),
  sender: { email: 'letter@harbour.example', address },
  publicUrl: 'https://letter.harbour.example',
}

/** The rules that this file is about; the others are tested on a built email (broken-emails.test.ts), and would complain of these bare ones. */
const judged = new Set([
  'gmail-clip',
  'subject-length',
  'subject-capitals',
  'preheader-length',
  'preheader-repeats-subject',
  'leaked-placeholder',
  'forbidden-markup',
  'link-not-absolute',
  'link-not-https',
  'image-without-alt',
  'text-links-differ',
  'missing-sender',
  'missing-postal-address',
  'missing-unsubscribe',
])

async function findingsOf(email: Email, changes: Partial<InspectContext> = {}): Promise<readonly Finding[]> {
  return (await inspectEmail(email, { ...context, ...changes })).filter(finding => judged.has(finding.rule))
}

/** `rule severity` of each finding. */
async function told(email: Email, changes: Partial<InspectContext> = {}): Promise<string[]> {
  return (await findingsOf(email, changes)).map(finding => `${finding.rule} ${finding.severity}`)
}

const htmlOf = (html: string) => goodEmail({ html })

describe('inspectEmail()', () => {
  it('says nothing of an email in order', async () => {
    const html =
      '<h1>Lamps</h1><p><a href="https://harbour.example/a?x=1&amp;y=2">Lamps at low water</a></p><img src="https://harbour.example/a.png" alt="">'
    expect(await findingsOf(goodEmail({ html, text: 'Lamps at low water\nhttps://harbour.example/a?x=1&y=2' }))).toEqual([])
  })

  it('shows no character of the email that could drive a terminal', async () => {
    const findings = await findingsOf(
      goodEmail({ html: '<a href="/&#27;[2J\u202e">x</a>', subject: [{ text: `\u001b[31m${'x'.repeat(90)}` }] }),
    )
    expect(findings).toHaveLength(2)
    expect(JSON.stringify(findings.map(finding => finding.place.excerpt))).not.toMatch(/\\u001b|\u202e/)
  })

  it('gives every finding a message, a place and a way to mend it, and every rule a name of its own', async () => {
    const bad = emailOf({
      subject: [{ text: '' }],
      preheader: '',
      html: [{ text: '<script>x</script><img src="a.png"><a href="#x">x {{y}}</a>' }],
      text: [{ text: 'https://x.example/' }],
    })
    const findings = await findingsOf(bad, { sender: { email: null, address: null }, publicUrl: null })
    expect(findings.length).toBeGreaterThan(10)
    for (const { message, help, place } of findings) {
      expect(message.length).toBeGreaterThan(20)
      expect(help.length).toBeGreaterThan(10)
      expect(place.part).toMatch(/^(subject|preheader|html|text|settings)$/)
    }
    expect(new Set(rules.map(rule => rule.name)).size).toBe(rules.length)
  })
})

describe('gmail-clip', () => {
  it.each([
    [80_000, []],
    [86_000, ['gmail-clip warning']],
    [103_000, ['gmail-clip error']],
  ])('judges HTML of %i bytes', async (bytes, expected) => {
    expect(await told(htmlOf(`<p>${'x'.repeat(bytes)}</p>`))).toEqual(expected)
  })

  it('counts bytes, not characters', async () => {
    expect(await told(htmlOf(`<p>${'ک'.repeat(52_000)}</p>`))).toEqual(['gmail-clip error'])
  })
})

describe('subject-length and subject-capitals', () => {
  it.each([
    ['Tides', []],
    ['x'.repeat(78), []],
    ['x'.repeat(79), ['subject-length warning']],
    ['😀'.repeat(78), []],
    ['', ['subject-length error']],
    ['READ THIS AT ONCE', ['subject-capitals warning']],
    ['NASA and ESA', []],
    ['ESA', []],
    ['می‌خواهم دربارهٔ دریا بنویسم', []],
  ])('judges the subject %j', async (subject, expected) => {
    expect(await told(goodEmail({ subject: [{ text: subject }] }))).toEqual(expected)
  })
})

describe('preheader-length', () => {
  it.each([
    ['x'.repeat(40), []],
    ['x'.repeat(130), []],
    ['', ['preheader-length warning']],
    ['x'.repeat(39), ['preheader-length warning']],
    ['x'.repeat(131), ['preheader-length warning']],
  ])('judges the preheader %j', async (preheader, expected) => {
    expect(await told(goodEmail({ preheader }))).toEqual(expected)
  })

  it('names the subject that it speaks of where two are tried', async () => {
    const good = goodEmail({ subject: [{ text: 'READ THIS AT ONCE' }] })
    const { html, text, hashes } = good
    const findings = await findingsOf({ ...good, variants: { B: { subject: [{ text: 'x'.repeat(79) }], html, text, hashes } } })
    expect(findings.map(({ message }) => message.slice(0, 28))).toEqual(['the subject B has 79 charact', 'the subject A is written in '])
  })

  it('tells a preheader that repeats the subject', async () => {
    const subject = 'Four stories from the harbour, and how to read a tide table'
    const [finding] = await findingsOf(goodEmail({ subject: [{ text: subject }], preheader: `${subject}!` }))
    expect(finding?.message).toContain('the same as the subject')
  })
})

describe('leaked-placeholder', () => {
  const titled = (title: string): Edition => {
    const edition = editionOf()
    return { ...edition, items: edition.items.map(item => ({ ...item, post: { ...item.post, title } })) }
  }

  it.each([
    '<p>Hello {{name}}</p>',
    '<p>undefined</p>',
    '<p>by null</p>',
    '<p>NaN min read</p>',
    '<img src="https://x.example/" alt="[object Object]">',
    `<p>nd${'a1'.repeat(10)}m3e</p>`,
  ])('finds it in %j', async html => expect(await told(htmlOf(html))).toContain('leaked-placeholder error'))

  it('finds it in the subject, the preheader, a link and the text part', async () => {
    const email = goodEmail({
      subject: [{ text: 'Hello undefined' }],
      preheader: 'What is undefined cannot be read, and this is long enough.',
      html: '<a href="http://localhost:3000/x">x</a>',
      text: 'Reading time: NaN minutes\nhttp://localhost:3000/x',
    })
    const parts = (await findingsOf(email)).filter(finding => finding.rule === 'leaked-placeholder').map(finding => finding.place.part)
    expect(parts).toEqual(['subject', 'preheader', 'html', 'text', 'text'])
  })

  it('leaves alone what stands so in a post', async () => {
    const title = 'Why {{name}} is undefined, and null is not NaN'
    const html = `<p>1. ${title}</p>`
    expect(await told(goodEmail({ html, text: title, subject: [{ text: title }] }), { edition: titled(title) })).toEqual([])
    expect(await told(htmlOf('<p>2. undefined</p>'), { edition: titled('Some undefined things') })).toEqual(['leaked-placeholder error'])
  })

  it('does not read styles and words that only hold such letters', async () => {
    expect(await told(htmlOf('<style>@media{a{b:c}}</style><p>nullify, annulled, undefinedness</p>'))).toEqual([])
  })
})

describe('forbidden-markup', () => {
  it.each([
    '<script>1</script>',
    '<form action="https://x.example"></form>',
    '<iframe></iframe>',
    '<p onclick="x()">x</p>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href=" JavaScript:alert(1)">x</a>',
    '<img alt="" src="data:image/png;base64,AA">',
    '<table background="data:image/png;base64,AA"></table>',
  ])('finds %j', async html => expect(await told(htmlOf(html))).toEqual(['forbidden-markup error']))
})

describe('link-not-absolute', () => {
  it.each([
    ['<a href="/blog/x">x</a>', ['link-not-absolute error']],
    ['<a href="//evil.example">x</a>', ['link-not-absolute error']],
    ['<a href="#top">x</a>', ['link-not-absolute error']],
    ['<a href="">x</a>', ['link-not-absolute error']],
    ['<a name="x">x</a>', []],
    ['<a href="mailto:a@harbour.example">x</a>', []],
    ['<img src="/a.png" alt="">', ['link-not-absolute error']],
    ['<img alt="">', ['link-not-absolute error']],
    ['<img src="http://x.example/a.png" alt="" width="9">', ['link-not-https warning']],
  ])('judges %j', async (html, expected) => expect(await told(htmlOf(html))).toEqual(expected))

  it('warns of http', async () => {
    expect(await told(goodEmail({ html: '<a href="http://x.example/">x</a>', text: 'http://x.example/' }))).toEqual([
      'link-not-https warning',
    ])
  })
})

describe('image-without-alt', () => {
  it('finds a picture without the attribute, not one with an empty alt', async () => {
    expect(await told(htmlOf('<img src="https://x.example/a.png"><img src="https://x.example/b.png" alt="">'))).toEqual([
      'image-without-alt error',
    ])
  })
})

describe('text-links-differ', () => {
  const link = (path: string) => `https://harbour.example/${path}`
  const anchors = (...paths: string[]) => paths.map(path => `<a href="${link(path)}">${path}</a>`).join('')

  it('accepts the same links in the same order, repeated or followed by punctuation', async () => {
    const text = `First (${link('a')}), then ${link('b')}.\n${link('a')}`
    expect(await told(goodEmail({ html: anchors('a', 'a', 'b'), text }))).toEqual([])
  })

  it('says which link is missing, which one is added, and that the order differs', async () => {
    const excerpts = async (html: string, text: string) =>
      (await findingsOf(goodEmail({ html, text }))).map(finding => `${finding.message.split(':')[0]} ${finding.place.excerpt}`)
    expect(await excerpts(anchors('a', 'b'), link('b'))).toEqual([`a link of the HTML is missing in the text part ${link('a')}`])
    expect(await excerpts(anchors('a'), `${link('a')} ${link('c')}`)).toEqual([
      `a link of the text part is missing in the HTML ${link('c')}`,
    ])
    expect(await excerpts(anchors('a', 'b'), `${link('b')} ${link('a')}`)).toEqual([
      `the text part has its links in another order than the HTML ${link('a')}`,
    ])
  })
})

describe('what only a sending needs', () => {
  it('is a warning at build and an error at send', async () => {
    const nothing = { sender: { email: null, address: null }, publicUrl: null }
    const names = ['missing-sender', 'missing-postal-address', 'missing-unsubscribe']
    expect(await told(goodEmail(), nothing)).toEqual(names.map(name => `${name} warning`))
    expect(await told(goodEmail(), { ...nothing, purpose: 'send' })).toEqual(names.map(name => `${name} error`))
  })

  it('finds a part without the unsubscribe link', async () => {
    const email = emailOf({ html: [{ text: `<p>${address}</p>` }], text: [{ text: address }] })
    expect((await findingsOf(email)).map(finding => [finding.rule, finding.place.part])).toEqual([
      ['missing-unsubscribe', 'html'],
      ['missing-unsubscribe', 'text'],
    ])
  })

  it('finds a postal address that is configured but not shown, however its lines are broken', async () => {
    expect(await told(goodEmail(), { sender: { email: 'a@b.example', address: 'Somewhere 1' } })).toEqual([
      'missing-postal-address warning',
      'missing-postal-address warning',
    ])
    expect(await told(htmlOf(''), { sender: { email: 'a@b.example', address: 'Pier 4\n20457 Harbour' } })).toEqual([])
  })
})
