/** A sending from the list to the account: what most tests of the engine do. */

import { expect, onTestFinished } from 'vitest'
import type { Ledger, LedgerPlace } from '../../src/ledger/ledger.ts'
import type { SendingRow } from '../../src/ledger/tables.ts'
import { type Account, account } from './account.ts'
import { addReaders, type SendOptions, type Sent, send, takeSnapshot } from './engine.ts'
import type { Decide, Fault, ServerEvent } from './fault-server/fault.ts'
import { type FaultServer, type FaultServerOptions, startFaultServer } from './fault-server/start-fault-server.ts'
import type { Create } from './on-both.ts'

/** A relay that the test looks into. */
export interface SpiedRelay extends FaultServer {
  readonly events: readonly ServerEvent[]
  /** Recipients whose final dot came, in order. */
  readonly served: () => readonly string[]
}

/** Starts a relay that goes away with the test. */
export async function startRelay(options: FaultServerOptions = {}): Promise<SpiedRelay> {
  const events: ServerEvent[] = []
  const server = await startFaultServer({ ...options, onEvent: event => void events.push(event) })
  onTestFinished(() => server.close())
  return { ...server, events, served: () => events.flatMap(event => (event.kind === 'message' ? [event.to] : [])) }
}

/** A fault at a stage, each time. */
export function always(stage: string, fault: Fault): Decide {
  return step => (step.stage === stage ? fault : undefined)
}

/** A fault at a stage, but for the first time. */
export function afterFirst(stage: string, fault: Fault): Decide {
  let isOver = false
  return step => {
    if (step.stage !== stage) return undefined
    const wasOver = isOver
    isOver = true
    return wasOver ? fault : undefined
  }
}

/** A fault at a stage, the first times only. */
export function first(times: number, stage: string, fault: Fault): Decide {
  let left = times
  return step => (step.stage === stage && left-- > 0 ? fault : undefined)
}

/** A ledger with people and a snapshot of them. */
export interface Prepared {
  readonly ledger: Ledger
  readonly place: LedgerPlace
  readonly sending: SendingRow
}

/** Makes one. */
export async function prepare(
  create: Create,
  who: number | readonly string[],
  snapshot: Parameters<typeof takeSnapshot>[1] = {},
): Promise<Prepared> {
  const { ledger, place } = await create()
  await addReaders(ledger, who)
  return { ledger, place, sending: await takeSnapshot(ledger, snapshot) }
}

/** Sends, and accounts for it against the relays: nothing may be wrong, whatever the end. */
export async function sendAndAccount(
  prepared: Prepared,
  relays: readonly SpiedRelay[],
  options: Omit<SendOptions, keyof Prepared | 'ports'> = {},
): Promise<Sent & { readonly told: Account }> {
  const sent = await send({ ...prepared, ports: relays.map(({ port }) => port), ...options })
  return { ...sent, told: await accountFor(prepared, relays) }
}

/** Accounts for a sending; fails where anything is not as it must be. */
export async function accountFor({ ledger, sending }: Prepared, relays: readonly SpiedRelay[]): Promise<Account> {
  // Each relay counts its connections from one.
  const events = relays.flatMap((relay, index) =>
    relay.events.map(event => ({ ...event, connection: event.connection + index * 1_000_000 })),
  )
  const told = await account(ledger, sending, events)
  expect(told.violations).toEqual([])
  return told
}

/** The states of the counts that are not zero. */
export function statesOf({ counts }: Pick<Sent, 'counts'>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0))
}

/** A sending's delivery to an address, with its tries. */
export async function readDelivery({ ledger, sending }: Prepared, address: string) {
  const delivery = await ledger.db
    .selectFrom('deliveries')
    .selectAll()
    .where('sendingId', '=', sending.id)
    .where('address', '=', address)
    .executeTakeFirstOrThrow()
  const tries = await ledger.db.selectFrom('attempts').selectAll().where('deliveryId', '=', delivery.id).orderBy('id').execute()
  const subscriber = await ledger.db.selectFrom('subscribers').selectAll().where('id', '=', delivery.subscriberId).executeTakeFirst()
  return { delivery, tries, subscriber }
}
