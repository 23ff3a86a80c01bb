import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readLinkToken } from '../src/message/link-token.ts'
import type { Email } from '../src/render/email.ts'
import { addReaders } from './delivery/add-readers.ts'
import { createPublication, dryRun, dumpOf, placeOf, withRealLedger } from './delivery/dry-run/publication.ts'
import { takeSnapshot } from './delivery/snapshot.ts'
import { createDatabase } from './ledger/create-database.ts'
import { hostileText } from './message/hostile.ts'
import { breachesOf } from './message/raw-message.ts'
import { keyOf, secretOf } from './message/secret-of.ts'
import { makeRsaKey } from './message/signing-keys.ts'
import { newSubscriber } from './subscribers/new-subscriber.ts'

/** A server that counts who comes. */
async function startCounter(): Promise<{ readonly port: number; readonly count: () => number }> {
  let count = 0
  const server = createServer(socket => {
    count += 1
    socket.destroy()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : 0, count: () => count }
}

const filesOf = async (cwd: string) => (await readdir(cwd, { recursive: true })).toSorted()

/** Names that a database takes, as hostile as they can be. */
const hostileNames = fc.sample(hostileText, { numRuns: 60, seed: 7 }).map(name => name.replaceAll('\0', '').toWellFormed())

describe('dryRunSend()', () => {
  it.each(['SQLite', 'PostgreSQL'])(
    'sends every message to itself and verifies it, with the ledger on %s as it was and no relay asked',
    async kind => {
      const relay = await startCounter()
      const more = `relays: [{ name: main, url: "smtp://127.0.0.1:${relay.port}", rate: 50/s, messagesPerConnection: 10 }]\nbounces: { address: bounces@harbour.example }\n`
      const cwd = await createPublication(more)
      const place = placeOf(cwd, kind === 'SQLite' ? undefined : await createDatabase())
      await withRealLedger(place, async ledger => {
        const people = hostileNames.map((name, index) =>
          newSubscriber({ address: `r${index}@gull.example`, name, language: index % 2 ? 'fa' : 'en' }),
        )
        const others = [
          newSubscriber({ address: 'j\u00fcrgen@gull.example', name: null }),
          newSubscriber({ address: 'x@xn--bcher-kva.example' }),
          newSubscriber({ address: 'gone@gull.example', state: 'unsubscribed' }),
          newSubscriber({ address: 'later@gull.example', pausedUntil: Date.now() + 1e9 }),
          newSubscriber({ address: 'other@gull.example', list: 'other' }),
        ]
        await ledger.db
          .insertInto('subscribers')
          .values([...people, ...others])
          .execute()
      })
      const files = await filesOf(cwd)
      const before = [await dumpOf(place), kind === 'SQLite' ? await readFile(place.file) : null]
      const report = await dryRun(cwd, { ledgerPlace: place })
      expect(report).toMatchObject({
        outcome: { kind: 'finished' },
        sum: { recipients: 62, accepted: 62, closes: true },
        verdict: { messages: 62, faulty: 0, faults: [], beyondAscii: 1 },
        errors: [],
        assumptions: [],
        forecast: { byLimits: 62 / 50, limitedBy: 'the rate of main', byEarlier: null },
        relays: [{ name: 'main', messages: 62 }],
      })
      expect(report.relays[0]?.connections.opened).toBeGreaterThanOrEqual(7)
      expect(report.simulated).toBeGreaterThan(1000)
      expect([await dumpOf(place), kind === 'SQLite' ? await readFile(place.file) : null]).toEqual(before)
      expect(relay.count()).toBe(0)
      expect((await filesOf(cwd)).filter(file => !file.startsWith('out/2026-w06/dry-run'))).toEqual(files)
    },
  )

  it('keeps ten messages, each for a reason, whose links and return path are those of the sending', async () => {
    const cwd = await createPublication('bounces: { address: bounces@harbour.example }\n')
    await withRealLedger(placeOf(cwd), async ({ db }) => {
      const people = [
        newSubscriber({ address: 'a@gull.example', name: 'A' }),
        newSubscriber({ address: 'b@gull.example', name: 'B'.repeat(90), language: 'de' }),
        newSubscriber({ address: 'c@gull.example', name: '\u05e9\u05dc\u05d5\u05dd', language: 'he' }),
        newSubscriber({ address: 'd@gull.example', name: null }),
        newSubscriber({ address: `${'e'.repeat(60)}@gull.example`, name: 'E' }),
        newSubscriber({ address: 'f@xn--bcher-kva.example', name: 'Zo\u00eb' }),
        ...Array.from({ length: 8 }, (_, index) => newSubscriber({ address: `more${index}@gull.example`, name: 'M' })),
      ]
      await db.insertInto('subscribers').values(people).execute()
    })
    const { samples } = await dryRun(cwd)
    expect(samples).toHaveLength(10)
    expect(samples.map(({ why }) => why.join())).toEqual([
      'longest name,in de',
      'no name',
      'name from right to left,in he',
      'name beyond ASCII,international domain',
      'longest address',
      ...Array.from({ length: 5 }, () => 'one of the first'),
    ])
    const messages = await Promise.all(samples.map(({ file }) => readFile(path.join(cwd, file))))
    expect(messages.flatMap(breachesOf)).toEqual([])
    const third = messages[2]?.toString() ?? ''
    const token = /unsubscribe\/([\w-]+)>/.exec(third.replaceAll('\r\n ', ''))?.[1] ?? ''
    expect(readLinkToken(token, secretOf('a'), { purpose: 'unsubscribe', now: new Date() })).toMatchObject({
      kind: 'valid',
      claim: { subscriber: 3, list: 'digest' },
    })
  })

  it('signs as the sending would', async () => {
    const { privateKeyPem } = makeRsaKey()
    const cwd = await createPublication('dkim: { selector: s }\n')
    await withRealLedger(placeOf(cwd), ledger => addReaders(ledger, 3))
    const env = { NEWS_DIGEST_SECRET: keyOf('a'), SMTP_URL: 'smtp://relay.invalid', NEWS_DIGEST_DKIM_KEY: privateKeyPem }
    const report = await dryRun(cwd, { env })
    expect(report.verdict).toMatchObject({ messages: 3, faults: [] })
    expect(await readFile(path.join(cwd, report.samples[0]?.file ?? ''), 'utf8')).toMatch(/^DKIM-Signature: /)
  })

  it('finds what is wrong with every message, and names one of them', async () => {
    const cwd = await createPublication()
    await withRealLedger(placeOf(cwd), ledger => addReaders(ledger, 4))
    const file = path.join(cwd, 'out/2026-w06/email.json')
    const email = JSON.parse(await readFile(file, 'utf8')) as Email
    const text = email.text.map(segment =>
      'merge' in segment && segment.merge === 'unsubscribeUrl' ? { text: '{{unsubscribeUrl}}' } : segment,
    )
    await writeFile(file, JSON.stringify({ ...email, text }))
    const { verdict, findings } = await dryRun(cwd)
    expect(verdict).toMatchObject({
      messages: 4,
      faulty: 4,
      faults: [
        { rule: 'message-recipient', messages: 4, example: { message: 'the part text/plain has no link that unsubscribes its recipient' } },
      ],
    })
    expect(verdict.faults[0]?.example.address).toMatch(/^reader\d@/)
    expect(findings.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(0)
  })

  it('goes before there is a relay or a secret, and says what stood in for them', async () => {
    const cwd = await createPublication()
    await withRealLedger(placeOf(cwd), ledger => addReaders(ledger, 3))
    expect(await dryRun(cwd, { env: {} })).toMatchObject({
      assumptions: ['relay', 'secret'],
      verdict: { messages: 3, faulty: 0 },
      forecast: { seconds: null, endsAt: null },
    })
    const own = await createPublication('relays: [{ name: main, url: "smtp://relay.invalid", user: a, passwordFrom: NOT_SET }]\n')
    await withRealLedger(placeOf(own), ledger => addReaders(ledger, 1))
    expect(await dryRun(own)).toMatchObject({ assumptions: ['password'], verdict: { messages: 1, faulty: 0 } })
  })

  it('makes no ledger where there is none', async () => {
    const cwd = await createPublication()
    await expect(dryRun(cwd)).rejects.toMatchObject({ code: 'nobody-to-send-to', message: expect.stringContaining('no ledger yet') })
    expect(await readdir(cwd)).not.toContain('data')
  })

  it('refuses what sending refuses: no sender, nobody on the list, another content', async () => {
    const cwd = await createPublication()
    await withRealLedger(placeOf(cwd), () => Promise.resolve())
    await expect(dryRun(cwd)).rejects.toMatchObject({ code: 'nobody-to-send-to' })
    await withRealLedger(placeOf(cwd), async ledger => {
      await addReaders(ledger, 3)
      await takeSnapshot(ledger)
    })
    await expect(dryRun(cwd)).rejects.toMatchObject({ code: 'sending-changed' })
  })

  it('goes to a segment', async () => {
    const cwd = await createPublication()
    await withRealLedger(placeOf(cwd), async ledger => {
      await addReaders(ledger, ['de@gull.example'], { language: 'de' })
      await addReaders(ledger, ['en@gull.example'], { language: 'en' })
    })
    const { sum, samples } = await dryRun(cwd, { to: 'language = de' })
    expect(sum).toMatchObject({ recipients: 1, accepted: 1 })
    expect(samples).toMatchObject([{ file: 'out/2026-w06/dry-run/01-no-name.eml' }])
  })

  it('ends early where it is told to, and says how far it came', async () => {
    const cwd = await createPublication('send: { rate: 10/m }\n')
    await withRealLedger(placeOf(cwd), ledger => addReaders(ledger, 400))
    const stop = new AbortController()
    const report = await dryRun(cwd, {
      drain: stop.signal,
      onProgress: ({ acceptedNow }) => {
        if (acceptedNow > 5) stop.abort()
      },
    })
    expect(report.outcome).toEqual({ kind: 'interrupted' })
    expect(report.verdict.messages).toBeGreaterThan(5)
    expect(report.verdict.messages).toBeLessThan(400)
    expect(report.sum).toMatchObject({ recipients: 400, closes: true })
  })
})
