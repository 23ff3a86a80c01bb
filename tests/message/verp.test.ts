import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAddress } from '../../src/message/check-address.ts'
import { readVerp, verpAddress } from '../../src/message/verp.ts'
import { secretOf } from './secret-of.ts'

const secret = secretOf('a')
const address = verpAddress('bounces@harbour.example', 4711, secret)

describe('verpAddress() and readVerp()', () => {
  it('give back every delivery, in whatever case the address returns', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.boolean(), (delivery, loud) => {
        const made = verpAddress('bounces@harbour.example', delivery, secret)
        expect(checkAddress(made)).toEqual({ kind: 'address', address: made })
        expect(readVerp(loud ? made.toUpperCase() : made, secret)).toBe(delivery)
      }),
    )
  })

  it('keep the mailbox in front of the + and its domain, so that one mailbox takes them all', () => {
    expect(address).toMatch(/^bounces\+[0-9a-z]+\.[0-9a-f]{16}@harbour\.example$/)
  })

  it('refuse an address with any character behind the + changed', () => {
    const from = address.indexOf('+') + 1
    for (let at = from; at < address.indexOf('@'); at++)
      for (const character of ['0', 'f', '.', 'z'].filter(each => each !== address[at]))
        expect(readVerp(address.slice(0, at) + character + address.slice(at + 1), secret)).toBeNull()
  })

  it.each(['', 'bounces@harbour.example', 'bounces+12@harbour.example', 'bounces+12.0000000000000000@harbour.example', '+.@', '\u0000'])(
    'find no delivery in %j',
    text => expect(readVerp(text, secret)).toBeNull(),
  )

  it('go on working after the key was changed, for as long as the old one is kept', () => {
    expect(readVerp(address, secretOf('b', 'a'))).toBe(4711)
    expect(readVerp(address, secretOf('b'))).toBeNull()
  })

  it.each(['x@y', 'two words@harbour.example', `${'b'.repeat(40)}@harbour.example`])('refuse %j as the address of bounces', bounces => {
    expect(() => verpAddress(bounces, 2 ** 53 - 1, secret)).toThrow(expect.objectContaining({ code: 'address-invalid' }))
  })
})
