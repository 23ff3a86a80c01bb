import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLinkToken, type LinkClaim, type LinkPurpose, readLinkToken } from '../../src/message/link-token.ts'
import { keyOf, secretOf } from './secret-of.ts'

const now = new Date('2026-02-09T08:00:00Z')
const secret = secretOf('a')
const claim: LinkClaim = { purpose: 'unsubscribe', list: 'digest', subscriber: 4711, epoch: 3 }
const read = (token: string, { keys = secret, purpose = 'unsubscribe' as LinkPurpose, at = now } = {}) =>
  readLinkToken(token, keys, { purpose, now: at })

const anyClaim: fc.Arbitrary<LinkClaim> = fc
  .record({
    purpose: fc.constantFrom('unsubscribe' as const, 'preferences' as const),
    list: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter(text => text.isWellFormed() && Buffer.byteLength(text) <= 255),
    subscriber: fc.maxSafeNat(),
    epoch: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  })
  .chain(
    ({ purpose, ...rest }): fc.Arbitrary<LinkClaim> =>
      fc.oneof(
        fc.constant<LinkClaim>({ purpose, ...rest }),
        fc
          .integer({ min: now.getTime() / 1000 + 1, max: 2 ** 32 - 1 })
          .map((seconds): LinkClaim => ({ purpose: 'confirm', ...rest, expires: new Date(seconds * 1000) })),
      ),
  )

describe('createLinkToken() and readLinkToken()', () => {
  it('give back every claim', () => {
    fc.assert(
      fc.property(anyClaim, each => {
        const token = createLinkToken(each, secret)
        expect(token).toMatch(/^[\w-]+$/)
        expect(read(token, { purpose: each.purpose })).toEqual({ kind: 'valid', claim: each })
      }),
    )
  })

  it('write the fields that the protocol names, in its order, and 128 bits of HMAC-SHA-256 over all of them', () => {
    const bytes = Buffer.from(createLinkToken(claim, secret), 'base64url')
    const derive = (text: string) => createHmac('sha256', keyOf('a')).update(`news-digest/1/${text}`).digest()
    const fields = Buffer.concat([
      Buffer.of(1),
      derive('id').subarray(0, 4),
      Buffer.of(0, 6),
      Buffer.from('digest'),
      Buffer.from('00000000001267', 'hex'),
      Buffer.from('00000003', 'hex'),
    ])
    const mac = createHmac('sha256', derive('key/unsubscribe')).update(fields).digest().subarray(0, 16)
    expect(bytes.toString('hex')).toBe(Buffer.concat([fields, mac]).toString('hex'))
  })

  it('take an unsubscribe token for ever, and after the key was changed for as long as the old one is kept', () => {
    const token = createLinkToken(claim, secret)
    const rotated = secretOf('c', 'b', 'a')
    expect(read(token, { keys: rotated, at: new Date('2226-01-01T00:00:00Z') })).toEqual({ kind: 'valid', claim })
    expect(read(token, { keys: secretOf('c', 'b') })).toEqual({ kind: 'invalid' })
    expect(createLinkToken(claim, rotated)).toBe(createLinkToken(claim, secretOf('c')))
  })

  it('let no purpose be had with a token of another', () => {
    const purposes: LinkPurpose[] = ['unsubscribe', 'preferences', 'confirm']
    const worth = purposes.map(purpose => {
      const token = createLinkToken(
        purpose === 'confirm' ? { ...claim, purpose, expires: new Date(now.getTime() + 1000) } : { ...claim, purpose },
        secret,
      )
      return purposes.map(other => read(token, { purpose: other }).kind)
    })
    expect(worth).toEqual([
      ['valid', 'invalid', 'invalid'],
      ['invalid', 'valid', 'invalid'],
      ['invalid', 'invalid', 'valid'],
    ])
  })

  it('let no purpose be had by writing it over that of a token', () => {
    const bytes = Buffer.from(createLinkToken(claim, secret), 'base64url')
    bytes[5] = 1
    expect(read(bytes.toString('base64url'), { purpose: 'preferences' })).toEqual({ kind: 'invalid' })
  })

  it('end a confirmation at its instant, and say so', () => {
    const expires = new Date('2026-02-12T08:00:00Z')
    const token = createLinkToken({ ...claim, purpose: 'confirm', expires }, secret)
    expect(read(token, { purpose: 'confirm', at: new Date('2026-02-12T07:59:59.999Z') }).kind).toBe('valid')
    expect(read(token, { purpose: 'confirm', at: expires })).toMatchObject({ kind: 'expired', claim: { subscriber: 4711 } })
  })

  it('refuse a token with any one bit changed', () => {
    const token = createLinkToken(claim, secret)
    const bytes = Buffer.from(token, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(read(changed.toString('base64url'))).toEqual({ kind: 'invalid' })
    }
    expect(read(token).kind).toBe('valid')
  })

  it('refuse every other writing of a token, cut off ones, and text that is none', () => {
    const token = createLinkToken(claim, secret)
    for (const text of [
      '',
      ' ',
      token.slice(0, -1),
      `${token}A`,
      `${token}=`,
      ` ${token}`,
      `${token}.`,
      token.toLowerCase(),
      token.toUpperCase(),
      'x'.repeat(1e5),
      '__proto__',
      '\u0000',
      'ü',
    ])
      expect(read(text), text.slice(0, 80)).toEqual({ kind: 'invalid' })
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), bytes => read(Buffer.from(bytes).toString('base64url')).kind === 'invalid'))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => read(text).kind === 'invalid'))
  })

  it.each([-1, 1.5, 2 ** 53, Number.NaN])('make no token for the subscriber %d', subscriber => {
    expect(() => createLinkToken({ ...claim, subscriber }, secret)).toThrow()
  })

  it.each([-1, 2 ** 32, 0.5])('make no token of the epoch %d that could be taken for another', epoch => {
    expect(() => createLinkToken({ ...claim, epoch }, secret)).toThrow()
  })

  it('make no token for a list without an id or with too long a one', () => {
    for (const list of ['', 'x'.repeat(256)]) expect(() => createLinkToken({ ...claim, list }, secret)).toThrow()
  })
})
