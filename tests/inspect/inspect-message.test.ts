import { describe, expect, it } from 'vitest'
import { inspectMessage, type ReceivedMessage, type SendingFacts } from '../../src/inspect/inspect-message.ts'
import { compileMessage } from '../../src/message/compile-message.ts'
import { wholeMessage } from '../../src/message/compose-message.ts'
import { createSigner, type MessageSigner } from '../../src/message/dkim.ts'
import { recipientLinks } from '../../src/message/recipient-links.ts'
import { secretOf } from '../message/secret-of.ts'
import { makeRsaKey } from '../message/signing-keys.ts'
import { goodEmail } from './built-email.ts'

const { email } = goodEmail
const secret = secretOf('a')
const recipient = { address: 'ada@reader.example', subscriber: 12 }
const facts: SendingFacts = {
  email,
  sender: 'letter@tidewater.example',
  publicUrl: 'https://letter.example',
  list: 'letter',
  secret,
  isSigned: false,
  now: new Date('2026-02-09T20:00:00Z'),
}
const signer = createSigner({
  domain: 'tidewater.example',
  selector: 's',
  privateKeyPem: makeRsaKey().privateKeyPem,
  fromDomain: 'tidewater.example',
})

function receive(by: MessageSigner | null = null, { subscriber = 12, list = 'letter' } = {}): ReceivedMessage {
  const links = recipientLinks({ publicUrl: facts.publicUrl, list, edition: email.edition }, secret, { subscriber, epoch: 0 })
  const settings = {
    kind: 'edition' as const,
    fromName: 'The Tidewater Letter',
    fromAddress: facts.sender,
    replyTo: null,
    list: { name: 'The Tidewater Letter', id: 'letter' },
    unsubscribeEmail: null,
    date: '2026-02-09T08:00:00.000Z',
  }
  const message = compileMessage(email, settings, by).compose({
    name: 'Ada',
    address: recipient.address,
    values: { name: 'Ada', ...links },
    delivery: 1,
  })
  return { from: 'bounces+1.0@tidewater.example', to: [recipient.address], eml: wholeMessage(message) }
}

const good = receive()

/** The message with one piece of its bytes replaced. Throws where that changes nothing. */
function withBytes(from: string | RegExp, to: string): ReceivedMessage {
  const before = Buffer.from(good.eml).toString('latin1')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${from} does not stand in the message`)
  return { ...good, eml: Buffer.from(after, 'latin1') }
}

const told = (received: ReceivedMessage, changes: Partial<SendingFacts> = {}) =>
  inspectMessage(received, recipient, { ...facts, ...changes }).map(({ rule, message }) => `${rule}: ${message}`)

describe('inspectMessage()', () => {
  it('finds nothing in a message in order, unsigned and signed', () => {
    expect(told(good)).toEqual([])
    expect(told(receive(signer), { isSigned: true })).toEqual([])
  })

  it.each<[string, ReceivedMessage]>([
    ['message-recipient: it goes to eve@x.test instead of ada@reader.example', { ...good, to: ['eve@x.test'] }],
    ['message-recipient: it goes to ada@reader.example, eve@x.test', { ...good, to: ['ada@reader.example', 'eve@x.test'] }],
    ['message-recipient: it goes to nobody', { ...good, to: [] }],
    ['message-recipient: To says eve@x.test', withBytes('<ada@reader.example>', '<eve@x.test>')],
    ['message-recipient: its return path is empty', { ...good, from: '' }],
    ['message-recipient: its Date is more than a day off', withBytes('09 Feb 2026', '07 Feb 2026')],
    ['message-recipient: the link of List-Unsubscribe is not that of its recipient', receive(null, { subscriber: 13 })],
    ['message-recipient: the link of List-Unsubscribe is not that of its recipient', receive(null, { list: 'other' })],
    ['message-recipient: the part text/plain has no link', withBytes(/Unsubscribe:=20=\r\nhttps/, 'x')],
    ['message-recipient: it has 1 DKIM signatures instead of none', receive(signer)],
    ['message-headers: the message has Subject 2 times', withBytes('Subject:', 'Subject: x\r\nSubject:')],
    ['message-lines: a line of the message does not end in CRLF', withBytes('Precedence: bulk\r\n', 'Precedence: bulk\n')],
    ['message-encoding: a header holds bytes beyond ASCII', withBytes('From: The', 'From: Th\u00e9')],
    ['message-parts: the part text/html is not the one in email.json', withBytes('<title>How', '<title>Why')],
    ['message-sender: From is not letter@tidewater.example', withBytes('<letter@tidewater.example>', '<x@tidewater.example>')],
    ['message-list-headers: List-Unsubscribe-Post does not say', withBytes('List-Unsubscribe=One-Click', 'Yes')],
  ])('says "%s"', (said, received) => expect(told(received).join('\n')).toContain(said))

  it('says what a signature leaves out, and that there is none', () => {
    expect(told(good, { isSigned: true })).toEqual(['message-recipient: it has 0 DKIM signatures instead of one'])
    const partly = Buffer.from(receive(signer).eml).toString('latin1').replace(':date:', ':x-date:')
    expect(told({ ...good, eml: Buffer.from(partly, 'latin1') }, { isSigned: true }).join()).toContain('its DKIM signature leaves out date')
  })
})
