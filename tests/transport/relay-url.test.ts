import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { describeRelay, parseRelayUrl } from '../../src/transport/relay-url.ts'

const refusal = (text: string): UserError => {
  try {
    parseRelayUrl(text)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error(`${text} was let through`)
}

describe('parseRelayUrl()', () => {
  it('reads user, password, host and port, and takes the percent signs off', () => {
    expect(parseRelayUrl('smtp://post%40tide.example:p%40ss%2Fw%3A%C3%BC@smtp.example.com:2525')).toEqual({
      host: 'smtp.example.com',
      port: 2525,
      tls: 'required',
      verify: true,
      login: { user: 'post@tide.example', password: 'p@ss/w:ü' },
      name: null,
    })
  })

  it.each([
    ['smtp://smtp.example.com', 587, 'required', true],
    ['smtps://smtp.example.com', 465, 'implicit', true],
    ['smtps://smtp.example.com:8465/', 8465, 'implicit', true],
    ['smtp://smtp.example.com:465', 465, 'implicit', true],
    ['SMTP://SMTP.Example.COM:25', 25, 'required', true],
    ['smtp://localhost', 25, 'off', true],
    ['smtp://127.0.0.1:1025', 1025, 'off', true],
    ['smtp://[::1]:1025', 1025, 'off', true],
    ['smtp://localhost:1025?tls=required', 1025, 'required', true],
    ['smtp://localhost:1025?tls=required&tls-verify=off', 1025, 'required', false],
    ['smtps://localhost?tls-verify=off', 465, 'implicit', false],
    ['smtp://mailpit:1025?tls=off', 1025, 'off', true],
    ['smtp://smtp.example.com?tls=opportunistic', 587, 'opportunistic', false],
    ['smtp://u:p@smtp.example.com?tls=opportunistic', 587, 'opportunistic', true],
    ['smtp://192.0.2.1', 587, 'required', true],
    [' smtp://smtp.example.com\n', 587, 'required', true],
  ])('reads %j', (text, port, tls, verify) => {
    expect(parseRelayUrl(text)).toMatchObject({ port, tls, verify })
  })

  it('has the host in punycode and lower case, and an IPv6 address without brackets', () => {
    expect(parseRelayUrl('smtp://Bücher.example').host).toBe('xn--bcher-kva.example')
    expect(parseRelayUrl('smtp://[2001:DB8::1]').host).toBe('2001:db8::1')
  })

  it.each([
    ['mail.example.com', 'mail.example.com'],
    ['[192.0.2.1]', '[192.0.2.1]'],
    ['[IPv6:2001:db8::1]', '[IPv6:2001:db8::1]'],
    ['worker-3', 'worker-3'],
  ])('greets as %s', (given, name) => {
    expect(parseRelayUrl(`smtp://smtp.example.com?name=${encodeURIComponent(given)}`).name).toBe(name)
  })

  it.each([
    ['smtp.example.com:587', /begin with smtp/],
    ['http://smtp.example.com', /begin with smtp/],
    ['smtp://', /taken apart/],
    ['smtp://host:99999', /taken apart/],
    ['smtp://host:0', /port 0/],
    ['smtp://u:se/cret@host', /cannot be used/],
    ['smtp://u:se?cret@host', /taken apart/],
    ['smtp://u:25?cret@host', /option that is not known/],
    ['smtp://u:se#cret@host', /cannot be used/],
    ['smtp://u:se%zzcret@host', /percent-encoded/],
    ['smtp://u:se%00cret@host', /control character/],
    ['smtp://u:se cret@host', /blank/],
    ['smtp://user@host', /user without a password/],
    ['smtp://:secret@host', /password without a user/],
    ['smtp://host/folder', /behind the host/],
    ['smtp://ho_st!', /neither a domain/],
    ['smtp://host?tls=maybe', /value that is not known/],
    ['smtp://host?tls=off&tls=off', /stands twice/],
    ['smtps://host?tls=off', /always speaks TLS/],
    ['smtp://host?tls-verify=on', /value that is not known/],
    ['smtp://host?tls-verify=off', /any certificate/],
    ['smtp://host?name=a%0D%0AMAIL', /not a domain/],
    ['smtp://host?pool=true', /option that is not known/],
  ])('refuses %j', (text, message) => {
    const { code, exitCode, message: said } = refusal(text)
    expect([code, exitCode]).toEqual(['relay-invalid', 2])
    expect(said).toMatch(message)
  })

  it.each([
    ['smtp://u:se/cret@host', true],
    ['smtp://u:se?cret@host', true],
    ['smtp://u:25?cret@host', true],
    ['smtp://u:25/cret@host', true],
    ['smtp://u:25#cret@host', true],
    ['smtp://u:se%zzcret@host', true],
    ['smtp://u:se cret@host', true],
    ['foo', false],
    ['user:secret@smtp.example.com:587', false],
    ['http://smtp.example.com', false],
    ['smtp://smtp.example.com:99999', false],
    ['smtp://smtp.example.com?foo=1', false],
    ['smtp://smtp.example.com/folder', false],
    ['smtp://smtp.example.com#x', false],
    ['smtp://u:secret@smtp.example.com?tls=maybe', false],
    ['smtp://u:secret@smtp.example.com?foo=1', false],
    ['smtp://u:secret@smtp.example.com:0', false],
    ['smtp://user@host', false],
  ])('advises of %j to percent-encode only where that can help: %j', (text, helps) => {
    const { problems } = refusal(text)
    expect(/percent-encoded/.test(problems[0].hint)).toBe(helps)
  })

  it('never repeats a password, wherever the slip in the text is', () => {
    const secret = 'tRoub4dor'
    const slip = fc.constantFrom('', '/', '?', '#', '%', '%zz', ' ', '@', ':', '[', '\\', '\n', '%00')
    fc.assert(
      fc.property(
        slip,
        slip,
        fc.constantFrom('smtp://', 'smtps://', 'smpt://', ''),
        fc.constantFrom('host', 'host:x', '', '?tls=1'),
        (a, b, scheme, rest) => {
          try {
            expect(describeRelay(parseRelayUrl(`${scheme}user:${a}${secret}${b}@${rest}`))).not.toContain(secret)
          } catch (error) {
            if (!(error instanceof UserError)) throw error
            expect(JSON.stringify(error.problems)).not.toContain(secret)
          }
        },
      ),
    )
  })
})

describe('describeRelay()', () => {
  it.each([
    ['smtp://u:secret@smtp.example.com', 'smtp.example.com, port 587, TLS required'],
    ['smtps://u:secret@smtp.example.com', 'smtp.example.com, port 465, TLS'],
    ['smtp://u:secret@localhost:1025?tls=required&tls-verify=off', 'localhost, port 1025, TLS required, any certificate'],
    ['smtp://localhost', 'localhost, port 25, no TLS'],
    ['smtp://smtp.example.com?tls=opportunistic', 'smtp.example.com, port 587, TLS where offered'],
  ])('names %s without user and password', (text, name) => {
    expect(describeRelay(parseRelayUrl(text))).toBe(name)
  })
})
