import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runBounces } from '../../src/commands/bounces.ts'
import { runReconcile } from '../../src/commands/reconcile.ts'
import { runStatus } from '../../src/commands/status.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { messageId } from '../../src/message/message-id.ts'
import { bounceAbout } from '../delivery/bounces/mail-about.ts'
import { addReaders, createLedger, takeSnapshot } from '../delivery/engine.ts'
import { postfixLines } from '../delivery/reconcile/postfix-lines.ts'
import { createTempFolder } from '../temp-folder.ts'
import { contextOf } from './context-of.ts'

const sentAt = Date.parse('2026-02-09T08:00:00Z')
const ada = 'ada@reader.example'

async function project(): Promise<{ readonly folder: string; readonly ledger: Ledger }> {
  const { ledger, place } = await createLedger()
  await configure(place.displayRoot)
  return { folder: place.displayRoot, ledger }
}

async function configure(folder: string): Promise<void> {
  await writeFile(path.join(folder, 'news-digest.yaml'), 'site:\n  url: https://blog.example\nsender:\n  email: digest@example.com\n')
}

/** Everybody's delivery in one state. */
async function sent(ledger: Ledger, state: 'accepted' | 'uncertain' | 'pending', addresses: readonly string[] = [ada]): Promise<void> {
  await addReaders(ledger, addresses)
  await takeSnapshot(ledger, { now: sentAt })
  await ledger.db.updateTable('deliveries').set({ state, changedAt: sentAt, reply: '=1+1, "said"', relay: 'own' }).execute()
  await ledger.db.updateTable('sendings').set({ state: 'finished', finishedAt: sentAt }).execute()
}

describe('status', () => {
  it('makes no ledger where there is none', async () => {
    const folder = await createTempFolder()
    await configure(folder)
    expect(await runStatus(undefined, {}, contextOf(folder))).toMatchObject({
      exitCode: 0,
      text: expect.stringMatching(/^Nothing has been sent/),
    })
    await expect(runStatus('2026-w06', {}, contextOf(folder))).rejects.toMatchObject({ code: 'sending-unknown' })
    await expect(runBounces(undefined, { paths: ['x'] }, contextOf(folder))).rejects.toMatchObject({ code: 'sending-unknown' })
    await expect(runReconcile('2026-w06', { log: ['x'] }, contextOf(folder))).rejects.toMatchObject({ code: 'sending-unknown' })
    expect(existsSync(path.join(folder, 'data'))).toBe(false)
  })

  it.each([
    ['accepted', 0],
    ['uncertain', 1],
    ['pending', 1],
  ] as const)('ends with %s deliveries in exit code %i', async (state, exitCode) => {
    const { folder, ledger } = await project()
    await sent(ledger, state)
    expect(await runStatus(undefined, {}, contextOf(folder))).toMatchObject({ exitCode })
    expect(await runStatus('2026-W06', {}, contextOf(folder))).toMatchObject({ exitCode })
    expect(await runStatus('latest', { csv: true, out: 'x.csv' }, contextOf(folder))).toMatchObject({ exitCode })
  })

  it('says alike, of one edition and of all, why nobody sends it now', async () => {
    const { folder, ledger } = await project()
    await sent(ledger, 'pending')
    await ledger.db.updateTable('sendings').set({ state: 'running', stopReason: 'the relay said 535' }).execute()
    const all = await runStatus(undefined, {}, contextOf(folder))
    const one = await runStatus('latest', {}, contextOf(folder))
    expect(all.text).toContain('2026-w06  stopped, begun')
    expect(all.json).toMatchObject({ sendings: [{ isBeingSent: false, stopReason: 'the relay said 535' }] })
    expect(one.text).toContain('2026-w06  stopped, begun')
    expect(one.text).toContain('stopped: the relay said 535')
    expect(one.text).toContain('Mend what it stopped for')
    await ledger.db.updateTable('sendings').set({ stopReason: null }).execute()
    expect((await runStatus(undefined, {}, contextOf(folder))).text).toContain('2026-w06  interrupted, begun')
  })

  it('says of two subjects that are out that the others wait for the winner', async () => {
    const { folder, ledger } = await project()
    await sent(ledger, 'pending', [ada, 'bo@reader.example'])
    await ledger.db.updateTable('deliveries').set({ state: 'accepted', variant: 'A' }).where('address', '=', ada).execute()
    await ledger.db.updateTable('sendings').set({ state: 'running', split: 0.5 }).execute()
    expect((await runStatus(undefined, {}, contextOf(folder))).text).toContain('2026-w06  waits for the winner')
    const one = await runStatus('latest', {}, contextOf(folder))
    expect(one.text).toContain('2026-w06  waits for the winner')
    expect(one.text).toContain('--winner A')
  })

  it('says how many were under way when their process was killed', async () => {
    const { folder, ledger } = await project()
    await sent(ledger, 'pending', [ada, 'bo@reader.example', 'cy@reader.example'])
    await ledger.db.updateTable('deliveries').set({ state: 'sending', owner: 7 }).where('address', '=', ada).execute()
    await ledger.db.updateTable('sendings').set({ state: 'running' }).execute()
    const { text } = await runStatus('latest', {}, contextOf(folder))
    expect(text).toContain('still to send 3')
    expect(text.replaceAll(/\s+/g, ' ')).toContain('1 of those still to send was under way when their process ended')
  })

  it('gives with --json everything, instants as ISO 8601', async () => {
    const { folder, ledger } = await project()
    await sent(ledger, 'accepted')
    const { json } = await runStatus('latest', { json: true }, contextOf(folder))
    expect(json).toMatchObject({
      status: {
        edition: '2026-w06',
        isIncomplete: false,
        sendings: [{ state: 'finished', startedAt: '2026-02-09T08:00:00.000Z', sum: { recipients: 1, accepted: 1, closes: true } }],
        next: [{ text: 'Nothing is left to do.' }],
      },
    })
    expect(JSON.stringify(json)).not.toContain('hashesJson')
  })

  it('writes a line for each recipient, quoted, and safe to open in a spreadsheet', async () => {
    const { folder, ledger } = await project()
    await sent(
      ledger,
      'accepted',
      Array.from({ length: 1203 }, (_, index) => `r${index}@reader.example`),
    )
    const { text } = await runStatus('latest', { csv: true, out: 'x.csv' }, contextOf(folder))
    expect(text).toBe('1,203 recipients written to x.csv.\n')
    const lines = (await readFile(path.join(folder, 'x.csv'), 'utf8')).split('\r\n')
    expect(lines[0]).toBe('address,state,variant,attempts,code,enhanced,reply,relay,queueId,time,sending')
    expect(lines[1]).toMatch(/^r\d+@reader\.example,accepted,,0,,,"'=1\+1, ""said""",own,,2026-02-09T08:00:00\.000Z,edition$/)
    expect(new Set(lines.slice(1, -1).map(line => line.split(',')[0])).size).toBe(1203)
    expect(existsSync(path.join(folder, 'x.csv.partial'))).toBe(false)
  })

  it('leaves the last file as it was where the new one cannot be written', async () => {
    const { folder, ledger } = await project()
    await sent(ledger, 'accepted')
    await expect(runStatus('latest', { csv: true, out: 'missing/x.csv' }, contextOf(folder))).rejects.toMatchObject({
      code: 'output-unwritable',
    })
    await writeFile(path.join(folder, 'x.csv'), 'before')
    await expect(runStatus('2026-w07', { csv: true, out: 'x.csv' }, contextOf(folder))).rejects.toMatchObject({ code: 'sending-unknown' })
    expect(await readFile(path.join(folder, 'x.csv'), 'utf8')).toBe('before')
  })

  it.each([
    [undefined, { csv: true }],
    ['latest', { csv: true, json: true }],
    ['latest', { out: 'x.csv' }],
  ])('refuses flags that do not go together: %s %j', async (edition, flags) => {
    const { folder } = await project()
    await expect(runStatus(edition, flags, contextOf(folder))).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('bounces', () => {
  it('reads a mailbox, says what followed and what it could not read, and lists decisions with --json', async () => {
    const { folder, ledger } = await project()
    await sent(ledger, 'accepted')
    const file = path.join(folder, 'bounce.eml')
    await writeFile(file, bounceAbout({ address: ada, messageId: messageId('2026-w06', ada, 'example.com') }))
    const dry = await runBounces(undefined, { paths: [file], dryRun: true, json: true }, contextOf(folder))
    expect(dry.json).toMatchObject({
      bounces: {
        dryRun: true,
        kinds: { hard: 1 },
        changed: { bounced: 1 },
        entries: [{ source: file, address: ada, matchedBy: 'message-id' }],
      },
    })
    expect(await ledger.db.selectFrom('bounces').selectAll().execute()).toEqual([])
    const { text, notes, exitCode } = await runBounces(undefined, { paths: [file, file] }, contextOf(folder))
    expect(text).toContain('2 messages read')
    expect(text).toMatch(/1 hard +1 marked bounced\n +1 known +read before/)
    expect(text).toMatch(/Who is marked\n {2}ada@reader\.example {2}bounced: /)
    expect(notes).toMatch(/NEWS_DIGEST_SECRET is not set/)
    expect(exitCode).toBe(0)
    expect(await ledger.db.selectFrom('subscribers').select('state').execute()).toEqual([{ state: 'bounced' }])
  })

  it('reads nothing without the secret where return paths are signed: nobody could tell made-up reports from true ones', async () => {
    const { folder, ledger } = await project()
    await sent(ledger, 'accepted')
    const settings = 'site:\n  url: https://blog.example\nsender:\n  email: digest@example.com\nbounces:\n  address: bounces@example.com\n'
    await writeFile(path.join(folder, 'news-digest.yaml'), settings)
    const file = path.join(folder, 'bounce.eml')
    await writeFile(file, bounceAbout({ address: ada, messageId: messageId('2026-w06', ada, 'example.com') }))
    await expect(runBounces(undefined, { paths: [file] }, contextOf(folder))).rejects.toMatchObject({ code: 'secret-missing' })
    expect(await ledger.db.selectFrom('bounces').selectAll().execute()).toEqual([])
  })

  it('asks for something to read', async () => {
    await expect(runBounces(undefined, { paths: [] }, contextOf('/'))).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('reconcile', () => {
  it('says what became of each and what is left to do', async () => {
    const { folder, ledger } = await project()
    await sent(ledger, 'uncertain', [ada, 'bob@reader.example'])
    const log = path.join(folder, 'mail.log')
    const lines = postfixLines({ at: sentAt, queueId: 'ABCDE1', to: ada, messageId: messageId('2026-w06', ada, 'example.com') })
    await writeFile(log, lines.join('\n'))
    const { text, exitCode } = await runReconcile('2026-w06', { log: [log] }, contextOf(folder))
    expect(exitCode).toBe(1)
    expect(text).toMatch(/^1 accepted: the relay had taken them over\n {2}ada@reader\.example {2}known by its Message-ID: queued/)
    expect(text).toMatch(/1 uncertain: .*\n {2}bob@reader\.example {2}nothing was found about this message/)
    expect(text).toContain('news-digest send 2026-w06 --retry-uncertain')
  })

  it.each([[{}], [{ log: ['-'], bounces: ['-'] }], [{ log: ['x'], logTimeZone: 'Mars/Base' }]])('refuses %j', async flags => {
    const { folder } = await project()
    await expect(runReconcile('latest', flags, contextOf(folder))).rejects.toMatchObject({ code: 'usage' })
  })
})
