import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dotStuff, type StuffedBytes } from '../../src/message/dot-stuff.ts'
import { openSession, type Session } from '../../src/transport/open-session.ts'
import { parseRelayUrl } from '../../src/transport/relay-url.ts'
import { type Faults, startFaultyRelay } from './faulty-relay.ts'
import { startMailRelay } from './mail-relay.ts'
import { selfSigned } from './self-signed.ts'

const envelope = { from: 'post@tide.example', to: 'reader@gull.example' }

/** A message cut into pieces anywhere, as no composer would: between CR and LF, before a dot. */
function cut(message: Buffer, cuts: readonly number[]): StuffedBytes[] {
  const whole = dotStuff(message)
  const ends = [...new Set(cuts.map(each => each % whole.length))].sort((a, b) => a - b)
  return [...ends, whole.length].map((end, at) => whole.subarray(ends[at - 1] ?? 0, end) as StuffedBytes)
}

async function open(url: string): Promise<Session> {
  const session = await openSession(parseRelayUrl(url))
  if (session.kind !== 'open') throw new Error(session.detail)
  onTestFinished(() => session.close())
  return session
}

const lines = fc
  .array(fc.stringMatching(/^[.a]{0,5}$/), { minLength: 1, maxLength: 30 })
  .map(all => Buffer.from(all.map(each => `${each}\r\n`).join('')))

describe('a message in pieces', () => {
  it('arrives byte for byte, wherever it is cut', async () => {
    const { port, received } = await startMailRelay()
    const session = await open(`smtp://localhost:${port}`)
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.nat()), async (message, cuts) => {
        expect(await session.send(envelope, cut(message, cuts))).toMatchObject({ kind: 'accepted' })
        expect(received.at(-1)?.bytes.toString()).toBe(message.toString())
      }),
    )
  })

  it.each([false, true])('arrives with more pieces, and more bytes, than the system takes at once (TLS: %s)', async secure => {
    const { port, received } = await startMailRelay({ ...selfSigned('localhost'), disabledCommands: ['AUTH'], secure })
    const session = await open(`smtp${secure ? 's' : ''}://localhost:${port}?tls=${secure ? 'required&tls-verify=off' : 'off'}`)
    const shared = dotStuff(Buffer.from(`${'x'.repeat(998)}\r\n`.repeat(5)))
    const pieces = Array.from({ length: 3000 }, (_, n) => (n % 2 === 0 ? shared : dotStuff(Buffer.from(`.${n}\r\n`))))
    expect(await session.send(envelope, pieces)).toMatchObject({ kind: 'accepted' })
    const expected = pieces.map(each => Buffer.from(each).toString().replace('..', '.')).join('')
    expect(received[0]?.bytes.toString()).toBe(expected)
  })

  it('is "lost before the dot" only where the dot did not arrive, wherever the connection breaks', async () => {
    const message = Buffer.from(`Subject: x\r\n\r\n${`${'y'.repeat(70)}\r\n`.repeat(800)}`)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(60_000),
        fc.constantFrom('close', 'reset'),
        fc.array(fc.nat(), { maxLength: 40 }),
        async (after, next, cuts) => {
          const faults: Faults = { body: { after, next } }
          const relay = await startFaultyRelay(faults)
          const session = await open(`smtp://localhost:${relay.port}`)
          const outcome = await session.send(envelope, cut(message, cuts))
          expect(['lost-before-dot', 'uncertain', 'accepted']).toContain(outcome.kind)
          if (outcome.kind === 'lost-before-dot') expect(relay.messages).toEqual([])
          if (outcome.kind === 'accepted') expect(relay.messages).toHaveLength(1)
        },
      ),
      { numRuns: 40 },
    )
  })
})
