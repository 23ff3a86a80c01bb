import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readSettings } from '../../../src/config/read-config.ts'
import { readStatus } from '../../../src/delivery/read-status.ts'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import { messageId } from '../../../src/message/message-id.ts'
import { parseSecret } from '../../../src/message/secret-keys.ts'
import { verpAddress } from '../../../src/message/verp.ts'
import { type ReconcileRequest, reconcileEdition } from '../../../src/run-reconcile.ts'
import { keyOf } from '../../message/secret-of.ts'
import { ledgerKinds, useLedgers } from '../../subscribers/ledgers.ts'
import { bounceAbout } from '../bounces/mail-about.ts'
import { addReaders, takeSnapshot } from '../engine.ts'
import { postfixLines } from './postfix-lines.ts'

const sentAt = Date.parse('2026-02-09T09:00:00Z')
const now = new Date('2026-02-09T10:00:00Z')
const minute = 60_000
const { newPlace } = useLedgers()
const people = ['ada', 'bob', 'cid', 'dan', 'eve'].map(name => `${name}@reader.example`)

/** A sending that is finished but for these people, who are uncertain. */
async function uncertainSending(kind: Ledger['kind'], addresses: readonly string[] = people) {
  const place = await newPlace(kind)
  const ledger = await openLedger(place)
  onTestFinished(() => ledger.close())
  await addReaders(ledger, addresses)
  const sending = await takeSnapshot(ledger, { now: sentAt - minute, notAfter: sentAt + 3 * 86_400_000 })
  await ledger.db.updateTable('deliveries').set({ state: 'uncertain', owner: 9, attempts: 1, relay: 'own', changedAt: sentAt }).execute()
  await ledger.db.updateTable('sendings').set({ state: 'finished', finishedAt: sentAt }).execute()
  const rows = await ledger.db.selectFrom('deliveries').selectAll().orderBy('id').execute()
  const attempt = {
    relay: 'own',
    outcome: 'uncertain',
    stage: null,
    code: null,
    enhanced: null,
    milliseconds: 500,
    at: sentAt,
    text: 'the connection ended',
  }
  await ledger.db
    .insertInto('attempts')
    .values(rows.map(({ id }) => ({ deliveryId: id, ...attempt })))
    .execute()
  const settings = await writeConfig(place.displayRoot)
  const idOf = (address: string) => rows.find(each => each.address === address)?.id ?? 0
  const reconcile = (lines: readonly string[], changes: Partial<ReconcileRequest> = {}) =>
    reconcileEdition({
      settings,
      place,
      edition: 'latest',
      logs: ['-'],
      mailboxes: [],
      standardInput: Readable.from([Buffer.from(`${lines.join('\n')}\n`)]),
      timeZone: 'UTC',
      secret: undefined,
      now,
      dryRun: false,
      ...changes,
    })
  return { ledger, sending, idOf, reconcile, folder: place.displayRoot }
}

async function writeConfig(folder: string) {
  await writeFile(path.join(folder, 'news-digest.yaml'), 'site:\n  url: https://blog.example\nsender:\n  email: digest@example.com\n')
  return readSettings({ cwd: folder })
}

async function states(ledger: Ledger) {
  const rows = await ledger.db.selectFrom('deliveries').select(['address', 'state']).orderBy('address').execute()
  return rows.map(({ address, state }) => `${address.split('@')[0]} ${state}`)
}

const idOfMessage = (address: string) => messageId('2026-w06', address, 'example.com')

describe.each(ledgerKinds)('reconcileEdition() on %s', kind => {
  it('settles what a killed process left under way, which no sending has called uncertain yet', async () => {
    const { ledger, reconcile } = await uncertainSending(kind)
    const [ada = ''] = people
    await ledger.db.updateTable('deliveries').set({ state: 'sending', owner: 424_242 }).execute()
    await ledger.db.deleteFrom('attempts').execute()
    const lines = postfixLines({ at: sentAt, queueId: 'AAAAA1', to: ada, messageId: idOfMessage(ada) })
    expect((await reconcile(lines, { dryRun: true })).deliveries).toEqual([])
    expect((await reconcile(lines)).left).toBe(4)
    expect(await states(ledger)).toEqual(['ada accepted', 'bob uncertain', 'cid uncertain', 'dan uncertain', 'eve uncertain'])
  })

  it('settles each uncertain delivery by what the log says of its message', async () => {
    const { ledger, idOf, reconcile } = await uncertainSending(kind)
    const [ada = '', bob = '', cid = '', dan = '', eve = ''] = people
    const lines = [
      ...postfixLines({ at: sentAt, queueId: 'AAAAA1', to: ada, messageId: idOfMessage(ada) }),
      // A relay that replaces Message-ID, as Amazon SES, Postmark and Brevo do, leaves our header alone.
      ...postfixLines({ at: sentAt, queueId: 'AAAAA2', to: bob, messageId: '<0100@email.example>', deliveryHeader: String(idOf(bob)) }),
      ...postfixLines({
        at: sentAt,
        queueId: 'AAAAA3',
        to: cid,
        messageId: idOfMessage(cid),
        refusal: 'END-OF-MESSAGE from c[192.0.2.1]: 5.7.1 not wanted',
      }),
      ...postfixLines({
        at: sentAt,
        queueId: 'AAAAA4',
        to: dan,
        messageId: idOfMessage(dan),
        refusal: 'END-OF-MESSAGE from c[192.0.2.1]: 4.7.1 try later',
      }),
    ]
    const before = await ledger.db.selectFrom('deliveries').selectAll().orderBy('id').execute()
    const planned = await reconcile(lines, { dryRun: true })
    expect(await ledger.db.selectFrom('deliveries').selectAll().orderBy('id').execute()).toEqual(before)

    const result = await reconcile(lines)
    expect(result.deliveries).toEqual(planned.deliveries)
    expect(Object.fromEntries(result.deliveries.map(each => [each.address, each.result]))).toEqual({
      [ada]: 'accepted',
      [bob]: 'accepted',
      [cid]: 'rejected',
      [dan]: 'again',
      [eve]: 'uncertain',
    })
    expect(result).toMatchObject({ edition: '2026-w06', left: 1 })
    expect(await states(ledger)).toEqual(['ada accepted', 'bob accepted', 'cid rejected', 'dan pending', 'eve uncertain'])
    const attempts = await ledger.db.selectFrom('attempts').selectAll().where('outcome', '=', 'reconciled').execute()
    expect(attempts).toHaveLength(4)
    expect(attempts.find(({ deliveryId }) => deliveryId === idOf(bob))?.text).toMatch(/^known by our header: /)
    const { sendings } = await readStatus(ledger, { list: 'digest', edition: 'latest' })
    // What is to be sent again is for the same command to go on with.
    expect(sendings[0]).toMatchObject({
      sending: { state: 'running', finishedAt: null },
      sum: { closes: true, stillToSend: 1, uncertain: 1 },
    })
    const settled = await ledger.db.selectFrom('deliveries').select(['owner', 'queueId']).where('id', '=', idOf(ada)).executeTakeFirst()
    expect(settled).toEqual({ owner: null, queueId: 'AAAAA1' })
  })

  it('finds nothing uncertain the second time, and settles nothing that somebody else has settled', async () => {
    const { ledger, reconcile } = await uncertainSending(kind, ['ada@reader.example'])
    const lines = postfixLines({ at: sentAt, queueId: 'AAAAA1', to: 'ada@reader.example', messageId: idOfMessage('ada@reader.example') })
    const standardInput = (async function* () {
      await ledger.db.updateTable('deliveries').set({ state: 'rejected' }).execute()
      yield Buffer.from(`${lines.join('\n')}\n`)
    })()
    expect((await reconcile([], { standardInput })).deliveries).toMatchObject([{ result: 'changed' }])
    expect(await states(ledger)).toEqual(['ada rejected'])
    expect((await reconcile(lines)).deliveries).toEqual([])
  })

  it('lets expire what would be sent again where the time of the sending is over', async () => {
    const { ledger, reconcile } = await uncertainSending(kind, ['ada@reader.example'])
    const refusal = 'END-OF-MESSAGE from c[192.0.2.1]: 4.7.1 try later'
    const lines = postfixLines({
      at: sentAt,
      queueId: 'AAAAA1',
      to: 'ada@reader.example',
      messageId: idOfMessage('ada@reader.example'),
      refusal,
    })
    const later = new Date(sentAt + 4 * 86_400_000)
    expect((await reconcile(lines, { now: later })).deliveries).toMatchObject([{ result: 'expired' }])
    expect(await states(ledger)).toEqual(['ada expired'])
    expect(await ledger.db.selectFrom('sendings').select('state').execute()).toEqual([{ state: 'finished' }])
  })

  it('marks a subscriber bounced whom the relay refused for good', async () => {
    const { ledger, reconcile } = await uncertainSending(kind, ['ada@reader.example'])
    const refusal = 'END-OF-MESSAGE from c[192.0.2.1]: 5.1.1 no such mailbox'
    const lines = postfixLines({
      at: sentAt,
      queueId: 'AAAAA1',
      to: 'ada@reader.example',
      messageId: idOfMessage('ada@reader.example'),
      refusal,
    })
    expect((await reconcile(lines)).deliveries).toMatchObject([{ result: 'rejected' }])
    expect(await ledger.db.selectFrom('subscribers').select('state').execute()).toEqual([{ state: 'bounced' }])
  })

  it('settles by reports: by a signed return path, or by our header where the address agrees', async () => {
    const { ledger, idOf, reconcile, folder } = await uncertainSending(kind)
    const [ada = '', bob = '', cid = '', dan = ''] = people
    const secret = keyOf('one')
    const signed = verpAddress('bounces@example.com', idOf(ada), parseSecret(secret))
    const reports = [
      bounceAbout({ id: '1', address: 'elsewhere@backend.example', to: signed }),
      bounceAbout({ id: '2', address: bob, deliveryHeader: String(idOf(bob)) }),
      bounceAbout({ id: '3', address: 'mallory@evil.example', deliveryHeader: String(idOf(cid)) }),
      bounceAbout({ id: '4', address: 'x@backend.example', messageId: idOfMessage(dan) }),
    ]
    const mailboxes = await Promise.all(
      reports.map(async (bytes, index) => {
        const file = path.join(folder, `${index}.eml`)
        await writeFile(file, bytes)
        return file
      }),
    )
    await reconcile([], { logs: [], mailboxes, secret })
    expect(await states(ledger)).toEqual(['ada accepted', 'bob accepted', 'cid uncertain', 'dan accepted', 'eve uncertain'])
  })
})
