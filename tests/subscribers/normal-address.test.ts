import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalAddress } from '../../src/subscribers/normal-address.ts'

describe('normalAddress()', () => {
  it.each([
    ['Ada@Reader.Example', 'ada@reader.example'],
    ['  ada@reader.example\t', 'ada@reader.example'],
    ['jürgen@bücher.example', 'jürgen@xn--bcher-kva.example'],
    ['JÜRGEN@BÜCHER.example', 'jürgen@xn--bcher-kva.example'],
    ['ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
    // Cyrillic а in the domain: another domain, and shown as such.
    ['ada@pаypal.example', 'ada@xn--pypal-4ve.example'],
  ])('makes of %j %j', (given, address) => {
    expect(normalAddress(given)).toEqual({ kind: 'address', address, original: given.trim(), domain: address.split('@')[1] })
  })

  it.each([
    'a@x.test, b@evil.test',
    'a@x.test\r\nRCPT TO:<e@x.test>',
    'a@x.test> <b@evil.test',
    '"a@evil"@x.test',
    'ada@exam\u00adple.com',
    'ada@exam\u200dple.com',
    'a\u0000da@example.com',
    'ada@example',
    'ada@[127.0.0.1]',
    'ada',
    '',
    '=ada@reader.example@',
  ])('refuses %j', given => {
    expect(normalAddress(given)).toEqual({ kind: 'refused', reason: expect.any(String) })
  })

  it('is its own normal form, whatever it was made of', () => {
    const local = fc.string({ unit: fc.constantFrom('a', 'Z', 'İ', 'ß', 'é', 'É', 'Σ', '.', '+', '1', 'K'), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(local, fc.constantFrom('x.test', 'BÜCHER.example', 'İ.example'), (name, domain) => {
        const once = normalAddress(`${name}@${domain}`)
        if (once.kind === 'refused') return
        expect(normalAddress(once.address)).toMatchObject({ kind: 'address', address: once.address })
        expect(once.address).toMatch(/^[^@\s]+@[a-z0-9.-]+$/)
      }),
    )
  })
})
