/** A number as people read it in the terminal, which speaks English: `1,234,567`. */
export function formatNumber(number: number): string {
  return number.toLocaleString('en')
}
