import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { composeMessage } from '../../src/message/compose-message.ts'
import { messageId } from '../../src/message/message-id.ts'
import type { MessageRecipient } from '../../src/message/message-recipient.ts'
import type { MessageSettings } from '../../src/message/message-settings.ts'
import type { Email } from '../../src/render/email.ts'
import { emailOf } from './email-of.ts'
import { breachesOf, splitMessage } from './raw-message.ts'

const settings: MessageSettings = {
  kind: 'edition',
  fromName: 'The Harbour Letter',
  fromAddress: 'letter@harbour.example',
  replyTo: null,
  list: { name: 'The Harbour Letter', id: 'letter' },
  unsubscribeEmail: null,
  date: '2026-02-08T23:00:00.000Z',
}
const reader: MessageRecipient = {
  name: 'Ada Example',
  address: 'ada@reader.example',
  values: { name: 'Ada', unsubscribeUrl: 'https://letter.harbour.example/u/abc' },
}

function compose(email: Email, recipient: Partial<MessageRecipient> = {}, changes: Partial<MessageSettings> = {}): Uint8Array {
  return composeMessage(email, { ...reader, ...recipient }, { ...settings, ...changes })
}

function header(message: Uint8Array, name: string): string | undefined {
  return splitMessage(message).headers.find(each => each.name === name)?.value
}

/** What a mail program shows. postal-mime ends every body with one line break more. */
async function read(message: Uint8Array) {
  const parsed = await PostalMime.parse(message)
  const lines = (text: string | undefined) => (text ?? '').replace(/\r\n/g, '\n').replace(/\n$/, '')
  return { ...parsed, text: lines(parsed.text), html: lines(parsed.html) }
}

describe('composeMessage()', () => {
  it('says the same in the same bytes every time', () => {
    expect(compose(emailOf())).toEqual(compose(emailOf()))
  })

  it('puts the text part before the HTML part, both as UTF-8 in quoted-printable', () => {
    const { parts } = splitMessage(compose(emailOf()))
    expect(parts.map(part => part.headers)).toEqual([
      'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable',
      'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable',
    ])
  })

  it('writes every header that a list message needs, once', () => {
    const headers = splitMessage(compose(emailOf(), { delivery: 4711 }, { replyTo: 'editor@harbour.example' })).headers
    expect(headers.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'From: The Harbour Letter <letter@harbour.example>',
      'Reply-To: editor@harbour.example',
      'To: Ada Example <ada@reader.example>',
      'Subject: Tides, lamps and a borrowed boat',
      'Date: Sun, 08 Feb 2026 23:00:00 +0000',
      `Message-ID: ${messageId('2026-w06', 'ada@reader.example', 'harbour.example')}`,
      'List-Id: The Harbour Letter <letter.harbour.example>',
      'List-Unsubscribe: <https://letter.harbour.example/u/abc>',
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      'Feedback-ID: 2026-w06:letter:edition:harbourexample',
      'Precedence: bulk',
      'Auto-Submitted: auto-generated',
      'X-News-Digest-Delivery: 4711',
      'MIME-Version: 1.0',
      'Content-Language: en',
      expect.stringMatching(/^Content-Type: multipart\/alternative; boundary="=_news-digest_[0-9a-f]{32}"$/),
    ])
  })

  it.each([
    ['a.co', 'aco00'],
    ['harbour.example', 'harbourexample'],
    ['the-very-long-harbour.example', 'theverylongharb'],
  ])('names the sender of %s in Feedback-ID by 5 to 15 characters, as Gmail asks', (domain, name) => {
    const message = compose(emailOf(), {}, { fromAddress: `letter@${domain}` })
    expect(header(message, 'Feedback-ID')).toBe(`2026-w06:letter:edition:${name}`)
  })

  it('takes neighbouring texts for one: neither a line break nor a character is split between them', async () => {
    const halves = ['one\r', '\ntwo \ud83d', '\ude00'].map(text => ({ text }))
    expect((await read(compose(emailOf({ text: halves, html: halves })))).text).toBe('one\ntwo \u{1f600}')
  })

  it('offers a mail program that unsubscribes by a message the token of the link to say', () => {
    const message = compose(emailOf(), {}, { unsubscribeEmail: 'stop+list@harbour.example' })
    expect(header(message, 'List-Unsubscribe')).toBe(
      '<https://letter.harbour.example/u/abc>, <mailto:stop+list@harbour.example?subject=unsubscribe%20abc>',
    )
  })

  it('gives each recipient of an edition a Message-ID of their own, the same on every retry', () => {
    const ids = ['a@x.test', 'b@x.test', 'a@x.test'].map(address => header(compose(emailOf(), { address }), 'Message-ID'))
    expect(ids[0]).toBe(ids[2])
    expect(ids[0]).not.toBe(ids[1])
    expect(header(compose(emailOf({ edition: '2026-w07' }), { address: 'a@x.test' }), 'Message-ID')).not.toBe(ids[0])
  })

  it('leaves the one-click headers out where nothing could answer the click', () => {
    for (const values of [
      {},
      { unsubscribeUrl: '' },
      { unsubscribeUrl: 'http://harbour.example/u' },
      { unsubscribeUrl: 'javascript:alert(1)' },
    ]) {
      const names = splitMessage(compose(emailOf(), { values })).headers.map(each => each.name)
      expect(names).not.toContain('List-Unsubscribe')
      expect(names).not.toContain('List-Unsubscribe-Post')
    }
  })

  it('joins a recipient’s values into text and HTML, and takes the fallback where one is missing', async () => {
    const email = emailOf({
      subject: [{ text: 'For ' }, { merge: 'name', context: 'text', fallback: 'you' }],
      html: [{ text: '<p>Hello ' }, { merge: 'name', context: 'html', fallback: 'reader' }, { text: '!</p>\n' }],
      text: [{ text: 'Hello ' }, { merge: 'name', context: 'text', fallback: 'reader' }, { text: '!\n' }],
    })
    const named = await read(compose(email, { values: { name: 'Zoë <i>' } }))
    expect([named.subject, named.html, named.text]).toEqual(['For Zoë <i>', '<p>Hello Zoë &lt;i&gt;!</p>\n', 'Hello Zoë <i>!\n'])
    const unnamed = await read(compose(email, { values: {} }))
    expect([unnamed.subject, unnamed.html, unnamed.text]).toEqual(['For you', '<p>Hello reader!</p>\n', 'Hello reader!\n'])
  })

  it.each([
    ['plain words', 'Lamps at low water'],
    ['German', 'Grüße aus dem Hafen: Ebbe, Flut und was dazwischenliegt, in der Übersicht für Februar'],
    ['Persian with joiners', 'می‌خواهم دربارهٔ دریا و کشتی‌های کوچک بنویسم، هر هفته یک نامه از بندر'],
    ['emoji', '👨‍👩‍👧‍👦 Boats 🏴󠁧󠁢󠁥󠁮󠁧󠁿 '.repeat(9).trim()],
    ['a word of 1,500 characters', 'x'.repeat(1500)],
    ['an encoded-word as text', '=?utf-8?Q?=0D=0ABcc:_e@x.test?='],
    ['merge fields as text', '{{unsubscribeUrl}} {{#each {{{'],
    ['quotes and angle brackets', '"A" <b@x.test>, \\ c'],
  ])('keeps a subject and names of %s', async (_, words) => {
    const message = compose(emailOf({ subject: [{ text: words }] }), { name: words }, { fromName: words })
    expect(breachesOf(message)).toEqual([])
    const parsed = await read(message)
    expect(parsed.subject).toBe(words)
    expect(parsed.from).toMatchObject({ name: words, address: 'letter@harbour.example' })
    expect(parsed.to).toMatchObject([{ name: words, address: 'ada@reader.example' }])
  })

  it('never splits what a reader sees as one character over two encoded-words', () => {
    const family = '👨‍👩‍👧‍👦'
    const subject = header(compose(emailOf({ subject: [{ text: family.repeat(20) }] })), 'Subject') ?? ''
    const words = subject.split(' ').map(word => Buffer.from(word.slice('=?utf-8?B?'.length, -2), 'base64').toString('utf8'))
    expect(words.length).toBeGreaterThan(5)
    for (const word of words) expect(word.replaceAll(family, '')).toBe('')
  })

  it('lets no line break in a name or subject open a header of its own', () => {
    const attack = 'A\r\nBcc: e@x.test\r\n\r\n<b>body</b>'
    const message = compose(emailOf({ subject: [{ text: attack }] }), { name: attack }, { fromName: attack })
    expect(breachesOf(message)).toEqual([])
    expect(header(message, 'Bcc')).toBeUndefined()
    expect(header(message, 'Subject')).toBe('A Bcc: e@x.test <b>body</b>')
  })

  it('takes characters out of names that would reorder or hide what stands beside them', async () => {
    const parsed = await read(compose(emailOf(), { name: 'A\u202Egnp.exe\u2066\u0000\uD800\uFEFF B' }))
    expect(parsed.to?.[0]?.name).toBe('Agnp.exe B')
  })

  it('brings lines of dots, lone CRs and trailing blanks to the reader as they are', async () => {
    const text = '.\n..\n.hidden\nFrom here on \t\nend=\n\n'
    const message = compose(emailOf({ text: [{ text }], html: [{ text: `<pre>${text}</pre>` }] }))
    expect(breachesOf(message)).toEqual([])
    const parsed = await read(message)
    expect(parsed.text).toBe(text)
    expect(parsed.html).toBe(`<pre>${text}</pre>`)
    const carriageReturn = splitMessage(compose(emailOf({ text: [{ text: 'one\rtwo' }] }))).parts[0]?.body
    expect(carriageReturn).toBe('one=0Dtwo')
  })

  it.each([
    'a@x.test, b@evil.test',
    'a@x.test\r\nRCPT TO:<e@x.test>',
    'a@x.test> <b@evil.test',
    '"a@evil"@x.test',
    'jürgen@x.test',
    'a@x_y.test/z.test',
    'a@127.0.0.1',
    'a@[127.0.0.1]',
    'no-at-sign',
    'a..b@x.test',
    `${'a'.repeat(65)}@x.test`,
    '',
  ])('refuses the address %j', address => {
    expect(() => compose(emailOf(), { address })).toThrow(UserError)
    expect(() => compose(emailOf(), {}, { fromAddress: address })).toThrow(UserError)
    expect(() => compose(emailOf(), {}, { replyTo: address })).toThrow(UserError)
  })

  it('writes a domain beyond ASCII in punycode', () => {
    expect(header(compose(emailOf(), { name: null, address: 'post@Bücher.example' }), 'To')).toBe('post@xn--bcher-kva.example')
  })
})

describe('composeMessage() for one relay or one purpose', () => {
  const unsubscribing = { values: { unsubscribeUrl: 'https://letter.harbour.example/u/test' } }

  it('promises one click unless the link unsubscribes nobody', () => {
    expect(header(compose(emailOf(), unsubscribing), 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
    const test = compose(emailOf(), unsubscribing, { kind: 'test' })
    expect(header(test, 'List-Unsubscribe-Post')).toBeUndefined()
    expect(header(test, 'List-Unsubscribe')).toBe('<https://letter.harbour.example/u/test>')
  })

  it('writes a local part beyond ASCII into To only for a relay with SMTPUTF8', async () => {
    const address = 'jürgen@bücher.example'
    expect(() => compose(emailOf(), { address })).toThrow(UserError)
    const message = compose(emailOf(), { address, name: 'Jürgen' }, { smtputf8: true })
    expect((await read(message)).to).toEqual([{ address: 'jürgen@xn--bcher-kva.example', name: 'Jürgen' }])
    expect(() => compose(emailOf(), {}, { smtputf8: true, fromAddress: address })).toThrow(UserError)
  })
})
