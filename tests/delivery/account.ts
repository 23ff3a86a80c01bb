/** What the ledger says against what the relay saw: the figures at the end of the protocol of sending. */

import { readCounts } from '../../src/delivery/read-counts.ts'
import { type DeliverySum, sumOf } from '../../src/delivery/sending.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { DeliveryRow, DeliveryState } from '../../src/ledger/tables.ts'
import type { ServerEvent } from './fault-server/fault.ts'

/** The account of a sending. */
export interface Account {
  readonly sum: DeliverySum
  /** Recipients whose message the relay took, or may have taken. */
  readonly received: number
  /** Messages that it took from recipients who had been served. */
  readonly duplicates: number
  /** Accepted in the ledger, and never seen by the relay. */
  readonly lost: number
  /** What must not be, in words; empty where all is well. */
  readonly violations: readonly string[]
}

/** A message whose final dot arrived, and that was not refused with a reply which the sender can have read. */
interface Taken {
  readonly delivery: number
  readonly to: string
  /** What was said to it; null where nothing was, or not all of it. */
  readonly said: string | null
}

/** Compares a sending with the events of all relays that it went over. */
export async function account(ledger: Ledger, sending: { readonly id: number }, events: readonly ServerEvent[]): Promise<Account> {
  const { recipients } = await ledger.db.selectFrom('sendings').select('recipients').where('id', '=', sending.id).executeTakeFirstOrThrow()
  const deliveries = await ledger.db.selectFrom('deliveries').selectAll().where('sendingId', '=', sending.id).execute()
  const accepted = await ledger.db
    .selectFrom('attempts')
    .innerJoin('deliveries', 'deliveries.id', 'attempts.deliveryId')
    .select(['deliveries.id'])
    .where('sendingId', '=', sending.id)
    .where('outcome', '=', 'accepted')
    .execute()
  const sum = sumOf(await readCounts(ledger, sending.id), recipients ?? -1)
  const taken = takenOf(events)
  const byDelivery = Map.groupBy(taken, ({ delivery }) => delivery)
  const acceptances = Map.groupBy(accepted, ({ id }) => id)
  const violations: string[] = []
  if (!sum.closes) violations.push(`the sum does not close: ${JSON.stringify(sum)}`)
  if (deliveries.length !== recipients) violations.push(`${deliveries.length} deliveries for ${recipients} recipients`)
  const addresses = new Map(deliveries.map(({ id, address }) => [id, address]))
  for (const { delivery, to } of taken) {
    if (addresses.get(delivery) !== to) violations.push(`delivery ${delivery} came to ${to}, and is for ${addresses.get(delivery)}`)
  }
  const received = (id: number) => byDelivery.get(id) ?? []
  for (const each of deliveries) violations.push(...violationsOf(each, received(each.id), acceptances.get(each.id)?.length ?? 0))
  return {
    sum,
    received: byDelivery.size,
    duplicates: taken.length - byDelivery.size,
    lost: deliveries.filter(({ id, state }) => state === 'accepted' && received(id).length === 0).length,
    violations,
  }
}

function violationsOf(delivery: DeliveryRow, received: readonly Taken[], acceptances: number): readonly string[] {
  const { id, address, state, queueId, attempts } = delivery
  const said = received.map(each => each.said).join(' / ')
  const isAccepted = state === 'accepted'
  const wrong: readonly (readonly [boolean, string])[] = [
    [received.length > 1, `got it ${received.length} times: ${said}`],
    [received.length > 0 && !mayBeTaken.has(state), `was received: ${said}`],
    [isAccepted && received.length === 0, 'was never received'],
    [isAccepted && !said.endsWith(`queued as ${queueId}`), `has the queue id ${queueId}, and the relay said ${said}`],
    [isAccepted && attempts < 1, 'was accepted without an attempt'],
    [acceptances !== (isAccepted ? 1 : 0), `has ${acceptances} acceptances`],
  ]
  return wrong.flatMap(([isSo, what]) => (isSo ? [`${address} (delivery ${id}, ${state}) ${what}`] : []))
}

const mayBeTaken = new Set<DeliveryState>(['accepted', 'uncertain'])

/** The messages of the log that the relay took, or may have. */
function takenOf(events: readonly ServerEvent[]): readonly Taken[] {
  const open = new Map<number, { delivery: number; to: string; said: string | null }>()
  const taken: Taken[] = []
  for (const event of events) {
    if (event.kind === 'message') {
      const message = { delivery: Number(event.delivery), to: event.to, said: null }
      open.set(event.connection, message)
      taken.push(message)
    } else if (event.kind === 'reply') {
      const message = open.get(event.connection)
      if (message === undefined) continue
      open.delete(event.connection)
      if (!event.whole) continue
      message.said = event.said
      if (event.said !== null && event.said >= '4') taken.splice(taken.indexOf(message), 1)
    }
  }
  return taken
}

/** Connections that ended between the final dot and a whole reply to it. */
export function droppedAfterDot(events: readonly ServerEvent[]): number {
  const answered = events.filter(event => event.kind === 'reply' && event.whole).length
  return events.filter(({ kind }) => kind === 'message').length - answered
}
