/** Copies what a sending is made from into the ledger of a dry run, page by page: ids stay what they are, so links and return paths are those of the real one. */

import { sql } from 'kysely'
import { insertRows } from '../../ledger/insert-rows.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { DeliveryState, SendingRow, SubscriberRow } from '../../ledger/tables.ts'
import { type RecipientsRequest, recipientsOf } from '../recipients-of.ts'

/** From which ledger to which. */
export interface Copying {
  readonly from: Ledger
  /** New and empty, and SQLite. */
  readonly to: Ledger
  /** Told how many have been copied. */
  readonly onProgress: (done: number) => void
  readonly signal: AbortSignal
}

const pageSize = 2000

type Copied = Pick<SubscriberRow, 'id' | 'list' | 'address' | 'domain' | 'name' | 'language' | 'state' | 'epoch' | 'joinedAt'>

/** Copies those who would get an edition now. The deliveries of the copy begin behind those of the original. Stops early where the signal is given. */
export async function writeRecipientsCopy(copying: Copying, request: RecipientsRequest): Promise<void> {
  const { from, to } = copying
  const { last } = await from.db
    .selectFrom('deliveries')
    .select(eb => eb.fn.max('id').as('last'))
    .executeTakeFirstOrThrow()
  await sql`insert into sqlite_sequence (name, seq) values ('deliveries', ${(last as number | null) ?? 0})`.execute(to.db)
  await eachPage(copying, async after => {
    const page = await recipientsOf(from.db, request)
      .select(subscriberColumns)
      .where('subscribers.id', '>', after)
      .orderBy('subscribers.id')
      .limit(pageSize)
      .execute()
    await to.write(db => insertRows({ kind: 'sqlite', db }, 'subscribers', toColumns(subscriberFields), page.map(subscriberRow)))
    return page
  })
}

/** Copies a sending that has begun, with its deliveries in these states: all of them wait in the copy. Stops early where the signal is given. */
export async function writeSendingCopy(copying: Copying, sending: SendingRow, states: readonly DeliveryState[]): Promise<SendingRow> {
  const { from, to } = copying
  await to.db
    .insertInto('sendings')
    .values({ ...sending, state: 'running', pauseReason: null, finishedAt: null })
    .execute()
  await eachPage(copying, async after => {
    const page = await from.db
      .selectFrom('deliveries')
      .leftJoin('subscribers', 'subscribers.id', 'deliveries.subscriberId')
      .select(['deliveries.id', 'deliveries.subscriberId', 'deliveries.address as sentTo', 'deliveries.domain as sentToDomain', 'variant'])
      .select(['subscribers.list', 'subscribers.address', 'subscribers.domain', 'subscribers.name', 'subscribers.language'])
      .select(['subscribers.state', 'subscribers.epoch', 'subscribers.joinedAt'])
      .where('deliveries.sendingId', '=', sending.id)
      .where('deliveries.state', 'in', states)
      .where('deliveries.id', '>', after)
      .orderBy('deliveries.id')
      .limit(pageSize)
      .execute()
    await to.write(async db => {
      const target = { kind: 'sqlite' as const, db }
      // Whoever was forgotten meanwhile has a delivery and no row.
      const people = page.flatMap(({ subscriberId: id, list, address, domain, name, language, state, epoch, joinedAt }) =>
        list === null || address === null || domain === null || state === null || epoch === null || joinedAt === null
          ? []
          : [subscriberRow({ id, list, address, domain, name, language, state, epoch, joinedAt })],
      )
      await insertRows(target, 'subscribers', toColumns(subscriberFields), people)
      const deliveries = page.map(each => [
        each.id,
        sending.id,
        each.subscriberId,
        each.sentTo,
        each.sentToDomain,
        each.variant,
        'pending',
        sending.startedAt ?? 0,
      ])
      await insertRows(target, 'deliveries', toColumns(deliveryFields), deliveries)
    })
    return page
  })
  return to.db
    .updateTable('sendings')
    .set(eb => ({ recipients: eb.selectFrom('deliveries').select(inner => inner.fn.countAll<number>().as('count')) }))
    .where('id', '=', sending.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

async function eachPage(
  { onProgress, signal }: Copying,
  copy: (after: number) => Promise<readonly { readonly id: number }[]>,
): Promise<void> {
  for (let after = 0, done = 0; !signal.aborted; ) {
    const page = await copy(after)
    done += page.length
    onProgress(done)
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last.id
  }
}

const subscriberColumns = [
  'subscribers.id',
  'subscribers.list',
  'subscribers.address',
  'subscribers.domain',
  'subscribers.name',
  'subscribers.language',
  'subscribers.state',
  'subscribers.epoch',
  'subscribers.joinedAt',
] as const

const subscriberFields = ['id', 'list', 'address', 'original', 'domain', 'name', 'language', 'state', 'epoch', 'joinedAt']
const deliveryFields = ['id', 'sendingId', 'subscriberId', 'address', 'domain', 'variant', 'state', 'changedAt']

function subscriberRow({ id, list, address, domain, name, language, state, epoch, joinedAt }: Copied): readonly unknown[] {
  return [id, list, address, address, domain, name, language, state, epoch, joinedAt]
}

function toColumns(names: readonly string[]) {
  return names.map(name => ({ name, type: 'text' as const }))
}
