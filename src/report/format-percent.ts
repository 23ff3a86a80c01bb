/** `0 %`, `0.03 %`, `12.4 %`; never 0 or 100 for what is not quite that. */
export function formatPercent(percent: number): string {
  if (percent === 0 || percent === 100) return `${percent} %`
  if (percent < 0.01) return 'under 0.01 %'
  return `${percent < 1 ? percent.toFixed(2) : Math.min(percent, 99.9).toFixed(1)} %`
}
