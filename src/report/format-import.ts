import { type SubscriberState, subscriberStates } from '../ledger/tables.ts'
import type { Delimiter } from '../subscribers/detect-delimiter.ts'
import type { ColumnTarget, ImportColumn } from '../subscribers/import-columns.ts'
import type { RowNote } from '../subscribers/import-report.ts'
import type { ImportOutcome } from '../subscribers/import-stage.ts'
import type { ImportReport } from '../subscribers/import-subscribers.ts'
import type { RowSource } from '../subscribers/row-source.ts'
import { formatNumber } from './format-number.ts'
import type { Paint } from './paint.ts'
import { fitted } from './table.ts'

/** An import that was done, or tried out. */
export interface ShownImport {
  readonly file: string
  readonly list: string
  readonly source: RowSource
  readonly report: ImportReport
  /** A dry run whose import would be refused for its rows; for want of --consent. */
  readonly rowsRefused: boolean
  readonly consentMissing: boolean
}

/** How a file was read, as `--json` says it. */
export function describeSource({ format, encoding, delimiter, columns }: RowSource) {
  return {
    format,
    encoding: encoding.label,
    encodingAssumed: encoding.assumed,
    delimiter,
    columns: columns.map(({ header, target }) => ({ header, holds: targetText(target) })),
  }
}

/** What an import did, or would do: how the file was read, how many rows of each kind, and the first of those that need a look. */
export function formatImport(shown: ShownImport, columns: number, paint: Paint): string {
  const { file, source, report } = shown
  const dry = report.kind === 'dry-run'
  return [
    `${paint.bold(file)}  ${sourceText(source)}`,
    ...wrapped(source.columns.map(columnText), columns).map(line => paint.dim(`  ${line}`)),
    '',
    ...countLines(report, dry),
    ...(report.notes.length === 0 ? [] : ['', ...noteLines(report, columns, paint)]),
    '',
    closing(shown, paint),
    '',
  ].join('\n')
}

const delimiterNames: Readonly<Record<Delimiter, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }
const encodingNames: Readonly<Record<RowSource['encoding']['label'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252 (Latin-1)',
}

function sourceText({ format, encoding, delimiter }: RowSource): string {
  const written = `${encodingNames[encoding.label]}${encoding.assumed ? ', assumed' : ''}`
  return format === 'csv' && delimiter !== null ? `CSV with ${delimiterNames[delimiter]}, ${written}` : `JSON lines, ${written}`
}

function columnText({ header, target }: ImportColumn): string {
  return `${header === '' ? '(no header)' : fitted(header, 30)} → ${targetText(target)}`
}

function targetText(target: ColumnTarget): string {
  if (target.kind === 'attribute') return `attribute.${target.name}`
  return target.kind === 'ignored' ? 'passed over' : target.kind
}

/** Texts with commas between them, in lines that fit. */
function wrapped(texts: readonly string[], columns: number): readonly string[] {
  const lines: string[] = []
  for (const [index, text] of texts.entries()) {
    const piece = index < texts.length - 1 ? `${text},` : text
    const last = lines.at(-1)
    if (last !== undefined && last.length + piece.length + 3 <= Math.min(columns, 100)) lines[lines.length - 1] = `${last} ${piece}`
    else lines.push(piece)
  }
  return lines
}

const outcomeWords: Readonly<Record<ImportOutcome, string>> = {
  new: 'new',
  updated: 'already there, with something new to add',
  left: 'on the list, and by the file no longer to get mail',
  unchanged: 'already there, nothing to change',
  merged: 'merged: the same address in an earlier row',
  suppressed: 'left as they are: unsubscribed, bounced or complained',
  forgotten: 'left out: they asked to be forgotten',
  refused: 'refused',
}

function countLines({ rows, outcomes, newStates }: ImportReport, dry: boolean): readonly string[] {
  const width = Math.max(6, formatNumber(rows).length)
  const line = (number: number, words: string) => `  ${formatNumber(number).padStart(width)}  ${words}`
  const shown = (Object.keys(outcomeWords) as ImportOutcome[]).filter(each => outcomes[each] > 0)
  return [
    line(rows, `${rows === 1 ? 'row' : 'rows'}${dry ? ', tried out' : ''}`),
    ...shown.map(each => line(outcomes[each], each === 'new' ? newText(newStates) : outcomeWords[each])),
  ]
}

function newText(states: Readonly<Record<SubscriberState, number>>): string {
  const parts = subscriberStates.filter(state => states[state] > 0).map(state => `${formatNumber(states[state])} ${state}`)
  return parts.length === 1 && states.subscribed > 0 ? 'new' : `new: ${parts.join(', ')}`
}

function noteLines({ notes, outcomes }: ImportReport, columns: number, paint: Paint): readonly string[] {
  const lines = notes.map(note => fitted(noteText(note), columns))
  const total = Object.entries(outcomes).reduce((sum, [each, number]) => (each === 'new' || each === 'unchanged' ? sum : sum + number), 0)
  const left = total - notes.length
  return [...lines, ...(left > 0 ? [paint.dim(`  … and ${formatNumber(left)} more; --report FILE writes down all of them`)] : [])]
}

function noteText({ row, line, address, outcome, detail }: RowNote): string {
  const what = outcome === 'merged' ? `merged with ${detail ?? ''}` : `${outcome}${detail === null ? '' : `: ${detail}`}`
  return `  row ${row} (line ${line})  ${address === '' ? '' : `${fitted(address, 40)}  `}${what}`
}

function closing({ report, list, rowsRefused, consentMissing }: ShownImport, paint: Paint): string {
  if (report.kind === 'dry-run') {
    const rows = `${paint.red('✗')} As the file is, nothing of it would be imported, unless with --skip-refused.`
    const consent = `${paint.red('✗')} The import needs --consent "how these people agreed": the file does not say it.`
    const dry = `${paint.yellow('·')} This was a dry run: nothing was changed.`
    return [dry, ...(rowsRefused ? [rows] : []), ...(consentMissing ? [consent] : [])].join('\n')
  }
  const missed =
    report.missed === 0
      ? ''
      : `\n${paint.yellow('·')} ${formatNumber(report.missed)} were changed by somebody else meanwhile and left so: import the file again for them.`
  const { updated, left } = report.outcomes
  if (report.outcomes.new + updated + left === 0) return `${paint.yellow('·')} Nothing of the list "${list}" was changed.${missed}`
  return `${paint.green('✓')} Imported into the list "${list}".${missed}`
}
