import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dotStuff } from '../../src/message/dot-stuff.ts'
import { dotUnstuff, takeMessage } from '../../src/transport/take-message.ts'

function takeInPieces(wire: Buffer, cuts: readonly number[]) {
  const taker = takeMessage()
  const ends = [...new Set(cuts.map(cut => cut % wire.length))].sort((a, b) => a - b)
  let taken = null
  let from = 0
  for (const end of [...ends, wire.length]) {
    if (taken !== null) break
    taken = taker.take(wire.subarray(from, end))
    from = end
  }
  return { taken, behind: wire.subarray(from) }
}

const line = fc.stringMatching(/^[.a]{0,4}$/)

describe('takeMessage()', () => {
  it('gives the message and what came behind it, however the bytes arrive, and dotUnstuff() undoes dotStuff()', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat()),
        fc.constantFrom('', 'MAIL FROM:<a@b.c>\r\n', '.\r\n'),
        (lines, cuts, next) => {
          const message = Buffer.from(lines.map(each => `${each}\r\n`).join(''))
          const wire = Buffer.concat([dotStuff(message), Buffer.from(`.\r\n${next}`)])
          const { taken, behind } = takeInPieces(wire, cuts)
          expect(taken && dotUnstuff(taken.message).toString()).toBe(message.toString())
          expect(taken && Buffer.concat([taken.rest, behind]).toString()).toBe(next)
        },
      ),
    )
  })

  it('takes a dot at once for an empty message', () => {
    expect(takeMessage().take(Buffer.from('.\r\nQUIT\r\n'))).toMatchObject({ message: Buffer.alloc(0), rest: Buffer.from('QUIT\r\n') })
  })

  it('waits without a final dot, and counts', () => {
    const taker = takeMessage()
    expect(taker.take(Buffer.from('a\r\n.'))).toBeNull()
    expect(taker.take(Buffer.from('b\r\n\n.\n'))).toBeNull()
    expect(taker.size()).toBe(10)
  })
})
