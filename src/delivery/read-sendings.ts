/** The sendings of a list. */

import { sql } from 'kysely'
import { UserError } from '../errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { SendingRow } from '../ledger/tables.ts'
import { countsOf, type DeliverySum, sumOf, waitsForWinner } from './sending.ts'

/** A sending, and what its recipients add up to. */
export interface SendingOverview {
  readonly sending: SendingRow
  readonly sum: DeliverySum
  /** Both subjects are out, and the others wait for the one that wins. */
  readonly waitsForWinner: boolean
}

/** All sendings of a list, the newest first, each with its sum: one statement counts all deliveries. */
export async function readSendings({ db }: Ledger, list: string): Promise<readonly SendingOverview[]> {
  const sendings = await db.selectFrom('sendings').selectAll().where('list', '=', list).orderBy('id', 'desc').execute()
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('sendings', 'sendings.id', 'deliveries.sendingId')
    .select(['deliveries.sendingId', 'deliveries.state', sql<number>`count(*)`.as('count')])
    .select(sql<number>`sum(case when deliveries.state = 'pending' and deliveries.variant is null then 1 else 0 end)`.as('heldBack'))
    .where('sendings.list', '=', list)
    .groupBy(['deliveries.sendingId', 'deliveries.state'])
    .execute()
  const own = Map.groupBy(rows, row => row.sendingId)
  return sendings.map(sending => {
    const some = own.get(sending.id) ?? []
    const sum = sumOf(countsOf(some), sending.recipients ?? 0)
    const heldBack = some.reduce((all, row) => all + Number(row.heldBack), 0)
    return { sending, sum, waitsForWinner: waitsForWinner(sending, sum, heldBack) }
  })
}

/**
 * The sendings of one edition, oldest first. `latest` is the edition whose sending is the newest, welcome mail aside.
 * @throws UserError `sending-unknown` where there is none, naming the editions that have one
 */
export async function readSendingsOf({ db }: Ledger, { list, edition }: EditionOfList): Promise<readonly [SendingRow, ...SendingRow[]]> {
  const known = await db
    .selectFrom('sendings')
    .select(['edition', sql<number>`max(case when kind = 'welcome' then 0 else id end)`.as('newest')])
    .where('list', '=', list)
    .groupBy('edition')
    .orderBy('newest', 'desc')
    .execute()
  const wanted = edition === 'latest' ? known[0]?.edition : edition
  const rows = await db
    .selectFrom('sendings')
    .selectAll()
    .where('list', '=', list)
    .where('edition', '=', wanted ?? '')
    .orderBy('id')
    .execute()
  const [first, ...more] = rows
  if (first !== undefined) return [first, ...more]
  throw unknownSending(
    edition,
    known.map(each => each.edition),
  )
}

/** An edition's id that `parseEditionId` has let through, or `latest`; and the list's id. */
export interface EditionOfList {
  readonly list: string
  readonly edition: string
}

const mostNamed = 10

function unknownSending(edition: string, known: readonly string[]): UserError {
  const named = known.slice(0, mostNamed).join(', ')
  const more = known.length > mostNamed ? ` and ${known.length - mostNamed} older ones` : ''
  return new UserError({
    code: 'sending-unknown',
    message: edition === 'latest' ? 'nothing has been sent from this ledger yet' : `${edition} has not been sent from this ledger`,
    ...(known.length === 0 ? {} : { expected: `one of ${named}${more}` }),
    hint:
      known.length === 0
        ? 'Send an edition first: "news-digest send latest". Where it was sent from another machine, look there, or set DATABASE_URL as it is there.'
        : 'Name one of these; "news-digest status" lists them with what became of them.',
  })
}
