import { useMemo, useState } from 'preact/hooks'
import type { SelectionRow, SelectionView } from '../../api.ts'
import { describeCount, plural } from '../describe.ts'
import { Panel } from './panel.tsx'

const none: readonly SelectionRow[] = []
const firstRows = 200

/** Every post with what became of it and why; many posts are searched, and shown a piece at a time. */
export function SelectionPanel({ selection }: { readonly selection: SelectionView | null }) {
  const [words, setWords] = useState('')
  const [whole, setWhole] = useState(false)
  const rows = selection?.rows ?? none
  const found = useMemo(() => search(rows, words), [rows, words])
  if (selection === null) {
    return (
      <Panel tab="selection" title="Selection">
        <p class="note">A built edition does not say why its posts were picked. Open the same edition from content to see it.</p>
      </Panel>
    )
  }
  const picked = found.filter(row => row.decision === 'picked')
  const leftOut = found.filter(row => row.decision === 'left-out')
  const shown = whole ? leftOut : leftOut.slice(0, firstRows)
  return (
    <Panel
      tab="selection"
      title="Selection"
      actions={
        <input
          class="search"
          type="search"
          aria-label="Search posts and reasons"
          placeholder="Search"
          value={words}
          onInput={event => setWords(event.currentTarget.value)}
        />
      }
    >
      <Rows title={`Picked (${describeCount(picked.length)})`} rows={picked} />
      <Rows title={`Left out (${describeCount(leftOut.length)})`} rows={shown} />
      {shown.length < leftOut.length && (
        <button type="button" class="button" onClick={() => setWhole(true)}>
          Show the other {describeCount(leftOut.length - shown.length)}
        </button>
      )}
      {selection.more > 0 && (
        <p class="quiet">{plural(selection.more, 'post')} further from the window are not listed: they were left out for their date.</p>
      )}
    </Panel>
  )
}

function Rows({ title, rows }: { readonly title: string; readonly rows: readonly SelectionRow[] }) {
  if (rows.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <ul class="posts">
        {rows.map(row => (
          <li key={row.file} class={row.decision}>
            <b dir="auto">{row.title}</b>
            <span class={row.decision === 'picked' ? 'chip good' : 'chip'}>{row.reason}</span>
            <span class="quiet">
              {row.day} · {row.file}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function search(rows: readonly SelectionRow[], words: string): readonly SelectionRow[] {
  const wanted = words.trim().toLowerCase().split(/\s+/)
  if (words.trim() === '') return rows
  return rows.filter(({ title, file, reason, day, language }) => {
    const text = `${title} ${file} ${reason} ${day} ${language}`.toLowerCase()
    return wanted.every(word => text.includes(word))
  })
}
