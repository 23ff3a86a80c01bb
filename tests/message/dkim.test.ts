import { inspect } from 'node:util'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { compileMessage } from '../../src/message/compile-message.ts'
import { wholeMessage } from '../../src/message/compose-message.ts'
import { createSigner, type SigningRequest } from '../../src/message/dkim.ts'
import type { MessageSettings } from '../../src/message/message-settings.ts'
import { emailOf } from './email-of.ts'
import { makeRsaKey, makeUnfitKeys } from './signing-keys.ts'
import { verifyDkim } from './verify-dkim.ts'

const key = makeRsaKey()
const unfit = makeUnfitKeys()
const request: SigningRequest = {
  domain: 'harbour.example',
  selector: 'news2026',
  privateKeyPem: key.privateKeyPem,
  fromDomain: 'harbour.example',
}
const settings: MessageSettings = {
  kind: 'edition',
  fromName: 'The Harbour Letter',
  fromAddress: 'letter@harbour.example',
  replyTo: 'editor@harbour.example',
  list: { name: 'The Harbour Letter', id: 'letter' },
  unsubscribeEmail: 'stop@harbour.example',
  date: '2026-02-09T08:00:00.000Z',
}
const recipient = {
  name: 'Zoë Ünlü-Ætherton of the Far Outer Breakwater',
  address: 'zoe@reader.example',
  values: { name: 'Zoë', unsubscribeUrl: 'https://post.harbour.example/unsubscribe/abc' },
  delivery: 12,
}
const email = emailOf({
  html: [{ text: '<p>Hello ' }, { merge: 'name', context: 'html', fallback: 'you' }, { text: '</p>\n.\n..\n \n' }],
  text: [{ text: '.\n..\nHello ' }, { merge: 'name', context: 'text', fallback: 'you' }, { text: '\n\rend \n\n\n' }],
})

function signed(changes: Partial<SigningRequest> = {}, date?: Date): Uint8Array {
  return wholeMessage(compileMessage(email, settings, createSigner({ ...request, ...changes })).compose(recipient, date))
}

/** What mailauth says, given this DNS record in place of the network. */
async function judge(message: Uint8Array) {
  const { results } = await dkimVerify(Buffer.from(message), {
    resolver: async (name: string, type: string) =>
      name === 'news2026._domainkey.harbour.example' && type === 'TXT' ? [[key.record]] : [],
  })
  return results
}

function refusal(changes: Partial<SigningRequest>): UserError {
  try {
    createSigner({ ...request, ...changes })
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('it was taken')
}

describe('createSigner()', () => {
  it('signs so that mailauth and a verifier written from the RFC both pass the message', async () => {
    const message = signed()
    expect(verifyDkim(message, key.publicKey)).toMatchObject({ kind: 'pass' })
    const results = await judge(message)
    expect(results.map(({ status }) => ({ ...status }))).toMatchObject([{ result: 'pass', aligned: 'harbour.example' }])
  })

  it('signs every header that a receiver goes by, From once more than it stands, and no length', () => {
    const verdict = verifyDkim(signed(), key.publicKey)
    if (verdict.kind === 'fail') throw new Error(verdict.reason)
    expect(verdict.signedHeaders.filter(name => name === 'from')).toHaveLength(2)
    expect(verdict.signedHeaders).toEqual(
      expect.arrayContaining(
        'from to subject date message-id content-type mime-version list-id list-unsubscribe list-unsubscribe-post reply-to feedback-id'.split(
          ' ',
        ),
      ),
    )
    expect([...verdict.tags.keys()]).toEqual(['v', 'a', 'c', 'd', 's', 't', 'h', 'bh', 'b'])
    expect(verdict.tags.get('t')).toBe(String(Date.parse(settings.date) / 1000))
  })

  it('puts the signature in front, folded like every header', () => {
    const lines = Buffer.from(signed()).toString('latin1').split('\r\n')
    expect(lines[0]).toMatch(/^DKIM-Signature: v=1;/)
    const end = lines.findIndex(line => line.startsWith('From:'))
    expect(end).toBeGreaterThan(3)
    for (const line of lines.slice(0, end)) expect(line.length).toBeLessThanOrEqual(78)
  })

  it('dates the signature like the message', () => {
    const verdict = verifyDkim(signed({}, new Date('2026-02-11T10:00:00Z')), key.publicKey)
    expect(verdict).toMatchObject({ kind: 'pass' })
    expect(verdict.kind === 'pass' && verdict.tags.get('t')).toBe(String(Date.parse('2026-02-11T10:00:00Z') / 1000))
  })

  it.each([
    ['a word of the body', 'Hello', 'Hullo'],
    ['the subject', 'Subject: Tides', 'Subject: Tigers'],
    ['the link that unsubscribes', 'unsubscribe/abc', 'unsubscribe/abd'],
    ['a second From in front', 'DKIM-Signature:', 'From: e@x.test\r\nDKIM-Signature:'],
    ['a second From behind', 'MIME-Version:', 'From: e@x.test\r\nMIME-Version:'],
  ])('is worth nothing once somebody changed %s', async (_, from, to) => {
    const changed = Buffer.from(Buffer.from(signed()).toString('latin1').replace(from, to), 'latin1')
    expect(verifyDkim(changed, key.publicKey).kind).toBe('fail')
    expect((await judge(changed)).map(({ status }) => status.result)).not.toContain('pass')
  })

  it('still passes after a server has folded the headers anew', async () => {
    const refolded = Buffer.from(
      Buffer.from(signed()).toString('latin1').replaceAll('\r\n ', '\r\n\t \t').replace('Subject: ', 'subject:   '),
      'latin1',
    )
    expect(verifyDkim(refolded, key.publicKey).kind).toBe('pass')
    expect((await judge(refolded)).map(({ status }) => status.result)).toEqual(['pass'])
  })

  it('leaves out headers that the relay replaces', () => {
    const verdict = verifyDkim(signed({ replacedByRelay: ['Message-ID', 'Date'] }), key.publicKey)
    expect(verdict.kind === 'pass' && verdict.signedHeaders.filter(name => /date|message-id/.test(name))).toEqual([])
  })

  it.each([
    ['harbour.example', 'news.harbour.example'],
    ['news.harbour.example', 'harbour.example'],
    ['Harbour.Example', 'harbour.example'],
  ])('takes the domain %s for mail from %s', (domain, fromDomain) => {
    expect(() => createSigner({ ...request, domain, fromDomain })).not.toThrow()
  })

  it.each([
    ['a key that is none', { privateKeyPem: 'secret words' }, 'cannot be read'],
    ['a key cut off', { privateKeyPem: key.privateKeyPem.slice(0, 500) }, 'cannot be read'],
    ['no key', { privateKeyPem: '' }, 'cannot be read'],
    ['a key of 1024 bits', { privateKeyPem: makeRsaKey(1024).privateKeyPem }, 'only 1024 bits'],
    ['an Ed25519 key', { privateKeyPem: unfit.ed25519 }, 'Ed25519'],
    ['an elliptic curve', { privateKeyPem: unfit.ec }, 'of the kind ec'],
    ['an RSA-PSS key', { privateKeyPem: unfit.pss }, 'of the kind rsa-pss'],
    ['a key with a passphrase', { privateKeyPem: unfit.locked }, 'passphrase'],
    ['the public half', { privateKeyPem: unfit.public }, 'public key'],
    ['the domain of somebody else', { domain: 'lighthouse.example' }, 'DMARC'],
    ['a domain with the same end', { domain: 'our.example', fromDomain: 'harbour.example' }, 'DMARC'],
    ['a domain that is none', { domain: 'harbour' }, 'DNS record'],
    ['a selector that is none', { selector: 'two words' }, 'DNS record'],
    ['a selector with a line break', { selector: 'a;\r\nx' }, 'DNS record'],
  ])('refuses %s at the start, and repeats nothing of a key', (_, changes: Partial<SigningRequest>, said) => {
    const error = refusal(changes)
    expect(error.code).toBe('dkim-invalid')
    expect(error.message + error.problems[0].hint).toContain(said)
    const pem = changes.privateKeyPem ?? ''
    for (const line of pem.split('\n').filter(each => each.length > 20 && !each.startsWith('--')))
      expect(inspect(error)).not.toContain(line)
    expect(error.problems[0].hint).not.toBe('')
  })

  it('reads a key whose line breaks a CI service has written as \\n', () => {
    expect(() => createSigner({ ...request, privateKeyPem: key.privateKeyPem.replaceAll('\n', '\\n') })).not.toThrow()
  })
})
