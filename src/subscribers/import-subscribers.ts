import type { Ledger, OneConnection } from '../ledger/ledger.ts'
import { ledgerSalt } from '../ledger/ledger-salt.ts'
import { commitImport } from './commit-import.ts'
import { forgottenDigest } from './forgotten-digest.ts'
import { allNotes, type RowNote, reportStage, type StageReport } from './import-report.ts'
import { type RowRules, readRow } from './import-row.ts'
import { createStage, dropStage, stageRows } from './import-stage.ts'
import type { RowSource } from './row-source.ts'
import { settleKnown } from './settle-known.ts'
import { settleRepeats } from './settle-repeats.ts'

/** What to import, and how. */
export interface ImportRequest {
  readonly source: RowSource
  readonly list: string
  /** The file's name, for the history. */
  readonly name: string
  readonly rules: RowRules
  /** The file's values win over those of the ledger. */
  readonly update: boolean
  /** Import the rest where rows are refused; else nothing is. */
  readonly skipRefused: boolean
  /** Change nothing. */
  readonly dryRun: boolean
  /** At most so many rows of each outcome stand in the report. */
  readonly notesEach: number
  /** Told of every row that is not simply new, before anything is changed. */
  readonly onNotes?: (notes: AsyncIterable<readonly RowNote[]>) => Promise<void>
  readonly onProgress: (step: string, done: number, total: number) => void
}

/** `refused`: rows were, so nothing was imported. `missed`: people whom somebody else changed meanwhile, so that they were left as they are. */
export interface ImportReport extends StageReport {
  readonly kind: 'imported' | 'dry-run' | 'refused'
  readonly missed: number
}

/**
 * Imports a file: reads it into a temporary table, decides there what becomes of every row, and moves all of it in one transaction. The ledger is locked for
 * others only during the last step, and memory does not grow with the file.
 * @throws UserError `import-refused` where the file breaks off in the middle; nothing of it was imported
 */
export async function importSubscribers(ledger: Ledger, request: ImportRequest): Promise<ImportReport> {
  const { list, name, rules, update, skipRefused, dryRun, notesEach, onNotes, onProgress } = request
  const digestOf = await digestWhereNeeded(ledger)
  return ledger.onOneConnection(async connection => {
    try {
      await createStage(connection)
      await readIntoStage(connection, request, digestOf)
      await settleRepeats(connection)
      await settleKnown(connection, list, update)
      const report = await reportStage(connection, notesEach)
      await onNotes?.(allNotes(connection))
      if (dryRun) return { kind: 'dry-run', missed: 0, ...report }
      if (report.outcomes.refused > 0 && !skipRefused) return { kind: 'refused', missed: 0, ...report }
      onProgress('Writing row', report.outcomes.new, report.rows)
      const stamp = { list, source: `import ${name}`, consent: rules.consent, now: rules.now }
      return { kind: 'imported', missed: await commitImport(connection, stamp), ...report }
    } finally {
      await dropStage(connection.db).catch(() => undefined)
    }
  })
}

async function readIntoStage(connection: OneConnection, { source, rules, onProgress }: ImportRequest, digestOf: DigestOf): Promise<void> {
  for await (const { rows, bytes } of source.batches) {
    await stageRows(
      connection,
      rows.map(raw => ({ row: raw.row, line: raw.line, reading: readRow(raw, rules) })),
      digestOf,
    )
    onProgress('Reading kilobyte', Math.round(bytes / 1000), Math.round(source.size / 1000))
  }
}

type DigestOf = ((address: string) => string) | null

async function digestWhereNeeded(ledger: Ledger): Promise<DigestOf> {
  const anybody = await ledger.db.selectFrom('forgotten').select('digest').limit(1).executeTakeFirst()
  if (anybody === undefined) return null
  const salt = await ledgerSalt(ledger)
  return address => forgottenDigest(address, salt)
}
