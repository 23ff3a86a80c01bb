import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../errors.ts'
import { readCsvRows } from './read-csv-rows.ts'
import { type Encoding, readEncoding } from './read-encoding.ts'
import { readJsonRows } from './read-json-rows.ts'
import { type RowRequest, type RowSource, refusedFile } from './row-source.ts'

/**
 * Opens a file of subscribers: CSV, or JSON lines where it is named so or begins with a brace.
 * @throws UserError `file-unreadable`; `import-refused` with the line, where it is no such file or no column holds addresses
 */
export async function openRows(request: RowRequest): Promise<RowSource> {
  const { file, shownFile } = request
  try {
    const { size } = await stat(file)
    const encoding = await readEncoding(file)
    const start = await readStart(file, encoding)
    if (start.trim() === '')
      throw refusedFile(shownFile, 'the file is empty', 'Name a file with a line of headers and a line for each person.')
    const isJson = /\.(jsonl|ndjson|json)$/i.test(path.extname(file)) || /^\s*\{/.test(start)
    const chunks = (counted: (bytes: number) => void) => readText(file, encoding, counted)
    const common = { encoding, size }
    if (isJson) return { ...common, format: 'json-lines', delimiter: null, columns: [], batches: readJsonRows(chunks, request) }
    return { ...common, format: 'csv', ...(await readCsvRows(chunks, start, request)) }
  } catch (error) {
    if (error instanceof UserError || !isFileError(error)) throw error
    throw new UserError({
      code: 'file-unreadable',
      message: `the file cannot be read: ${fileReasons.get(error.code ?? '') ?? error.message}`,
      place: { file: shownFile },
      hint: 'Check the name, that it is a file and that you may read it.',
    })
  }
}

/** Every line break as one LF: csv-parse would take that of the first line for all. */
async function* readText(file: string, { label }: Encoding, counted: (bytes: number) => void): AsyncIterable<string> {
  const decoder = new TextDecoder(label)
  let heldBack = ''
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 14 }) as AsyncIterable<Buffer>) {
    counted(chunk.length)
    const text = heldBack + decoder.decode(chunk, { stream: true })
    heldBack = text.endsWith('\r') ? '\r' : ''
    yield withLineFeeds(heldBack === '' ? text : text.slice(0, -1))
  }
  yield withLineFeeds(heldBack + decoder.decode())
}

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

/** As much as a line of headers has at most. */
async function readStart(file: string, encoding: Encoding): Promise<string> {
  for await (const text of readText(file, encoding, () => {})) return text
  return ''
}

const fileReasons = new Map([
  ['ENOENT', 'there is no such file'],
  ['EACCES', 'you may not read it'],
  ['EISDIR', 'it is a folder'],
])

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
