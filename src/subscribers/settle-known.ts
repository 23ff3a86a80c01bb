import { sql } from 'kysely'
import type { OneConnection } from '../ledger/ledger.ts'
import type { SubscriberRow } from '../ledger/tables.ts'
import { type ImportRow, type RowDecision, staged, writeDecisions } from './import-stage.ts'
import { mergeValues, type PersonValues, sameValues } from './merge-people.ts'
import { onlySignedUp } from './remove-unconfirmed.ts'
import { changeKind, isSuppressed, suppressedBecause } from './state-changes.ts'

const pageSize = 500

/** Decides of every row whose person is on the list already, or asked to be forgotten. With `update` the file's values win over the ledger's. */
export async function settleKnown(connection: OneConnection, list: string, update: boolean): Promise<void> {
  const { db } = connection
  await sql`update import_rows set outcome = 'forgotten' where outcome = 'new' and digest in (select digest from forgotten)`.execute(db)
  await findKnown(db, list)
  for (let last = 0; ; ) {
    const page = await nextPage(connection, last)
    const decisions = page.map(row => decide(row, update))
    // Those that replace values and those that do not are written apart: all of one statement set the same columns.
    await writeDecisions(
      connection,
      decisions.filter(({ outcome }) => outcome === 'updated'),
    )
    await writeDecisions(
      connection,
      decisions.filter(({ outcome }) => outcome !== 'updated'),
    )
    last = page.at(-1)?.rowNumber ?? last
    if (page.length < pageSize) return
  }
}

/** Finds who is on the list: not those whom a form alone has brought there and who are in the file as subscribed, since the file knows more of them. Most rows of a file that is imported again say nothing new: those need no look one by one. */
async function findKnown(db: OneConnection['db'], list: string): Promise<void> {
  await sql`
    update import_rows set subscriber_id = known.id, outcome = case
      when import_rows.state = 'subscribed' and known.state = 'subscribed'
        and (import_rows.name is null or import_rows.name = known.name)
        and (import_rows.language is null or import_rows.language = known.language)
        and import_rows.tags_json in ('[]', known.tags_json)
        and import_rows.attributes_json in ('{}', known.attributes_json)
      then 'unchanged' else 'new' end
    from subscribers as known
    where import_rows.outcome = 'new' and known.list = ${list} and known.address = import_rows.address
      and not (import_rows.state = 'subscribed' and ${onlySignedUp('known')})`.execute(db)
}

interface KnownRow extends ImportRow {
  readonly known: PersonValues & Pick<SubscriberRow, 'state'>
}

async function nextPage({ db }: OneConnection, last: number): Promise<readonly KnownRow[]> {
  const rows = await staged(db)
    .selectFrom('importRows')
    .innerJoin('subscribers', 'subscribers.id', 'importRows.subscriberId')
    .selectAll('importRows')
    .select([
      'subscribers.name as knownName',
      'subscribers.language as knownLanguage',
      'subscribers.tagsJson as knownTags',
      'subscribers.attributesJson as knownAttributes',
      'subscribers.state as knownState',
    ])
    .where('importRows.outcome', '=', 'new')
    .where('importRows.rowNumber', '>', last)
    .orderBy('importRows.rowNumber')
    .limit(pageSize)
    .execute()
  return rows.map(({ knownName, knownLanguage, knownTags, knownAttributes, knownState, ...row }) => ({
    ...row,
    known: { name: knownName, language: knownLanguage, tagsJson: knownTags, attributesJson: knownAttributes, state: knownState },
  }))
}

function decide(row: KnownRow, update: boolean): RowDecision {
  const { rowNumber, state, known } = row
  if (changeKind(known.state, state) === 'leave') return { rowNumber, outcome: 'left', detail: `${known.state}, now ${state}` }
  if (isSuppressed(known.state) && !isSuppressed(state)) return { rowNumber, outcome: 'suppressed', detail: suppressedBecause(known.state) }
  const values = update ? mergeValues(row, known) : mergeValues(known, row)
  if (sameValues(values, known)) return { rowNumber, outcome: 'unchanged', detail: null }
  return { rowNumber, outcome: 'updated', detail: null, ...values, oldTagsJson: known.tagsJson, oldAttributesJson: known.attributesJson }
}
