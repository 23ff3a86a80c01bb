import { describe, expect, it } from 'vitest'
import { checkAddress, normalDomain } from '../../src/message/check-address.ts'

describe('checkAddress()', () => {
  it.each([
    ['ada@reader.example', 'ada@reader.example'],
    ['Ada.L+news@Reader.Example', 'Ada.L+news@reader.example'],
    ['post@bücher.example', 'post@xn--bcher-kva.example'],
    ['post@bu\u0308cher.example', 'post@xn--bcher-kva.example'],
    ['post@exa\u00ADmple.test', 'post@example.test'],
    ['post@раypal.example', 'post@xn--ypal-43d9g.example'],
    ["o'brien&co@reader.example", "o'brien&co@reader.example"],
  ])('brings %j into the form %j', (text, address) => expect(checkAddress(text)).toEqual({ kind: 'address', address }))

  it('says why it refuses a part before the @ that is not ASCII', () => {
    expect(checkAddress('jürgen@bücher.example')).toMatchObject({ kind: 'refused', reason: expect.stringContaining('plain ASCII') })
  })

  it.each([
    'a b@x.test',
    ' a@x.test',
    'a@x.test ',
    'a@x.test\n',
    'a@',
    '@x.test',
    'a@x',
    'a@.test',
    'a@x..test',
    'a@-x.test',
    'a@x.test.',
    'a@127.1',
    `a@${'x'.repeat(64)}.test`,
    `a@${'x.'.repeat(130)}test`,
    'a@x.test%0a',
    'a@x.test#b',
    'a@b@x.test',
  ])('refuses %j', text => expect(checkAddress(text).kind).toBe('refused'))
})

describe('checkAddress() for a relay that takes letters beyond ASCII', () => {
  const check = (text: string) => checkAddress(text, { beyondAscii: true })

  it.each([
    ['jürgen@bücher.example', 'jürgen@xn--bcher-kva.example'],
    ['علی@آزمایشی.example', 'علی@xn--hgbk6aj7f53bba.example'],
    ['ada@reader.example', 'ada@reader.example'],
  ])('brings %j into the form %j', (text, address) => expect(check(text)).toEqual({ kind: 'address', address }))

  it.each([
    'ju\u0308rgen@x.test',
    '\u212aarl@x.test',
    'a\u202eb@x.test',
    'a\u200bb@x.test',
    'a\u00a0b@x.test',
    'a\u2028b@x.test',
    'a\ud800b@x.test',
    '<ü>@x.test',
    'ü@x.test\r\nRCPT TO:<e@x.test>',
    'ü@x.test, b@evil.test',
    `${'ü'.repeat(33)}@x.test`,
  ])('refuses %j', text => expect(check(text).kind).toBe('refused'))
})

describe('normalDomain()', () => {
  it('takes no address of a machine for a domain', () => {
    expect(['127.0.0.1', '0x7f.1', '[::1]', '2130706433'].map(normalDomain)).toEqual([null, null, null, null])
  })
})
