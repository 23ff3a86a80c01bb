/** What an import did, or would do. */

import { sql } from 'kysely'
import type { OneConnection } from '../ledger/ledger.ts'
import { type SubscriberState, subscriberStates } from '../ledger/tables.ts'
import { type ImportOutcome, importOutcomes, staged } from './import-stage.ts'

/** A row of which there is something to say. */
export interface RowNote {
  readonly row: number
  readonly line: number
  readonly address: string
  readonly outcome: ImportOutcome
  readonly detail: string | null
}

/** How many rows had which outcome. */
export type OutcomeCounts = Readonly<Record<ImportOutcome, number>>

/** What was counted, with the first rows of each outcome but `new` and `unchanged`. */
export interface StageReport {
  readonly rows: number
  readonly outcomes: OutcomeCounts
  /** In which states the new ones are put on the list. */
  readonly newStates: Readonly<Record<SubscriberState, number>>
  readonly notes: readonly RowNote[]
}

/** Counts what is in the table, with at most `notesEach` rows for each outcome. */
export async function reportStage({ db }: OneConnection, notesEach: number): Promise<StageReport> {
  const counts = await staged(db)
    .selectFrom('importRows')
    .select(['outcome', 'state', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy(['outcome', 'state'])
    .execute()
  const sum = (matches: (row: (typeof counts)[number]) => boolean) =>
    counts.filter(matches).reduce((total, { count }) => total + Number(count), 0)
  const outcomes = Object.fromEntries(importOutcomes.map(each => [each, sum(({ outcome }) => outcome === each)])) as OutcomeCounts
  const newStates = Object.fromEntries(
    subscriberStates.map(each => [each, sum(({ outcome, state }) => outcome === 'new' && state === each)]),
  ) as StageReport['newStates']
  const noted = importOutcomes.filter(each => each !== 'new' && each !== 'unchanged' && outcomes[each] > 0)
  const notes: RowNote[] = []
  for (const outcome of noted) notes.push(...(await readNotes(db, { outcome, after: 0, limit: notesEach })))
  return { rows: sum(() => true), outcomes, newStates, notes: notes.sort((a, b) => a.row - b.row) }
}

/** Every row but those of `new`, in the order of the file. */
export async function* allNotes({ db }: OneConnection): AsyncIterable<readonly RowNote[]> {
  const limit = 1000
  for (let after = 0; ; ) {
    const notes = await readNotes(db, { outcome: null, after, limit })
    if (notes.length > 0) yield notes
    if (notes.length < limit) return
    after = notes.at(-1)?.row ?? after
  }
}

interface NotesRequest {
  readonly outcome: ImportOutcome | null
  readonly after: number
  readonly limit: number
}

async function readNotes(db: OneConnection['db'], { outcome, after, limit }: NotesRequest): Promise<readonly RowNote[]> {
  return staged(db)
    .selectFrom('importRows')
    .select(['rowNumber as row', 'line', 'address', 'outcome', 'detail'])
    .where('rowNumber', '>', after)
    .where('outcome', outcome === null ? '!=' : '=', outcome ?? sql.lit('new'))
    .orderBy('rowNumber')
    .limit(limit)
    .execute()
}
