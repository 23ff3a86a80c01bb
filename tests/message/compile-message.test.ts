import fc from 'fast-check'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { type ComposedMessage, compileMessage } from '../../src/message/compile-message.ts'
import { composeMessage, wholeMessage } from '../../src/message/compose-message.ts'
import { createSigner } from '../../src/message/dkim.ts'
import { dotStuff } from '../../src/message/dot-stuff.ts'
import type { MessageRecipient } from '../../src/message/message-recipient.ts'
import type { MessageSettings } from '../../src/message/message-settings.ts'
import type { Email, MergeFieldName, Segment } from '../../src/render/email.ts'
import { cleaned, composeAfresh, expectContent } from './compose-afresh.ts'
import { emailOf } from './email-of.ts'
import { hostileText } from './hostile.ts'
import { breachesOf, splitMessage } from './raw-message.ts'
import { makeRsaKey } from './signing-keys.ts'
import { verifyDkim } from './verify-dkim.ts'

const settings: MessageSettings = {
  kind: 'edition',
  fromName: 'The Harbour Letter',
  fromAddress: 'letter@harbour.example',
  replyTo: null,
  list: { name: 'The Harbour Letter', id: 'letter' },
  unsubscribeEmail: null,
  date: '2026-02-09T08:00:00.000Z',
}
const key = makeRsaKey()
const signer = createSigner({
  domain: 'harbour.example',
  selector: 's',
  privateKeyPem: key.privateKeyPem,
  fromDomain: 'harbour.example',
})

// A CR, a LF or half a character at the edge of a segment would be another thing together with its neighbour; templates end segments inside of tags and words.
const segmentText = hostileText.map(text => `<${text}>`)
const merge = (names: readonly MergeFieldName[], contexts: readonly ('html' | 'attribute' | 'text' | 'url')[]) =>
  fc.record({ merge: fc.constantFrom(...names), context: fc.constantFrom(...contexts), fallback: hostileText })
const segment: fc.Arbitrary<Segment> = fc.oneof(
  segmentText.map(text => ({ text })),
  merge(['name', 'email'], ['html', 'attribute', 'text']),
  merge(['unsubscribeUrl', 'viewUrl'], ['url']).map(each => ({ ...each, fallback: '' })),
)
const segments = fc.array(segment, { maxLength: 8 })
const anyEmail: fc.Arbitrary<Email> = fc.record({ subject: segments, html: segments, text: segments }).map(emailOf)
const url = fc.oneof(
  fc.stringMatching(/^[\w-]{0,120}$/).map(token => `https://post.harbour.example/unsubscribe/${token}`),
  fc.constantFrom('javascript:alert(1)', '', 'data:text/html,x', '//evil.test/'),
)
const anyRecipient: fc.Arbitrary<MessageRecipient> = fc.record({
  name: fc.option(hostileText),
  address: fc.constantFrom('ada@reader.example', 'b.o+news@gull.example'),
  values: fc.record({ name: hostileText, email: hostileText, unsubscribeUrl: url, viewUrl: url }, { requiredKeys: [] }),
  delivery: fc.maxSafeNat(),
})

/** RFC 2045 §6.7, once more. */
function decodeQuotedPrintable(body: string): string {
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

async function expectRight(message: ComposedMessage, email: Email, recipient: MessageRecipient, fromName: string): Promise<void> {
  const whole = wholeMessage(message)
  expect(whole.length).toBe(message.length)
  expect(dotStuff(whole)).toBe(whole)
  expect(breachesOf(whole)).toEqual([])
  const expected = expectContent(email, recipient.values)
  expect(splitMessage(whole).parts.map(part => decodeQuotedPrintable(part.body))).toEqual([expected.text, expected.html])
  const [ours, afresh] = await Promise.all([
    PostalMime.parse(whole),
    PostalMime.parse(composeAfresh(email, recipient, { name: fromName, address: settings.fromAddress })),
  ])
  // postal-mime treats line breaks in one encoding otherwise than in the other; the bytes were compared above.
  const lines = (body: string | undefined) => (body ?? '').replaceAll('\r', '').trimEnd()
  const read = ({ subject, from, to, text, html }: typeof ours) => ({
    subject: subject ?? '',
    from,
    to,
    text: lines(text),
    html: lines(html),
  })
  expect(read(ours)).toEqual(read(afresh))
  expect(ours.subject ?? '').toBe(expected.subject)
  expect(ours.to).toEqual([{ address: recipient.address, name: cleaned(recipient.name ?? '') }])
}

describe('compileMessage()', () => {
  it('composes what composing afresh gives, whatever stands in the edition, the names and the values', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEmail,
        fc.array(anyRecipient, { minLength: 1, maxLength: 3 }),
        hostileText,
        async (email, recipients, fromName) => {
          const compiled = compileMessage(email, { ...settings, fromName })
          for (const recipient of recipients) await expectRight(compiled.compose(recipient), email, recipient, fromName)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('composes the same with a signature in front, which two verifiers pass', async () => {
    await fc.assert(
      fc.asyncProperty(anyEmail, anyRecipient, hostileText, async (email, recipient, fromName) => {
        const changed = { ...settings, fromName }
        const whole = wholeMessage(compileMessage(email, changed, signer).compose(recipient))
        expect(breachesOf(whole)).toEqual([])
        const raw = Buffer.from(whole).toString('latin1')
        expect(raw.replace(/^DKIM-Signature:.*\r\n([ \t].*\r\n)*/, '')).toBe(
          Buffer.from(composeMessage(email, recipient, changed)).toString('latin1'),
        )
        expect(verifyDkim(whole, key.publicKey)).toMatchObject({ kind: 'pass' })
        const { results } = await dkimVerify(Buffer.from(whole), { resolver: async () => [[key.record]] })
        expect(results.map(({ status }) => status.result)).toEqual(['pass'])
      }),
      { numRuns: 150 },
    )
  })

  it('composes for each recipient as if there were no other before', () => {
    fc.assert(
      fc.property(anyEmail, fc.array(anyRecipient, { maxLength: 5 }), (email, recipients) => {
        const compiled = compileMessage(email, settings)
        for (const recipient of [...recipients, ...recipients.toReversed()])
          expect(wholeMessage(compiled.compose(recipient))).toEqual(composeMessage(email, recipient, settings))
      }),
      { numRuns: 100 },
    )
  })

  it('hands on what recipients share and copies none of it', () => {
    const email = emailOf({
      html: [{ text: 'x'.repeat(50_000) }, { merge: 'name', context: 'html', fallback: 'you' }, { text: 'y'.repeat(50_000) }],
    })
    const compiled = compileMessage(email, settings)
    const [ada, bo] = ['Ada', 'Bo'].map(name => compiled.compose({ name, address: 'a@x.test', values: { name } }))
    const large = (message: ComposedMessage | undefined) => (message?.chunks ?? []).filter(chunk => chunk.length > 50_000)
    expect(large(ada)).toHaveLength(2)
    for (const [index, chunk] of large(ada).entries()) expect(large(bo)[index]).toBe(chunk)
  })

  it('dates a message later than the sending where asked to, and changes nothing else', () => {
    const compiled = compileMessage(emailOf(), settings)
    const recipient = { name: 'Ada', address: 'ada@reader.example', values: {} }
    const lines = (date?: Date) =>
      Buffer.from(wholeMessage(compiled.compose(recipient, date)))
        .toString('latin1')
        .split('\r\n')
    const later = lines(new Date('2026-02-11T10:00:00Z'))
    expect(later).toContain('Date: Wed, 11 Feb 2026 10:00:00 +0000')
    expect(later.filter(line => !line.startsWith('Date:'))).toEqual(lines().filter(line => !line.startsWith('Date:')))
  })

  it('gives the Message-ID that stands in the message', () => {
    const message = compileMessage(emailOf(), settings).compose({ name: null, address: 'ada@reader.example', values: {} })
    expect(splitMessage(wholeMessage(message)).headers.find(({ name }) => name === 'Message-ID')?.value).toBe(message.messageId)
  })

  it('refuses addresses of the settings before there is any recipient', () => {
    for (const changes of [{ fromAddress: 'a@x.test\r\nBcc: e@x.test' }, { replyTo: 'a, b@x.test' }, { unsubscribeEmail: 'a@x.test>' }])
      expect(() => compileMessage(emailOf(), { ...settings, ...changes })).toThrow(expect.objectContaining({ code: 'address-invalid' }))
  })
})
