import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readSettings } from '../../src/config/read-config.ts'
import { createMessageIdIndex } from '../../src/delivery/bounces/read-message-ids.ts'
import { runMailbox } from '../../src/delivery/bounces/run-mailbox.ts'
import { readSendings } from '../../src/delivery/read-sendings.ts'
import type { Ledger, LedgerPlace } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { DeliveryRow, SendingRow } from '../../src/ledger/tables.ts'
import { messageId } from '../../src/message/message-id.ts'
import { verpAddress } from '../../src/message/verp.ts'
import { reconcileEdition } from '../../src/run-reconcile.ts'
import { secretOf } from '../message/secret-of.ts'
import { ledgerKinds, useLedgers } from '../subscribers/ledgers.ts'
import { bounceAbout } from './bounces/mail-about.ts'
import { addReaders, send, takeSnapshot } from './engine.ts'
import { randomFaults } from './fault-server/random-faults.ts'
import { startFaultServer } from './fault-server/start-fault-server.ts'
import { postfixLines } from './reconcile/postfix-lines.ts'

const { newPlace } = useLedgers()
const secret = secretOf('one')
const readers = 40

/** What may happen to an edition, in any order. Places among its deliveries go round. */
type Event =
  | { readonly kind: 'send'; readonly seed: number }
  | {
      readonly kind: 'bounce'
      readonly place: number
      readonly status: string
      readonly mark: 'verp' | 'header' | 'message-id' | 'address'
    }
  | { readonly kind: 'reconcile'; readonly refused: string | null; readonly every: number }
  | { readonly kind: 'kill'; readonly place: number }

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), seed: fc.nat(1000) }),
  fc.record({
    kind: fc.constant('bounce' as const),
    place: fc.nat(readers),
    status: fc.constantFrom('5.1.1', '4.2.2', '5.7.1', '2.0.0', 'nonsense'),
    mark: fc.constantFrom('verp' as const, 'header' as const, 'message-id' as const, 'address' as const),
  }),
  fc.record({
    kind: fc.constant('reconcile' as const),
    refused: fc.constantFrom(null, '5.7.1', '4.7.1', '5.1.1', '5.5.2'),
    every: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant('kill' as const), place: fc.nat(readers) }),
)

interface World {
  readonly ledger: Ledger
  readonly place: LedgerPlace
  readonly sending: SendingRow
}

function rowsOf({ ledger }: World): Promise<DeliveryRow[]> {
  return ledger.db.selectFrom('deliveries').selectAll().orderBy('id').execute()
}

async function happens(each: Event, world: World): Promise<void> {
  const { ledger, place, sending } = world
  const rows = await rowsOf(world)
  if (each.kind === 'send') {
    const faults = { 'dot-drop': 0.1, 'dot-half': 0.05, 'rcpt-550': 0.05, 'rcpt-450': 0.1, 'dot-451': 0.05 }
    const server = await startFaultServer({ decide: randomFaults(faults, each.seed) })
    await send({ ledger, place, sending, ports: [server.port] })
    await server.close()
  } else if (each.kind === 'kill') {
    // As a process leaves it behind that is killed while a message is under way.
    const id = rows[each.place % rows.length]?.id ?? 0
    await ledger.db
      .updateTable('deliveries')
      .set({ state: 'sending', owner: 1 })
      .where('id', '=', id)
      .where('state', 'in', ['pending', 'deferred'])
      .execute()
  } else if (each.kind === 'bounce') {
    const { address = '', id = 0 } = rows[each.place % rows.length] ?? {}
    const marks = {
      verp: { address: 'x@backend.example', to: verpAddress('bounces@example.com', id, secret) },
      header: { address, deliveryHeader: String(id) },
      'message-id': { address: 'x@backend.example', messageId: messageId(sending.edition, address, 'example.com') },
      address: { address },
    }
    const bytes = bounceAbout({ ...marks[each.mark], status: each.status, id: `${each.place}.${each.status}` })
    await runMailbox({
      ledger,
      messages: (async function* () {
        yield { source: 'test', bytes }
      })(),
      context: {
        list: 'digest',
        secret,
        now: Date.now(),
        findByMessageId: createMessageIdIndex('digest'),
        softLimit: 2,
        softWithin: 86_400_000,
        expectsSignature: false,
      },
      dryRun: false,
      onMessage: () => {},
    })
  } else {
    const lines = rows
      .filter((_, index) => index % each.every === 0)
      .flatMap(({ id, address }) =>
        postfixLines({
          at: Date.now(),
          queueId: `ABCD${id.toString(16).toUpperCase()}`,
          to: address,
          messageId: messageId(sending.edition, address, 'example.com'),
          refusal: each.refused === null ? null : `END-OF-MESSAGE from c[192.0.2.1]: ${each.refused} so it is`,
        }),
      )
    await reconcileEdition({
      settings: await readSettings({ cwd: place.displayRoot, overrides: { sender: { email: 'digest@example.com' } } }),
      place,
      edition: 'latest',
      logs: ['-'],
      mailboxes: [],
      standardInput: Readable.from([Buffer.from(lines.join('\n'))]),
      timeZone: 'UTC',
      secret: undefined,
      now: new Date(),
      dryRun: false,
    })
  }
}

describe.each(ledgerKinds)('on %s', kind => {
  it('the sum closes whatever was sent, killed, came back or was reconciled, and what is settled stays settled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 2, maxLength: 6 }), async events => {
        const place = await newPlace(kind)
        const ledger = await openLedger(place)
        onTestFinished(() => ledger.close())
        await addReaders(ledger, readers)
        const world = { ledger, place, sending: await takeSnapshot(ledger) }
        for (const each of [{ kind: 'send' as const, seed: events.length }, ...events]) {
          const before = await rowsOf(world)
          await happens(each, world)
          const after = await rowsOf(world)
          const [overview] = await readSendings(ledger, 'digest')
          expect(overview?.sum).toMatchObject({ closes: true, recipients: readers })
          const finals = before.filter(({ state }) => ['accepted', 'rejected', 'expired', 'suppressed'].includes(state))
          expect(finals.filter(({ id, state }) => after.find(row => row.id === id)?.state !== state)).toEqual([])
        }
      }),
      { numRuns: kind === 'sqlite' ? 8 : 2 },
    )
  }, 120_000)
})
