import { describe, expect, it } from 'vitest'
import { compileMessage } from '../../src/message/compile-message.ts'
import { wholeMessage } from '../../src/message/compose-message.ts'
import { createSigner, type MessageSigner } from '../../src/message/dkim.ts'
import type { MessageSettings } from '../../src/message/message-settings.ts'
import { recipientLinks } from '../../src/message/recipient-links.ts'
import { parseSecret } from '../../src/message/secret-keys.ts'
import { goodEmail } from '../inspect/built-email.ts'
import { brokenRules } from './message-rules.ts'
import type { Expectation } from './rules-of-headers.ts'
import { keyOf } from './secret-of.ts'
import { makeRsaKey } from './signing-keys.ts'

const key = makeRsaKey()
const secret = keyOf('a')
const { email } = goodEmail
const settings: MessageSettings = {
  kind: 'edition',
  fromName: 'The Tidewater Letter',
  fromAddress: 'letter@tidewater.example',
  replyTo: 'editor@tidewater.example',
  list: { name: 'The Tidewater Letter', id: 'letter' },
  unsubscribeEmail: 'stop@tidewater.example',
  date: '2026-02-09T08:00:00.000Z',
}
const places = { publicUrl: 'https://letter.example', list: 'letter', edition: email.edition }
const expected: Expectation = {
  domain: 'tidewater.example',
  address: 'ada@reader.example',
  list: 'letter',
  subscriber: { id: 12, secret },
  sentAt: new Date('2026-02-09T20:00:00Z'),
  postalAddress: goodEmail.context.sender.address ?? '',
  envelope: { from: 'bounces+1.0@tidewater.example', to: ['ada@reader.example'] },
}
const signer = createSigner({
  domain: 'tidewater.example',
  selector: 's',
  privateKeyPem: key.privateKeyPem,
  fromDomain: 'tidewater.example',
})

function compose({ name = 'Zoë', by = null as MessageSigner | null, subscriber = 12 } = {}): Uint8Array {
  const values = { name, email: 'ada@reader.example', ...recipientLinks(places, parseSecret(secret), { subscriber, epoch: 1 }) }
  const recipient = { name, address: 'ada@reader.example', values, delivery: 1 }
  return wholeMessage(compileMessage(email, settings, by).compose(recipient))
}

const good = Buffer.from(compose()).toString('latin1')

/** The message with one piece of its bytes replaced. Throws where that changes nothing. */
function changed(from: string | RegExp, to: string, message = good): Uint8Array {
  const result = message.replace(from, () => to)
  if (result === message) throw new Error(`${from} does not stand in the message`)
  return Buffer.from(result, 'latin1')
}

/** The message with a part decoded, changed, and encoded again in base64. */
function changedPart(type: 'plain' | 'html', from: string | RegExp, to: string): Uint8Array {
  const part = new RegExp(
    `(Content-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: )quoted-printable\r\n\r\n([\\s\\S]*?)(?=\r\n--=_)`,
  )
  const [, head = '', body = ''] = part.exec(good) ?? []
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  const content = Buffer.from(bytes, 'latin1').toString('utf8')
  const other = content.replace(from, () => to)
  if (other === content) throw new Error(`${from} does not stand in the ${type} part`)
  const base64 = Buffer.from(other, 'utf8').toString('base64').replace(/.{76}/g, '$&\r\n')
  return changed(part, `${head}base64\r\n\r\n${base64}`)
}

describe('brokenRules()', () => {
  it('finds nothing in a message in order, unsigned and signed', () => {
    expect(brokenRules(compose(), expected)).toEqual([])
    expect(brokenRules(compose({ by: signer }), { ...expected, dkimKey: key.publicKey })).toEqual([])
  })

  it.each<[string, Uint8Array]>([
    ['1: 2 headers subject', changed('Subject:', 'Subject: x\r\nSubject:')],
    ['1: 0 headers date', changed(/Date: .*\r\n/, '')],
    ['1: From is not one mailbox', changed('<letter@tidewater.example>', '<letter@evil.example>')],
    ['1: From is not one mailbox', changed('<letter@tidewater.example>', '<a@tidewater.example>, <b@tidewater.example>')],
    ['2: Date does not parse', changed('09 Feb 2026', '31 Fub 2026')],
    ['2: Date is more than a day off', changed('09 Feb 2026', '07 Feb 2026')],
    ['2: Message-ID is not one of', changed(/(?<=Message-ID: <[^@]*)@tidewater/, '@localhost')],
    ['3: a bare CR or LF', changed('Precedence: bulk\r\n', 'Precedence: bulk\n')],
    ['3: a NUL', changed('Precedence: bulk', 'Precedence: bu\0lk')],
    ['3: a line of 1', changed('Precedence: bulk', `Precedence: ${'x'.repeat(1000)}`)],
    ['3: a header line that is not folded', changed('Precedence: bulk', `Precedence: ${'bulk '.repeat(20)}bulk`)],
    ['4: 8-bit bytes in from', changed('From: The', 'From: Th\u00e9')],
    ['4: an encoded-word of', changed('Subject: How', `Subject: =?utf-8?Q?${'x'.repeat(70)}?= How`)],
    ['4: an encoded-word inside of an address', changed('<ada@reader.example>', '<=?utf-8?Q?ada?=@reader.example>')],
    ['5: a control or an override in subject', changed('Subject: How', 'Subject: =?utf-8?Q?=E2=80=AE?= How')],
    ['5: a control or an override in from', changed('From: The', 'From: =?utf-8?B?DQo=?= The')],
    ['6: not multipart/alternative', changed('multipart/alternative', 'multipart/mixed')],
    [
      '6: the parts are text/html,text/plain',
      changed(/text\/plain([\s\S]*)text\/html/, `text/html${/text\/plain([\s\S]*)text\/html/.exec(good)?.[1]}text/plain`),
    ],
    ['6: text/html has the charset ""', changed('text/html; charset=utf-8', 'text/html')],
    ['6: text/plain does not decode', changed(/(?<=quoted-printable\r\n\r\n)/, '=ZZ')],
    ['6: text/plain does not decode', changed(/(?<=quoted-printable\r\n\r\n)/, '=C3')],
    ['6: a quoted-printable line over 76', changed(/(?<=quoted-printable\r\n\r\n)/, `${'x'.repeat(77)}=\r\n`)],
    ['6: the last boundary is missing', changed(/--=_[^\r]*--\r\n$/, '')],
    ['7: the text part is empty', changedPart('plain', /[\s\S]*/, '\r\n')],
    ['7: the links differ', changedPart('plain', '/blog/', '/others/')],
    ['7: the links differ', changedPart('plain', /$/, 'https://tidewater.example/more\r\n')],
    [
      '7: the text part is wrapped by hand',
      changedPart('plain', /^/, `${'one after another the words stand on lines of nearly equal length in it\r\n'.repeat(3)}\r\n`),
    ],
    ['8: 0 headers list-unsubscribe-post', changed(/List-Unsubscribe-Post: .*\r\n/, '')],
    ['8: List-Unsubscribe has not first and only one https', changed('<https://letter.example/', '<http://letter.example/')],
    ['8: List-Unsubscribe has another URI', changed('<mailto:', '<tel:')],
    ['8: List-Id has not its form', changed('<letter.tidewater.example>', 'letter')],
    ['8: Feedback-ID has more than four fields', changed('Feedback-ID: ', 'Feedback-ID: a:')],
    ['8: precedence more than once', changed('Precedence:', 'Precedence: list\r\nPrecedence:')],
    ['9: the token of', compose({ subscriber: 13 })],
    ['9: no visible link in the HTML unsubscribes', changedPart('html', '>Unsubscribe<', '><')],
    ['9: no link in the text part unsubscribes', changedPart('plain', '/unsubscribe/', '/')],
    ['9: no postal address in the HTML: 8000-076 Faro', changedPart('html', '8000-076 Faro', 'Faro')],
    ['9: no postal address in the text part: 8000-076 Faro', changedPart('plain', '8000-076 Faro', 'Faro')],
    ['10: signed, and nobody said so', compose({ by: signer })],
    ['11: To is eve@', changed('<ada@reader.example>', '<eve@reader.example>')],
    ['11: RCPT is', changed('<ada@reader.example>', '<eve@reader.example>')],
    ['11: bcc is not ours', changed('Subject:', 'Bcc: e@x.test\r\nSubject:')],
    ['11: received is not ours', changed('Subject:', 'Received: from x\r\nSubject:')],
    ['12: the HTML has', changedPart('html', '</body>', `${'<p>more</p>'.repeat(10_000)}</body>`)],
    ['12: no lang', changedPart('html', ' lang="en"', '')],
    ['12: no dir', changedPart('html', ' dir="ltr"', '')],
    ['12: no title', changedPart('html', /<title>[^<]*/, '<title>')],
    ['12: a script', changedPart('html', '</body>', '<script>1</script></body>')],
    ['12: onclick on a', changedPart('html', '<a ', '<a onclick="x" ')],
    ['12: href="javascript:', changedPart('html', /href="https/, 'href="javascript:https')],
    ['12: a link to "#top"', changedPart('html', '</body>', '<a href="#top">x</a></body>')],
    ['12: a link to "/x"', changedPart('html', '</body>', '<a href="/x">x</a></body>')],
    ['12: an image from "http:', changedPart('html', 'src="https:', 'src="http:')],
    ['12: an image without width', changedPart('html', '</body>', '<img src="https://x.test/a.png" alt=""></body>')],
    ['12: an image without alt', changedPart('html', '</body>', '<img src="https://x.test/a.png" width="1"></body>')],
    ['13: {{name stands', changedPart('html', '</body>', 'Dear {{name}}</body>')],
    ['13: undefined stands', changedPart('plain', /^/, 'undefined ')],
    ['13: localhost stands', changed('Subject: How', 'Subject: localhost How')],
    ['13: http://localhost/', changedPart('html', '</body>', '<a href="http://localhost/">x</a></body>')],
    ['13: ndAbCdEfGhIjKlMnOpm3e', changedPart('html', '</body>', 'ndAbCdEfGhIjKlMnOpm3e</body>')],
    ['14: the subject has', changed('Subject: How', `Subject: ${'long '.repeat(15)}`)],
    ['14: the subject is in capitals', changed(/Subject: .*/, 'Subject: BUY NOW')],
    ['14: the preheader has 0', changedPart('html', 'display:none;font-size:1px', '')],
  ])('says "%s" of a message that breaks it', (said, message) => {
    expect(brokenRules(message, expected).join('\n')).toContain(said)
  })

  it.each<[string, Partial<Expectation>]>([
    ['2: Message-ID changed', { messageId: '<x@tidewater.example>' }],
    ['9: the token of', { subscriber: { id: 12, secret: keyOf('b') } }],
    ['9: the token of', { list: 'other' }],
    ['10: the signature fails', { dkimKey: makeRsaKey().publicKey }],
    ['11: RCPT is', { envelope: { from: 'x@y.test', to: ['ada@reader.example', 'eve@reader.example'] } }],
    ['11: the return path is empty', { envelope: { from: '', to: ['ada@reader.example'] } }],
    ["13: Ada@reader.example is somebody else's", { strangers: ['Ada@reader.example'] }],
  ])('says "%s" where something else was expected', (said, changes) => {
    expect(brokenRules(compose({ by: signer }), { ...expected, dkimKey: key.publicKey, ...changes }).join('\n')).toContain(said)
  })

  it('says what a signature leaves out', () => {
    const partly = createSigner({
      domain: 'tidewater.example',
      selector: 's',
      privateKeyPem: key.privateKeyPem,
      fromDomain: 'tidewater.example',
      replacedByRelay: ['Date', 'List-Unsubscribe-Post'],
    })
    expect(brokenRules(compose({ by: partly }), { ...expected, dkimKey: key.publicKey })).toEqual([
      '8: list-unsubscribe-post is not signed',
      '10: date is not signed',
      '10: list-unsubscribe-post is not signed',
    ])
  })

  it('lets a placeholder stand that somebody wrote', () => {
    const message = changedPart('html', '</body>', 'Dear {{name}}</body>')
    expect(brokenRules(message, { ...expected, ownWords: 'How {{name}} works' })).toEqual([])
  })
})
