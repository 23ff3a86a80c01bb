import { type CsvError, Parser } from 'csv-parse'
import { withoutGuard } from './cell-guard.ts'
import { type Delimiter, detectDelimiter } from './detect-delimiter.ts'
import { type ColumnTarget, type ImportColumn, importColumns } from './import-columns.ts'
import type { RawRow } from './import-row.ts'
import { type RowBatch, type RowRequest, refusedFile, type TextChunks } from './row-source.ts'

/** A quote that is never closed would take in the rest of the file. In bytes. */
const longestRecord = 1_000_000

interface CsvRows {
  readonly delimiter: Delimiter
  readonly columns: readonly ImportColumn[]
  readonly batches: AsyncIterable<RowBatch>
}

/**
 * Rows of a CSV file whose first line has the headers. A file of one column that begins with an address has none.
 * @throws UserError `import-refused`: at once for its headers, later for a quote that is not closed
 */
export async function readCsvRows(chunks: TextChunks, start: string, request: RowRequest): Promise<CsvRows> {
  const { shownFile, choice } = request
  const delimiter = detectDelimiter(start)
  const headers = headersOf(start, delimiter)
  const isBare = headers.length === 1 && (headers[0] ?? '').includes('@') && choice.map.size === 0
  const columns = importColumns(isBare ? ['email'] : headers, choice, shownFile)
  const targets = columns.map(({ target }) => target)
  return { delimiter, columns, batches: batchesOf(chunks, { delimiter, targets, skip: isBare ? 0 : 1 }, shownFile) }
}

interface Layout {
  readonly delimiter: Delimiter
  readonly targets: readonly ColumnTarget[]
  readonly skip: number
}

const common = {
  record_delimiter: '\n',
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  bom: true,
  max_record_size: longestRecord,
} as const

function headersOf(start: string, delimiter: Delimiter): readonly string[] {
  let headers: readonly string[] = []
  const keep = (record: string[]) => {
    headers = record
    return null
  }
  const parser = new Parser({ ...common, delimiter, to: 1, on_record: keep })
  // Without a listener the process would end. A first line that cannot be read has no headers, and that is told of.
  parser.on('error', () => {})
  parser.write(start)
  if (headers.length === 0) parser.end()
  return headers.map(header => header.trim())
}

async function* batchesOf(chunks: TextChunks, layout: Layout, file: string): AsyncIterable<RowBatch> {
  let rows: RawRow[] = []
  let bytes = 0
  let failure: Error | null = null
  let lastLine = 0
  const parser = new Parser({
    ...common,
    delimiter: layout.delimiter,
    on_record: (record: string[], { lines, records }) => {
      lastLine = lines
      if (records > layout.skip) rows.push(toRow(record, records - layout.skip, lines, layout.targets))
      return null
    },
  })
  parser.on('error', error => {
    failure ??= error
  })
  const taken = () => {
    if (failure !== null) throw brokenCsv(failure, lastLine, file)
    const batch = { rows, bytes }
    rows = []
    return batch
  }
  for await (const text of chunks(count => {
    bytes += count
  })) {
    // The parser works while it is written to; nothing comes out of it as a stream.
    parser.write(text)
    yield taken()
  }
  await new Promise<void>(resolve => {
    parser.once('error', () => resolve())
    parser.end(() => resolve())
  })
  yield taken()
}

function toRow(record: readonly string[], row: number, lines: number, targets: readonly ColumnTarget[]): RawRow {
  const cells: [ColumnTarget, string][] = []
  let breaks = 0
  for (const [index, text] of record.entries()) {
    const target = targets[index]
    if (text.includes('\n')) breaks += text.split('\n').length - 1
    if (target !== undefined) cells.push([target, withoutGuard(text)])
    else if (text.trim() !== '')
      return { row, line: lines - breaks, cells, fault: `it has more than the ${targets.length} cells of the headers` }
  }
  return { row, line: lines - breaks, cells }
}

function brokenCsv(error: Error, lastLine: number, file: string): unknown {
  const { code } = error as Partial<CsvError>
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE' || code === 'CSV_INVALID_CLOSING_QUOTE') {
    return refusedFile(
      file,
      'a quote in the file is not closed',
      `Look at the first " after line ${lastLine}, and write "" for a quote inside of a cell.`,
      lastLine + 1,
    )
  }
  return error
}
