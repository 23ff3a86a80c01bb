import { withGuard } from './cell-guard.ts'

/** A line of a CSV file (RFC 4180): cells quoted where they need it, and guarded against spreadsheets. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell => quoted(typeof cell === 'string' ? withGuard(cell) : String(cell ?? ''))).join(',')}\r\n`
}

function quoted(cell: string): string {
  return /[",;\t|\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
