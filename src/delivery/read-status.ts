/** What became of an edition's recipients, as the ledger has it. */

import { type SqlBool, sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import type { DeliveryState, SendingRow } from '../ledger/tables.ts'
import { readCounts } from './read-counts.ts'
import { type ErrorGroup, readErrors } from './read-errors.ts'
import { readLeft } from './read-left.ts'
import { type EditionOfList, readSendingsOf } from './read-sendings.ts'
import { readUncertain, type UncertainRow } from './read-uncertain.ts'
import { countsOf, type DeliveryCounts, type DeliverySum, sumOf, waitsForWinner } from './sending.ts'

/** Deliveries by state of one domain, relay or subject. */
export interface CountsOf {
  readonly name: string
  readonly counts: DeliveryCounts
}

/** A try that took long. */
export interface SlowAttempt {
  readonly address: string
  readonly relay: string
  readonly outcome: string
  readonly milliseconds: number
  readonly at: number
}

/** How fast a sending went. Rates in messages a second. */
export interface Pace {
  /** From the snapshot to the end, or to the last try of one that has not ended; null before the first. Milliseconds. */
  readonly duration: number | null
  /** Over the whole duration, waits and interruptions included. */
  readonly rate: number | null
  /** In the minute in which most were accepted. */
  readonly bestRate: number | null
}

/** Bounces and complaints by what was decided. */
export type BounceCounts = Readonly<Partial<Record<'hard' | 'soft' | 'complaint' | 'nothing', number>>>

/** Where one sending stands. Counts, domains and relays come from one statement, so they add up to the same even while it is being sent. */
export interface SendingStatus {
  readonly sending: SendingRow
  readonly sum: DeliverySum
  readonly counts: DeliveryCounts
  /** The largest first. */
  readonly domains: readonly CountsOf[]
  /** By the relay that was tried last; deliveries that were not tried yet are in none. */
  readonly relays: readonly CountsOf[]
  /** By subject, where the sending tries two; `''` waits for the winner. */
  readonly variants: readonly CountsOf[]
  /** Both subjects are out, and the others wait for the one that wins. */
  readonly waitsForWinner: boolean
  readonly pace: Pace
  readonly slowest: readonly SlowAttempt[]
  readonly errors: readonly ErrorGroup[]
  /** What came back later about its messages, by kind. */
  readonly bounces: BounceCounts
  /** When the next deferred one is tried; null where none is. */
  readonly nextDueAt: number | null
}

/** Everything that was sent of an edition. */
export interface EditionStatus {
  readonly edition: string
  /** Oldest first; welcome mail not among them. */
  readonly sendings: readonly SendingStatus[]
  /** Welcome mail has a sending for each newcomer, or for many: together. Null where there was none. */
  readonly welcome: { readonly sendings: number; readonly sum: DeliverySum } | null
  /** Of all its sendings. */
  readonly uncertain: readonly UncertainRow[]
}

/**
 * Reads where an edition stands.
 * @throws UserError `sending-unknown`
 */
export async function readStatus(ledger: Ledger, which: EditionOfList): Promise<EditionStatus> {
  const all = await readSendingsOf(ledger, which)
  const welcome = all.filter(({ kind }) => kind === 'welcome')
  const sendings: SendingStatus[] = []
  for (const sending of all) if (sending.kind !== 'welcome') sendings.push(await readOne(ledger, sending))
  return {
    edition: all[0].edition,
    sendings,
    welcome: welcome.length === 0 ? null : { sendings: welcome.length, sum: await sumOfAll(ledger, welcome) },
    uncertain: await readUncertain(
      ledger,
      all.map(({ id }) => id),
    ),
  }
}

async function readOne(ledger: Ledger, sending: SendingRow): Promise<SendingStatus> {
  const rows = await readGroups(ledger, sending.id)
  const counts = countsOf(rows)
  const sum = sumOf(counts, sending.recipients ?? 0)
  const variants = sending.split === null ? [] : countsBy(rows, ({ variant }) => variant ?? '')
  const heldBack = variants.find(({ name }) => name === '')?.counts.pending ?? 0
  return {
    sending,
    sum,
    counts,
    domains: countsBy(rows, ({ domain }) => domain),
    relays: countsBy(rows, ({ relay }) => relay),
    variants,
    waitsForWinner: waitsForWinner(sending, sum, heldBack),
    pace: await readPace(ledger, sending, counts.accepted),
    slowest: await readSlowest(ledger, sending.id),
    errors: await readErrors(ledger, sending.id),
    bounces: await readBounceKinds(ledger, sending.id),
    nextDueAt: counts.deferred === 0 ? null : (await readLeft(ledger, sending.id)).nextDue,
  }
}

interface Group {
  readonly domain: string
  readonly relay: string | null
  readonly variant: string | null
  readonly state: DeliveryState
  readonly count: number
}

function readGroups({ db }: Ledger, sendingId: number): Promise<readonly Group[]> {
  return db
    .selectFrom('deliveries')
    .select(['domain', 'relay', 'variant', 'state', sql<number>`count(*)`.as('count')])
    .where('sendingId', '=', sendingId)
    .groupBy(['domain', 'relay', 'variant', 'state'])
    .execute()
}

function countsBy(rows: readonly Group[], nameOf: (row: Group) => string | null): readonly CountsOf[] {
  const groups = Map.groupBy(rows, nameOf)
  const sizeOf = (some: readonly Group[]) => some.reduce((sum, { count }) => sum + count, 0)
  return [...groups]
    .sort(([nameA, a], [nameB, b]) => sizeOf(b) - sizeOf(a) || ((nameA ?? '') < (nameB ?? '') ? -1 : 1))
    .flatMap(([name, some]) => (name === null ? [] : [{ name, counts: countsOf(some) }]))
}

async function sumOfAll(ledger: Ledger, sendings: readonly SendingRow[]): Promise<DeliverySum> {
  const counts = await readCounts(ledger, ...sendings.map(({ id }) => id))
  return sumOf(
    counts,
    sendings.reduce((sum, { recipients }) => sum + (recipients ?? 0), 0),
  )
}

function attemptsOf({ db }: Ledger, sendingId: number) {
  return db
    .selectFrom('deliveries')
    .innerJoin('attempts', 'attempts.deliveryId', 'deliveries.id')
    .where('deliveries.sendingId', '=', sendingId)
}

async function readPace(ledger: Ledger, { id, startedAt, finishedAt }: SendingRow, accepted: number): Promise<Pace> {
  const { lastAt } = await attemptsOf(ledger, id)
    .select(eb => eb.fn.max('attempts.at').as('lastAt'))
    .where('attempts.outcome', '!=', 'reconciled')
    .executeTakeFirstOrThrow()
  const best = await attemptsOf(ledger, id)
    .select([sql<number>`count(*)`.as('count'), sql<number>`attempts.at / 60000`.as('minute')])
    .where('attempts.outcome', '=', 'accepted')
    .groupBy('minute')
    .orderBy('count', 'desc')
    .limit(1)
    .executeTakeFirst()
  const end = finishedAt ?? lastAt
  const duration = startedAt === null || end === null ? null : Math.max(0, end - startedAt)
  if (duration === null || duration === 0) return { duration, rate: null, bestRate: null }
  const rate = accepted / (duration / 1000)
  return { duration, rate, bestRate: best === undefined ? null : Math.max(rate, best.count / Math.min(60, duration / 1000)) }
}

const mostSlow = 5

function readSlowest(ledger: Ledger, sendingId: number): Promise<readonly SlowAttempt[]> {
  return attemptsOf(ledger, sendingId)
    .select(['deliveries.address', 'attempts.relay', 'attempts.outcome', 'attempts.at'])
    .select(sql<number>`attempts.milliseconds`.as('milliseconds'))
    .where('attempts.milliseconds', 'is not', null)
    .orderBy('attempts.milliseconds', 'desc')
    .orderBy('attempts.id')
    .limit(mostSlow)
    .execute()
}

/** Without the refusals that the relay spoke while we sent: those are in the sum. */
async function readBounceKinds({ db }: Ledger, sendingId: number): Promise<BounceCounts> {
  const rows = await db
    .selectFrom('bounces')
    .innerJoin('deliveries', 'deliveries.id', 'bounces.deliveryId')
    .select(['bounces.kind', sql<number>`count(*)`.as('count')])
    .where('deliveries.sendingId', '=', sendingId)
    .where(sql<SqlBool>`bounces.digest not like 'rejection %'`)
    .groupBy('bounces.kind')
    .execute()
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))
}
