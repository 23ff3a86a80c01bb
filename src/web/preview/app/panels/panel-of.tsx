import type { OpenEdition } from '../use-edition.ts'
import type { FindingChoice } from '../use-finding.ts'
import type { ChangeView } from '../use-view.ts'
import type { Tab } from '../view.ts'
import { DataPanel } from './data-panel.tsx'
import { FindingsPanel } from './findings-panel.tsx'
import { MessagePanel } from './message-panel.tsx'
import { Panel } from './panel.tsx'
import { SelectionPanel } from './selection-panel.tsx'
import { SourcePanel } from './source-panel.tsx'
import { WeightPanel } from './weight-panel.tsx'

/** The panel of a tab, for whatever is known of the edition. */
export function PanelOf({ tab, open: { answer }, choice, onChange }: PanelOfProps) {
  if (tab === 'selection' && answer?.kind === 'nothing-to-send') return <SelectionPanel selection={answer.selection} />
  if (answer?.kind !== 'edition') {
    return (
      <Panel tab={tab} title={answer === null ? 'Loading…' : 'Nothing here'}>
        {answer !== null && (
          <p class="note">{answer.kind === 'broken' ? 'The edition cannot be made yet.' : 'There is nothing to send in this window.'}</p>
        )}
      </Panel>
    )
  }
  const { finding } = choice
  switch (tab) {
    case 'findings':
      return (
        <FindingsPanel
          findings={answer.findings}
          warnings={answer.warnings}
          chosen={choice.outlined?.index ?? null}
          onChoose={choice.choose}
        />
      )
    case 'html':
      return <SourcePanel tab={tab} source={answer.html} bytes={answer.bytes} findings={answer.findings} chosen={finding} />
    case 'text': {
      const bytes = new TextEncoder().encode(answer.text).length
      return <SourcePanel tab={tab} source={answer.text} bytes={bytes} findings={answer.findings} chosen={finding} />
    }
    case 'message':
      return (
        <MessagePanel
          message={answer.message}
          trial={answer.trial}
          onChange={onChange}
          at={finding?.place.part === 'message' && finding.place.line !== null ? { line: finding.place.line, column: null } : null}
        />
      )
    case 'data':
      return <DataPanel edition={answer.edition} />
    case 'weight':
      return <WeightPanel weight={answer.weight} shortened={answer.shortened} />
    case 'selection':
      return <SelectionPanel selection={answer.selection} />
  }
}

interface PanelOfProps {
  readonly tab: Exclude<Tab, 'email'>
  readonly open: OpenEdition
  readonly choice: FindingChoice
  readonly onChange: ChangeView
}
