/** A number in the language's digits and grouping: `1,234`, `1.234`, `۱٬۲۳۴`. */
export function formatNumber(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value)
}
