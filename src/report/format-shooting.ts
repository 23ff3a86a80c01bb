import { count } from './count.ts'
import { formatPercent } from './format-percent.ts'
import type { Paint } from './paint.ts'

/** What the end of a shooting says. Files as the user would name them. */
export interface ShootingSummary {
  readonly id: string
  readonly folder: string
  readonly sheet: string
  readonly shots: readonly { readonly id: string; readonly width: number; readonly height: number; readonly changes: readonly string[] }[]
  /** Null where nothing was compared. `sheet` shows what was changed; null where nothing was. */
  readonly comparison: {
    readonly against: string
    readonly differences: readonly { readonly id: string; readonly percent: number }[]
    readonly sheet: string | null
    /** Percent above which a view has changed too much; null: any change may be. */
    readonly failOver: number | null
  } | null
}

/** The pictures with their sizes, where to look, and how much of each has changed. */
export function formatShooting({ id, folder, sheet, shots, comparison }: ShootingSummary, paint: Paint): string {
  const width = Math.max(...shots.map(shot => shot.id.length))
  return [
    `${paint.green('✓')} ${count(shots.length, 'picture')} of ${paint.bold(id)} in ${paint.cyan(folder)}`,
    '',
    ...shots.map(shot => `  ${shot.id.padEnd(width)}  ${paint.dim(`${shot.width} × ${shot.height}${simulated(shot.changes)}`)}`),
    '',
    `  ${paint.dim('look at')} ${paint.cyan(sheet)}`,
    '',
    ...(comparison === null ? [] : formatComparison(comparison, width, paint)),
  ].join('\n')
}

/** The views alone that have changed too much, for somebody who asked for problems only; empty where none has. */
export function formatOver({ id: edition, comparison }: ShootingSummary, paint: Paint): string {
  if (comparison === null || comparison.failOver === null) return ''
  const { against, differences, failOver } = comparison
  const over = differences.filter(({ percent }) => percent > failOver)
  const limit = formatPercent(failOver)
  const words = (percent: number) => paint.red(`${formatPercent(percent)} changed, over ${limit}`)
  return over.map(({ id, percent }) => `${edition} against ${against}: ${id}  ${words(percent)}\n`).join('')
}

function simulated(changes: readonly string[]): string {
  return changes.length === 0 ? '' : `, simulated: ${count(changes.length, 'change')}`
}

function formatComparison(
  { against, differences, sheet, failOver }: NonNullable<ShootingSummary['comparison']>,
  width: number,
  paint: Paint,
): string[] {
  const isOver = (percent: number) => failOver !== null && percent > failOver
  const tone = (percent: number) => (percent === 0 ? paint.dim : isOver(percent) ? paint.red : paint.yellow)
  return [
    `Against ${paint.bold(against)}:`,
    '',
    ...differences.map(({ id, percent }) => {
      const over = isOver(percent) ? `, over ${formatPercent(failOver ?? 0)}` : ''
      return `  ${id.padEnd(width)}  ${tone(percent)(percent === 0 ? 'the same' : `${formatPercent(percent)} changed${over}`)}`
    }),
    '',
    ...(sheet === null ? [] : [`  ${paint.dim('look at')} ${paint.cyan(sheet)}`, '']),
  ]
}
