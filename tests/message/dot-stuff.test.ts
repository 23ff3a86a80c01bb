import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dotStuff } from '../../src/message/dot-stuff.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

/** What a server does (RFC 5321 §4.5.2), written without looking at ours. */
function unstuff(stuffed: Uint8Array): string {
  return Buffer.from(stuffed)
    .toString('latin1')
    .split('\r\n')
    .map(line => (line.startsWith('.') ? line.slice(1) : line))
    .join('\r\n')
}

describe('dotStuff()', () => {
  it.each([
    ['a\r\n.b\r\n', 'a\r\n..b\r\n'],
    ['.\r\n', '..\r\n'],
    ['..\r\n.\r\n', '...\r\n..\r\n'],
    ['a.b\r\nc.\r\n', 'a.b\r\nc.\r\n'],
  ])('makes %j %j', (plain, stuffed) => {
    expect(Buffer.from(dotStuff(bytes(plain))).toString('latin1')).toBe(stuffed)
  })

  it('returns the same array where no line begins with a dot', () => {
    const message = bytes('a\r\nb.\r\n')
    expect(dotStuff(message)).toBe(message)
  })

  it.each(['a\nb\r\n', '\na\r\n', 'a\rb\r\n', 'a\r\n\r', 'a\r\r\n', '\r\n.\n\r\n'])('refuses the bare CR or LF in %j', text => {
    expect(() => dotStuff(bytes(text))).toThrow(/bare/)
  })

  it.each(['', 'a', 'a\r\nb'])('refuses %j, whose last line has no CRLF', text => {
    expect(() => dotStuff(bytes(text))).toThrow(/end in CRLF/)
  })

  it('gives back every message whole at the other end, and never a line that is one dot', () => {
    const line = fc.array(fc.constantFrom('.', '..', 'a', ' ', '\u00e9', '=')).map(parts => parts.join(''))
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), lines => {
        const message = `${lines.join('\r\n')}\r\n`
        const stuffed = dotStuff(bytes(message))
        expect(unstuff(stuffed)).toBe(message)
        expect(`\r\n${Buffer.from(stuffed).toString('latin1')}`).not.toContain('\r\n.\r\n')
      }),
    )
  })

  it('works on a part of a larger array', () => {
    const part = bytes('xx.a\r\nyy').subarray(2, 6)
    expect(Buffer.from(dotStuff(part)).toString('latin1')).toBe('..a\r\n')
  })
})
