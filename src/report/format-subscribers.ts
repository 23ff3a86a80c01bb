import stringWidth from 'string-width'
import type { SubscriberJson } from '../subscribers/subscriber-json.ts'
import { formatNumber } from './format-number.ts'
import type { Paint } from './paint.ts'
import { fitted, padded } from './table.ts'

interface Column {
  readonly title: string
  readonly text: (subscriber: SubscriberJson) => string
  /** What it keeps when the terminal is narrow. */
  readonly least: number
}

const tableColumns: readonly Column[] = [
  { title: 'address', text: each => each.email, least: 26 },
  { title: 'state', text: each => each.state, least: 12 },
  { title: 'joined', text: each => each.joined_at.slice(0, 10), least: 10 },
  { title: 'name', text: each => each.name ?? '', least: 10 },
  { title: 'language', text: each => each.language ?? '', least: 8 },
  { title: 'tags', text: each => each.tags.join(', '), least: 6 },
]

const gap = 2

/** Subscribers as a table of at most `columns` columns; columns without any value are left out, wide ones cut. */
export function formatSubscribers(subscribers: readonly SubscriberJson[], total: number, columns: number, paint: Paint): string {
  if (subscribers.length === 0) return 'Nobody.\n'
  const shown = tableColumns.filter(({ text }) => subscribers.some(each => text(each) !== ''))
  const natural = shown.map(({ title, text }) => Math.max(stringWidth(title), ...subscribers.map(each => stringWidth(text(each)))))
  const widths = fittedWidths(
    natural,
    shown.map(({ least }) => least),
    columns - gap * (shown.length - 1),
  )
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => padded(fitted(text, widths[index] ?? 0), widths[index] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd()
  const left = total - subscribers.length
  return [
    paint.dim(line(shown.map(({ title }) => title))),
    ...subscribers.map(each => line(shown.map(({ text }) => text(each)))),
    '',
    `${formatNumber(total)} in all${left > 0 ? `; ${formatNumber(left)} more with --limit ${total}, or "news-digest subscribers export"` : ''}`,
    '',
  ].join('\n')
}

/** Takes from the widest until all fit, but from none below its least. */
function fittedWidths(natural: readonly number[], least: readonly number[], room: number): readonly number[] {
  const widths = [...natural]
  for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; over--) {
    const spare = widths.map((width, index) => width - (least[index] ?? 0))
    const most = Math.max(...spare)
    if (most <= 0 || !Number.isFinite(room)) break
    const index = spare.indexOf(most)
    widths[index] = (widths[index] ?? 0) - 1
  }
  return widths
}
