import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { writeSnapshot } from '../src/delivery/write-snapshot.ts'
import { readLinkToken } from '../src/message/link-token.ts'
import type { Email } from '../src/render/email.ts'
import { addReaders } from './delivery/add-readers.ts'
import { createPublication, dryRun, dumpOf, placeOf, withRealLedger } from './delivery/dry-run/publication.ts'
import { takeSnapshot } from './delivery/snapshot.ts'
import { type PostgresServer, startPostgres } from './ledger/start-postgres.ts'
import { hostileText } from './message/hostile.ts'
import { breachesOf } from './message/raw-message.ts'
import { keyOf, secretOf } from './message/secret-of.ts'
import { makeRsaKey } from './message/signing-keys.ts'
import { newSubscriber } from './subscribers/new-subscriber.ts'

let postgres: PostgresServer
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

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
      const place = placeOf(cwd, kind === 'SQLite' ? undefined : await postgres.createDatabase())
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

  it.each(['SQLite', 'PostgreSQL'])('goes on where a sending on %s has stopped: only with what is left, under its own ids', async kind => {
    const cwd = await createPublication('bounces: { address: bounces@harbour.example }\n')
    const place = placeOf(cwd, kind === 'SQLite' ? undefined : await postgres.createDatabase())
    const { hashes } = JSON.parse(await readFile(path.join(cwd, 'out/2026-w06/email.json'), 'utf8')) as Email
    const left = await withRealLedger(place, async ledger => {
      await addReaders(ledger, 9)
      const sending = await takeSnapshot(ledger, { hashesJson: JSON.stringify(hashes) })
      const rows = await ledger.db.selectFrom('deliveries').select(['id', 'address', 'subscriberId']).orderBy('id').execute()
      const change = async (state: 'accepted' | 'deferred' | 'uncertain', at: readonly number[]) => {
        const ids = at.flatMap(index => rows[index]?.id ?? [])
        await ledger.db.updateTable('deliveries').set({ state }).where('id', 'in', ids).execute()
      }
      await change('accepted', [0, 1, 2, 3])
      await change('deferred', [4])
      await change('uncertain', [5])
      await ledger.db.updateTable('sendings').set({ state: 'paused', pauseReason: 'x' }).where('id', '=', sending.id).execute()
      // Left since.
      await ledger.db
        .updateTable('subscribers')
        .set({ state: 'unsubscribed' })
        .where('id', '=', rows[8]?.subscriberId ?? 0)
        .execute()
      return rows
    })
    const before = await dumpOf(place)
    const report = await dryRun(cwd, { ledgerPlace: place })
    expect(report).toMatchObject({ sum: { recipients: 4, accepted: 3, suppressed: 1 }, verdict: { messages: 3, faulty: 0 } })
    const ids = await Promise.all(
      report.samples.map(async ({ file }) =>
        Number(/^X-News-Digest-Delivery: (\d+)/m.exec(await readFile(path.join(cwd, file), 'utf8'))?.[1]),
      ),
    )
    expect(ids.toSorted((a, b) => a - b)).toEqual([left[4]?.id, left[6]?.id, left[7]?.id])
    expect(await dryRun(cwd, { ledgerPlace: place, retryUncertain: true })).toMatchObject({ verdict: { messages: 4, faulty: 0 } })
    expect(await dumpOf(place)).toBe(before)
  })

  it('says that nothing is left of what was sent, and goes to those who joined since', async () => {
    const cwd = await createPublication()
    const { hashes } = JSON.parse(await readFile(path.join(cwd, 'out/2026-w06/email.json'), 'utf8')) as Email
    await withRealLedger(placeOf(cwd), async ledger => {
      await addReaders(ledger, 2)
      const { id } = await takeSnapshot(ledger, { hashesJson: JSON.stringify(hashes) })
      await ledger.db.updateTable('deliveries').set({ state: 'accepted' }).execute()
      await ledger.db.updateTable('sendings').set({ state: 'finished' }).where('id', '=', id).execute()
      await addReaders(ledger, ['new@gull.example'], { joinedAt: Date.now() + 1000 })
    })
    expect(await dryRun(cwd)).toMatchObject({ outcome: { kind: 'over' }, sum: null, verdict: { messages: 0 } })
    expect(await dryRun(cwd, { kind: 'late' })).toMatchObject({ kind: 'late', sum: { accepted: 1 }, verdict: { messages: 1, faulty: 0 } })
  })

  it('verifies both subjects, and those who would wait for the winner', async () => {
    const file = '---\nsubjects: [Lamps, Oil]\nsplit: 40%\n---\n'
    const cwd = await createPublication('', { 'content/editions/2026-w06.md': file })
    await withRealLedger(placeOf(cwd), ledger => addReaders(ledger, 60))
    const report = await dryRun(cwd)
    expect(report).toMatchObject({ outcome: { kind: 'finished' }, sum: { accepted: 60 }, verdict: { messages: 60, faulty: 0 } })
    expect(report.waitForWinner).toBeGreaterThan(20)
    expect(report.waitForWinner).toBeLessThan(50)
    const subjects = await Promise.all(
      report.samples.map(async ({ file: name }) => /^Subject: (.*)\r$/m.exec(await readFile(path.join(cwd, name), 'utf8'))?.[1]),
    )
    expect(new Set(subjects)).toEqual(new Set(['Lamps', 'Oil']))
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

  it('says where a sending would not be over in time', async () => {
    const cwd = await createPublication('send: { rate: 1/h, notAfter: 2h }\n')
    await withRealLedger(placeOf(cwd), ledger => addReaders(ledger, 5))
    const { forecast, sum } = await dryRun(cwd)
    expect(forecast).toMatchObject({ wouldExpire: true, byLimits: 5 * 3600, limitedBy: 'send.rate' })
    expect(sum).toMatchObject({ recipients: 5, closes: true })
    expect(sum?.expired).toBeGreaterThan(0)
  })

  it('forecasts by the pace of the last sending where that was slower than the limits', async () => {
    const cwd = await createPublication('send: { rate: 100/s }\n')
    await withRealLedger(placeOf(cwd), async ledger => {
      await addReaders(ledger, 200)
      const last = await writeSnapshot(ledger, { ...old, now: 1_769_000_000_000 })
      await ledger.db.updateTable('sendings').set({ state: 'finished', finishedAt: 1_769_000_100_000 }).where('id', '=', last.id).execute()
    })
    const { forecast } = await dryRun(cwd)
    expect(forecast).toMatchObject({ byLimits: 2, byEarlier: 100, seconds: 100 })
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

const old = {
  list: 'digest',
  edition: '2026-w05',
  kind: 'edition',
  round: 0,
  hashesJson: '{}',
  segment: null,
  condition: null,
  forcedBecause: null,
  notAfter: 1_769_300_000_000,
  split: null,
} as const
