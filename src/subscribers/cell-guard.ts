/** Cells that a spreadsheet would take for a formula (CWE-1236). */

const formula = /^'*[=+\-@\t\r]/

/** A cell with an apostrophe before what a spreadsheet would run; it shows the rest as text. */
export function withGuard(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell
}

/** The cell as it was before `withGuard`. */
export function withoutGuard(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell
}
