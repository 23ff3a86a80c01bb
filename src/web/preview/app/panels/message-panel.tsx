import type { EditionView } from '../../api.ts'
import { SubjectPick } from '../subject-pick.tsx'
import type { ChangeView } from '../use-view.ts'
import type { SourcePosition } from './break-source.ts'
import { CopyButton } from './copy-button.tsx'
import { Panel } from './panel.tsx'
import { SourceLines } from './source-lines.tsx'

const unmarked: readonly SourcePosition[] = []

/** The message as it would leave for this reader: its headers to read, its source to look at. */
export function MessagePanel({ message, trial, at, onChange }: MessagePanelProps) {
  return (
    <Panel tab="message" title="The message" actions={<CopyButton text={message.source} what="the source" />}>
      {trial && (
        <dl class="headers">
          {trial.subjects.map((subject, index) => (
            <div key={index}>
              <dt>Subject {'AB'.charAt(index)}</dt>
              <dd dir="auto">{subject}</dd>
            </div>
          ))}
          <div>
            <dt>Shown here</dt>
            <dd>
              <SubjectPick trial={trial} onChange={onChange} />
            </dd>
          </div>
        </dl>
      )}
      <dl class="headers">
        {message.headers.map(({ name, value }, index) => (
          <div key={index}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      <h3>Source of the .eml</h3>
      <SourceLines source={message.source} language="plain" marks={unmarked} at={at} />
    </Panel>
  )
}

interface MessagePanelProps extends Pick<EditionView, 'message' | 'trial'> {
  readonly at: SourcePosition | null
  readonly onChange: ChangeView
}
