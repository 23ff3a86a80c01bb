import type { EditionView } from '../../api.ts'
import type { SourcePosition } from './break-source.ts'
import { CopyButton } from './copy-button.tsx'
import { Panel } from './panel.tsx'
import { SourceLines } from './source-lines.tsx'

const unmarked: readonly SourcePosition[] = []

/** The message as it would leave for this reader: its headers to read, its source to look at. */
export function MessagePanel({ message, at }: { readonly message: EditionView['message']; readonly at: SourcePosition | null }) {
  return (
    <Panel tab="message" title="The message" actions={<CopyButton text={message.source} what="the source" />}>
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
