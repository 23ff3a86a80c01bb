/** Editions as they were sent, out of the ledger. */

import type { Ledger } from '../ledger/ledger.ts'
import type { SendingKind, SendingRow } from '../ledger/tables.ts'
import type { Email } from '../render/email.ts'
import { readEarlierSendings } from './read-earlier-sendings.ts'

/** One edition of a list, as it was when its sending began. */
export interface SentEdition {
  readonly edition: string
  /** When its sending to the list began. Milliseconds since 1970. */
  readonly startedAt: number
  /** `hashes.content` of its email. */
  readonly contentHash: string
  /** The subject that won, where two were tried and one has. */
  readonly winner: string | null
}

/** The editions whose sending to the list has begun, the newest first. */
export async function readSentEditions({ db }: Ledger, list: string): Promise<readonly SentEdition[]> {
  const rows = await begunSendings(db, list).orderBy('startedAt', 'desc').orderBy('edition', 'desc').execute()
  return rows.map(toSentEdition)
}

/** One of them; null where its sending has not begun. */
export async function readSentEdition({ db }: Ledger, list: string, edition: string): Promise<SentEdition | null> {
  const row = await begunSendings(db, list).where('edition', '=', edition).executeTakeFirst()
  return row === undefined ? null : toSentEdition(row)
}

function begunSendings(db: Ledger['db'], list: string) {
  return db
    .selectFrom('sendings')
    .select(['edition', 'startedAt', 'hashesJson', 'winner'])
    .where('list', '=', list)
    .where('kind', '=', 'edition')
    .where('startedAt', 'is not', null)
}

function toSentEdition({
  startedAt,
  hashesJson,
  ...row
}: Pick<SendingRow, 'edition' | 'startedAt' | 'hashesJson' | 'winner'>): SentEdition {
  return { ...row, startedAt: startedAt ?? 0, contentHash: contentHashIn(hashesJson) }
}

/** The email of a sent edition; null where the ledger does not have it. */
export async function readSentEmail(
  { db }: Ledger,
  { list, edition, contentHash }: Pick<SentEdition, 'edition' | 'contentHash'> & { readonly list: string },
): Promise<Email | null> {
  const row = await db
    .selectFrom('sentEditions')
    .select('emailJson')
    .where('list', '=', list)
    .where('edition', '=', edition)
    .where('contentHash', '=', contentHash)
    .executeTakeFirst()
  return row === undefined ? null : (JSON.parse(row.emailJson) as Email)
}

/** What a sending of an edition goes on with: its own email where one of that kind is open, else that of the sending to the list. Null where none has begun. */
export async function readBegunEmail(ledger: Ledger, list: string, edition: string, kind: SendingKind): Promise<Email | null> {
  const begun = (await readEarlierSendings(ledger, list, edition)).filter(({ startedAt }) => startedAt !== null)
  const sending = begun.find(each => each.kind === kind && each.state !== 'finished') ?? begun.find(each => each.kind === 'edition')
  return sending === undefined ? null : readSentEmail(ledger, { list, edition, contentHash: contentHashIn(sending.hashesJson) })
}

function contentHashIn(hashesJson: string): string {
  return (JSON.parse(hashesJson) as Partial<Email['hashes']>).content ?? ''
}
