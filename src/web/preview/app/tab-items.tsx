import type { EditionAnswer } from '../api.ts'
import type { TabItem } from './shell/tab-list.tsx'
import { type Tab, tabs } from './view.ts'

const labels: Readonly<Record<Tab, string>> = {
  email: 'Email',
  findings: 'Findings',
  html: 'HTML',
  text: 'Text',
  message: 'Message',
  data: 'Data',
  weight: 'Weight',
  selection: 'Selection',
}

/** The tabs of an edition; the findings carry their number, in the colour of the gravest. */
export function tabItems(answer: EditionAnswer | null): readonly TabItem<Tab>[] {
  const findings = answer?.kind === 'edition' ? answer.findings : []
  const tone = findings.some(each => each.severity === 'error') ? 'error' : 'warning'
  return tabs.map(id => ({
    id,
    label: labels[id],
    badge: id === 'findings' && findings.length > 0 && <span class={`chip ${tone}`}>{findings.length}</span>,
  }))
}
