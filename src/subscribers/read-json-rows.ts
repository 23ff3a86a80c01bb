import { type ColumnTarget, fieldTarget } from './import-columns.ts'
import type { RawRow } from './import-row.ts'
import { type RowBatch, type RowRequest, refusedFile, type TextChunks } from './row-source.ts'

/** In characters. */
const longestLine = 1_000_000
/** Names are looked up once; a file that has a new one in every row must not fill the memory. */
const rememberedNames = 1000

/** Rows of a file with one JSON object on each line. */
export async function* readJsonRows(chunks: TextChunks, { shownFile, choice }: RowRequest): AsyncIterable<RowBatch> {
  const targets = new Map<string, ColumnTarget>()
  const targetOf = (name: string) => {
    const known = targets.get(name) ?? fieldTarget(name, choice)
    if (targets.size < rememberedNames) targets.set(name, known)
    return known
  }
  let rest = ''
  let line = 0
  let row = 0
  let bytes = 0
  const rowsOf = (lines: readonly string[]) => {
    const rows: RawRow[] = []
    for (const text of lines) {
      line += 1
      if (text.trim() === '') continue
      row += 1
      rows.push({ row, line, ...readLine(text, targetOf) })
    }
    return rows
  }
  for await (const text of chunks(count => {
    bytes += count
  })) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (row === 0 && /^\s*\[/.test(lines[0] ?? rest)) {
      throw refusedFile(
        shownFile,
        'the file is one JSON array',
        'Write one JSON object on each line: jq -c ".[]" file.json > file.jsonl',
        1,
      )
    }
    if (rest.length > longestLine)
      throw refusedFile(shownFile, 'a line of the file is too long', 'Write one JSON object on each line.', line + 1)
    yield { rows: rowsOf(lines), bytes }
  }
  yield { rows: rowsOf([rest]), bytes }
}

function readLine(text: string, targetOf: (name: string) => ColumnTarget): Pick<RawRow, 'cells' | 'fault'> {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { cells: [], fault: 'the line is no JSON object' }
  return { cells: Object.entries(value).flatMap(([name, cell]) => cellsOf(targetOf(name), cell)) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function cellsOf(target: ColumnTarget, value: unknown): [ColumnTarget, string][] {
  if (value === null || value === undefined) return []
  if (typeof value === 'string') return [[target, value]]
  if (target.kind === 'tags' && Array.isArray(value)) return [[target, value.map(tagOf).join(',')]]
  return [[target, typeof value === 'object' ? JSON.stringify(value) : String(value as number | boolean)]]
}

/** A tag is a text, or an object that has a name, as in Ghost's and Buttondown's exports. */
function tagOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name)
  return String(value)
}
