import { sql } from 'kysely'
import type { OneConnection } from '../ledger/ledger.ts'
import { type ImportRow, type RowDecision, staged, writeDecisions } from './import-stage.ts'
import { mergeRows } from './merge-people.ts'

const pageSize = 1000

/** Makes one row of all those with the same address: the first of them, with what the others add. */
export async function settleRepeats(connection: OneConnection): Promise<void> {
  const { db } = connection
  // In the order of the index, which the pages below need as well.
  await sql`create index import_rows_address on import_rows (address, row_number) where outcome = 'new'`.execute(db)
  await sql`drop table if exists import_repeats`.execute(db)
  await sql`create temporary table import_repeats (address text primary key)`.execute(db)
  await sql`insert into import_repeats select address from import_rows where outcome = 'new' group by address having count(*) > 1`.execute(
    db,
  )

  let open: { row: ImportRow; changed: boolean } | null = null
  let last: ImportRow | undefined
  while (true) {
    const page: readonly ImportRow[] = await nextPage(connection, last)
    const decisions: RowDecision[] = []
    for (const row of page) {
      if (open !== null && open.row.address === row.address) {
        decisions.push({ rowNumber: row.rowNumber, outcome: 'merged', detail: `row ${open.row.rowNumber}` })
        open = { row: mergeRows(open.row, row), changed: true }
      } else {
        if (open !== null) await writeDecisions(connection, [valuesOf(open.row)])
        open = { row, changed: false }
      }
    }
    await writeDecisions(connection, decisions)
    last = page.at(-1)
    if (page.length < pageSize) break
  }
  if (open !== null) await writeDecisions(connection, [valuesOf(open.row)])
  await sql`drop table import_repeats`.execute(db)
}

async function nextPage({ db }: OneConnection, last: ImportRow | undefined): Promise<readonly ImportRow[]> {
  return staged(db)
    .selectFrom('importRows')
    .selectAll('importRows')
    .where('outcome', '=', sql.lit('new'))
    .where('address', 'in', sql<string>`(select address from import_repeats)`)
    .$if(last !== undefined, query => query.where(sql<boolean>`(address, row_number) > (${last?.address ?? ''}, ${last?.rowNumber ?? 0})`))
    .orderBy('address')
    .orderBy('rowNumber')
    .limit(pageSize)
    .execute()
}

function valuesOf(row: ImportRow): RowDecision {
  const { rowNumber, name, language, tagsJson, attributesJson, state, joinedAt, confirmedAt, proofJson } = row
  return { rowNumber, outcome: 'new', detail: null, name, language, tagsJson, attributesJson, state, joinedAt, confirmedAt, proofJson }
}
