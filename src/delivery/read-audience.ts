import { type SqlBool, sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import type { SubscriberState } from '../ledger/tables.ts'
import type { RecipientsRequest } from './recipients-of.ts'

/** Who would get an edition now, and why others would not. */
export interface Audience {
  readonly recipients: number
  /** Of the recipients, by language; the empty text for those without one. */
  readonly byLanguage: Readonly<Record<string, number>>
  /** Not recipients: by state, and of those subscribed by what keeps them out. */
  readonly leftOut: Readonly<Record<Exclude<SubscriberState, 'subscribed'> | 'paused' | 'outsideSegment' | 'haveItAlready', number>>
}

/** Counts the people on a list as `recipientsOf` chooses them for the snapshot. */
export async function readAudience({ db }: Ledger, { list, edition, condition, now }: RecipientsRequest): Promise<Audience> {
  const hasIt = sql<SqlBool>`exists (
    select 1 from deliveries join sendings on sendings.id = deliveries.sending_id
    where deliveries.subscriber_id = subscribers.id and sendings.list = ${list} and sendings.edition = ${edition})`
  const why = sql<string>`case
    when subscribers.state <> 'subscribed' then subscribers.state
    when subscribers.paused_until > ${now} then 'paused'
    when ${hasIt} then 'haveItAlready'
    when not (${condition ?? sql`1 = 1`}) then 'outsideSegment'
    else 'recipients' end`
  const rows = await db
    .selectFrom('subscribers')
    .select([why.as('why'), sql<string>`coalesce(subscribers.language, '')`.as('language'), sql<number>`count(*)`.as('count')])
    .where('subscribers.list', '=', list)
    .groupBy([sql`1`, sql`2`])
    .execute()
  const sum = (wanted: string) => rows.filter(each => each.why === wanted).reduce((total, { count }) => total + count, 0)
  return {
    recipients: sum('recipients'),
    byLanguage: Object.fromEntries(rows.filter(each => each.why === 'recipients').map(({ language, count }) => [language, count])),
    leftOut: {
      pending: sum('pending'),
      unsubscribed: sum('unsubscribed'),
      bounced: sum('bounced'),
      complained: sum('complained'),
      paused: sum('paused'),
      haveItAlready: sum('haveItAlready'),
      outsideSegment: sum('outsideSegment'),
    },
  }
}

const leftOutWords = {
  pending: 'not confirmed',
  unsubscribed: 'unsubscribed',
  bounced: 'bounced',
  complained: 'complained',
  paused: 'paused',
  haveItAlready: 'to whom it was sent already',
  outsideSegment: 'outside the segment',
} as const

/** Who is not among the recipients, in words: `12 unsubscribed`, `1,200 outside the segment`. `outside`: what is outside, where that is no segment. */
export function describeLeftOut({ leftOut }: Audience, outside: string = leftOutWords.outsideSegment): readonly string[] {
  return Object.entries({ ...leftOutWords, outsideSegment: outside })
    .map(([why, words]) => [leftOut[why as keyof typeof leftOut], words] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count.toLocaleString('en')} ${words}`)
}
