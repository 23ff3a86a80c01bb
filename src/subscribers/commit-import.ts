import { type Kysely, sql } from 'kysely'
import type { OneConnection } from '../ledger/ledger.ts'
import type { SubscriberState, Tables } from '../ledger/tables.ts'
import { changeStates } from './change-state.ts'
import { staged } from './import-stage.ts'
import { onlySignedUp } from './remove-unconfirmed.ts'

/** What is the same for everybody in an import. */
export interface ImportStamp {
  readonly list: string
  /** `import readers.csv`: what the history names. */
  readonly source: string
  /** How these people agreed; null where each row says so. */
  readonly consent: string | null
  /** Milliseconds. */
  readonly now: number
}

/**
 * Moves what was decided into the ledger, in one transaction: all or nothing. Resolves to how many of `updated` were not written, because somebody else
 * has changed the same people since it was decided.
 */
export function commitImport({ kind, write }: OneConnection, stamp: ImportStamp): Promise<number> {
  return write(async db => {
    await removeSignedUp(db, stamp.list)
    await insertNew(db, kind, stamp)
    await leave(db, stamp)
    const { numAffectedRows = 0n } = await updateKnown(db)
    const { rows } = await sql<{ count: number }>`select count(*) as count from import_rows where outcome = 'updated'`.execute(db)
    return Number(rows[0]?.count ?? 0) - Number(numAffectedRows)
  })
}

/** Whoever only signed up, and whom the file has as subscribed, is put in anew. */
async function removeSignedUp(db: Kysely<Tables>, list: string): Promise<void> {
  await sql`
    delete from subscribers where list = ${list} and ${onlySignedUp('subscribers')}
      and address in (select address from import_rows where outcome = 'new' and state = 'subscribed')`.execute(db)
}

async function insertNew(db: Kysely<Tables>, kind: OneConnection['kind'], { list, source, consent, now }: ImportStamp): Promise<void> {
  const proof = consent === null ? null : JSON.stringify({ how: consent, at: now })
  const { rows } = await sql<{ last: number }>`select coalesce(max(id), 0) as last from subscribers`.execute(db)
  const last = rows[0]?.last ?? 0
  // In the order of the unique index: a million random places in it would take several times as long. Somebody added meanwhile stays as they are.
  await sql`
    insert into subscribers (list, address, original, domain, name, language, tags_json, attributes_json, state, joined_at, confirmed_at, proof_json)
    select ${list}, address, original, domain, name, language, tags_json, attributes_json, state, joined_at, confirmed_at,
      case when state in ('subscribed', 'pending') then coalesce(proof_json, ${proof}) else proof_json end
    from import_rows where outcome = 'new' order by address
    on conflict (list, address) do nothing`.execute(db)
  await sql`
    insert into subscriber_events (subscriber_id, at, from_state, to_state, why, source)
    select id, ${now}, null, state, case when state in ('subscribed', 'pending') then ${consent ?? 'imported'} else 'imported as ' || state end, ${source}
    from subscribers
    where id > ${last} and list = ${list} ${kind === 'sqlite' ? sql`` : addedByUs}
    order by id`.execute(db)
}

/** On PostgreSQL others may add people at the same time, each with a first line of history; on SQLite we are alone. */
const addedByUs = sql`and not exists (select 1 from subscriber_events where subscriber_id = subscribers.id)`

const pageSize = 1000

/** Those whom the file says to have left, bounced or complained. */
async function leave(db: Kysely<Tables>, { source, now }: ImportStamp): Promise<void> {
  for (let last = 0; ; ) {
    const page = await staged(db)
      .selectFrom('importRows')
      .select(['rowNumber', 'subscriberId', 'state'])
      .where('outcome', '=', 'left')
      .where('rowNumber', '>', last)
      .orderBy('rowNumber')
      .limit(pageSize)
      .execute()
    for (const state of new Set(page.map(row => row.state))) {
      const subscriberIds = page.flatMap(row => (row.state === state && row.subscriberId !== null ? [row.subscriberId] : []))
      await changeStates(db, { subscriberIds, to: state as SubscriberState, why: `imported as ${state}`, source, at: now })
    }
    last = page.at(-1)?.rowNumber ?? last
    if (page.length < pageSize) return
  }
}

function updateKnown(db: Kysely<Tables>) {
  return sql`
    update subscribers set name = decided.name, language = decided.language, tags_json = decided.tags_json, attributes_json = decided.attributes_json
    from import_rows as decided
    where decided.outcome = 'updated' and subscribers.id = decided.subscriber_id
      and subscribers.tags_json = decided.old_tags_json and subscribers.attributes_json = decided.old_attributes_json`.execute(db)
}
