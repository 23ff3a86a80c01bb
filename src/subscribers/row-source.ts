/** The contract of reading: a file of subscribers as rows, whatever its form. */

import { UserError } from '../errors.ts'
import type { Delimiter } from './detect-delimiter.ts'
import type { ColumnChoice, ImportColumn } from './import-columns.ts'
import type { RawRow } from './import-row.ts'
import type { Encoding } from './read-encoding.ts'

/** A file of subscribers, about to be read. */
export interface RowSource {
  readonly format: 'csv' | 'json-lines'
  readonly encoding: Encoding
  /** Null for JSON lines. */
  readonly delimiter: Delimiter | null
  /** Known before the first row; empty for JSON lines, where each row has its own. */
  readonly columns: readonly ImportColumn[]
  /** Rows in the order of the file, some hundred at a time, with how many bytes were read. May be gone through once. */
  readonly batches: AsyncIterable<RowBatch>
  /** Size of the file in bytes. */
  readonly size: number
}

/** Some rows. */
export interface RowBatch {
  readonly rows: readonly RawRow[]
  readonly bytes: number
}

/** What to read. */
export interface RowRequest {
  /** Absolute. */
  readonly file: string
  /** As the user would name it. */
  readonly shownFile: string
  readonly choice: ColumnChoice
}

/** A file that is not what it should be. */
export function refusedFile(file: string, message: string, hint: string, line?: number): UserError {
  return new UserError({ code: 'import-refused', message, place: { file, ...(line === undefined ? {} : { line }) }, hint })
}

/** The text of a file in pieces; `counted` is told of the bytes of each. */
export type TextChunks = (counted: (bytes: number) => void) => AsyncIterable<string>
