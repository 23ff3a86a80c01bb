import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { compileMessage } from '../../src/message/compile-message.ts'
import { wholeMessage } from '../../src/message/compose-message.ts'
import { createSigner } from '../../src/message/dkim.ts'
import type { MessageSettings } from '../../src/message/message-settings.ts'
import { recipientLinks } from '../../src/message/recipient-links.ts'
import { parseSecret } from '../../src/message/secret-keys.ts'
import { goodEmail } from '../inspect/built-email.ts'
import { cleaned } from './compose-afresh.ts'
import { hostileText } from './hostile.ts'
import { brokenRules } from './message-rules.ts'
import { keyOf } from './secret-of.ts'
import { makeRsaKey } from './signing-keys.ts'

const key = makeRsaKey()
const secret = keyOf('a')
const keys = parseSecret(secret)
const settings: MessageSettings = {
  kind: 'edition',
  fromName: 'The Tidewater Letter',
  fromAddress: 'letter@tidewater.example',
  replyTo: null,
  list: { name: 'The Tidewater Letter', id: 'letter' },
  unsubscribeEmail: 'stop@tidewater.example',
  date: '2026-02-09T08:00:00.000Z',
}
const domain = 'tidewater.example'
// The edition greets by name in HTML and text.
const greeting = (context: 'html' | 'text') => [{ text: 'Dear ' }, { merge: 'name' as const, context, fallback: 'reader' }, { text: ',\n' }]
const html = goodEmail.email.html.flatMap(segment => {
  if (!('text' in segment) || !segment.text.includes('</h1>')) return [segment]
  const at = segment.text.indexOf('</h1>') + '</h1>'.length
  return [{ text: `${segment.text.slice(0, at)}<p>` }, ...greeting('html'), { text: `</p>${segment.text.slice(at)}` }]
})
const email = { ...goodEmail.email, html, text: [...greeting('text'), ...goodEmail.email.text] }
const signer = createSigner({ domain, selector: 's', privateKeyPem: key.privateKeyPem, fromDomain: domain })
const compiled = { unsigned: compileMessage(email, settings), signed: compileMessage(email, settings, signer) }

/** One message of a built edition to somebody of this name, judged by every rule, and read back. */
async function judge(name: string, how: 'unsigned' | 'signed' = 'unsigned') {
  const links = recipientLinks({ publicUrl: 'https://letter.example', list: 'letter', edition: email.edition }, keys, {
    subscriber: 12,
    epoch: 0,
  })
  const address = 'ada@reader.example'
  const message = wholeMessage(compiled[how].compose({ name, address, values: { name, email: address, ...links }, delivery: 1 }))
  const broken = brokenRules(message, {
    domain,
    address,
    list: 'letter',
    subscriber: { id: 12, secret },
    ownWords: cleaned(name),
    ...(how === 'signed' ? { dkimKey: key.publicKey } : {}),
  })
  return { broken, message, parsed: await PostalMime.parse(message) }
}

describe('a message of a built edition to somebody of a hostile name', () => {
  it.each([
    ['that would open a header', 'A\r\nBcc: e@x.test', 'A Bcc: e@x.test'],
    ['that is a merge field', '{{secret}}', '{{secret}}'],
    ['that is half of one', '{{#each', '{{#each'],
    ['that is a tag', '<img src=x onerror=1>', '<img src=x onerror=1>'],
    ['that closes an attribute', '"><script>', '"><script>'],
    ['that is an encoded-word', '=?utf-8?Q?=0D=0A?=', '=?utf-8?Q?=0D=0A?='],
    ['that runs backwards', 'Ada\u202Eadress', 'Adaadress'],
    ['with a NUL and half a character', 'A\0d\uD800a', 'Ada'],
    ['in Persian, its joiners kept', 'می‌خواهم', 'می‌خواهم'],
    ['with an emoji of many, its joiners kept', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['of 1,500 characters', 'x'.repeat(1500), 'x'.repeat(1500)],
    ['that every object has', '__proto__', '__proto__'],
    ['that every object has, too', 'constructor', 'constructor'],
    ['that is a dot', '.', '.'],
    ['that is two', '..', '..'],
  ])('%s keeps every rule, and says what the name says', async (_, name, shown) => {
    for (const how of ['unsigned', 'signed'] as const) {
      const { broken, parsed } = await judge(name, how)
      expect(broken).toEqual([])
      expect(parsed.to).toEqual([{ address: 'ada@reader.example', name: shown }])
      expect(parsed.headers.map(header => header.key)).not.toContain('bcc')
      expect(parsed.text).toContain(`Dear ${shown},`)
      expect(parsed.html).toContain(`Dear ${shown.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')},`)
    }
  })

  it('keeps every rule whatever the name is', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async name => {
        const { broken } = await judge(name)
        expect(broken).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})
