import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'

/** One tab: its panel has the id `panel-<id>`. */
export interface TabItem<Id extends string> {
  readonly id: Id
  readonly label: string
  /** A number or a mark behind the label. */
  readonly badge?: ComponentChildren
}

/** Tabs as WAI-ARIA describes them: one stop for Tab, arrows, Home and End move and select. */
export function TabList<Id extends string>({ label, items, selected, onSelect }: TabListProps<Id>) {
  const list = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const at = items.findIndex(each => each.id === selected)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key]
    const next = to === undefined ? undefined : items[(to + items.length) % items.length]
    if (next === undefined) return
    event.preventDefault()
    onSelect(next.id)
    list.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus()
  }
  return (
    <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
      {items.map(item => (
        <button
          key={item.id}
          type="button"
          role="tab"
          id={`tab-${item.id}`}
          class="tab"
          aria-selected={item.id === selected}
          aria-controls={`panel-${item.id}`}
          tabIndex={item.id === selected ? 0 : -1}
          onClick={() => onSelect(item.id)}
        >
          {item.label}
          {item.badge}
        </button>
      ))}
    </div>
  )
}

interface TabListProps<Id extends string> {
  readonly label: string
  readonly items: readonly TabItem<Id>[]
  readonly selected: Id
  readonly onSelect: (id: Id) => void
}
