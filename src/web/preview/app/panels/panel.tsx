import type { ComponentChildren } from 'preact'
import type { Tab } from '../view.ts'

/** The inside of one tab: a heading with what can be done here, and what scrolls below. */
export function Panel({ tab, title, actions, children }: PanelProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls must be reachable by keyboard (WAI-ARIA tabs pattern)
    <section class="panel" role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`} tabIndex={0}>
      <div class="panel-head">
        <h2>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  )
}

interface PanelProps {
  readonly tab: Tab
  readonly title: ComponentChildren
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}
