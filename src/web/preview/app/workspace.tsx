import type { EditionEntry, PreviewState } from '../api.ts'
import type { ShownProblem } from './fetch-answer.ts'
import { PanelOf } from './panels/panel-of.tsx'
import { TabList } from './shell/tab-list.tsx'
import { Stage } from './stage/stage.tsx'
import { tabItems } from './tab-items.tsx'
import type { OpenEdition } from './use-edition.ts'
import type { FindingChoice } from './use-finding.ts'
import { useMedia } from './use-media.ts'
import type { ChangeView } from './use-view.ts'
import type { View } from './view.ts'

/** The opened edition: its tabs, the email, and beside it (in a wide window) or in its place what a tab tells of it. */
export function Workspace(props: WorkspaceProps) {
  const { open, view, choice, onChange } = props
  const isWide = useMedia('(width >= 1280px)')
  const isSplit = isWide && view.tab !== 'email'
  return (
    <>
      <div class="tab-bar">
        <TabList label="The edition" items={tabItems(open.answer)} selected={view.tab} onSelect={tab => onChange({ tab })} />
      </div>
      <div class={isSplit ? 'work split' : 'work'}>
        <Stage {...props} isHidden={view.tab !== 'email' && !isWide} />
        {view.tab !== 'email' && <PanelOf tab={view.tab} open={open} choice={choice} onChange={onChange} />}
      </div>
    </>
  )
}

/** What is known of an edition before it is opened; an address may name one that is not in the list. */
export type OpenedEntry = Pick<EditionEntry, 'key' | 'id' | 'previous' | 'subject'>

/** What the workspace and the stage in it need. */
export interface WorkspaceProps {
  readonly state: PreviewState
  readonly entry: OpenedEntry
  readonly view: View
  readonly width: number
  readonly open: OpenEdition
  readonly revision: number
  readonly problems: readonly ShownProblem[]
  readonly choice: FindingChoice
  readonly onChange: ChangeView
  readonly onKey: (event: KeyboardEvent) => void
}
