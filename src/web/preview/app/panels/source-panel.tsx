import { useMemo } from 'preact/hooks'
import type { EmailPart, Finding, FindingPlace } from '../../../../inspect/finding.ts'
import { describeBytes } from '../describe.ts'
import type { SourcePosition } from './break-source.ts'
import { CopyButton } from './copy-button.tsx'
import { Panel } from './panel.tsx'
import { SourceLines } from './source-lines.tsx'

/** The HTML or the text of the email as its file has it, with the lines marked at which findings stand. */
export function SourcePanel({ tab, source, bytes, findings, chosen }: SourcePanelProps) {
  const file = tab === 'html' ? 'email.html' : 'email.txt'
  const marks = useMemo(() => findings.flatMap(({ place }) => positionIn(tab, place) ?? []), [findings, tab])
  return (
    <Panel
      tab={tab}
      title={
        <>
          {file} <span class="quiet panel-more">{describeBytes(bytes)}</span>
        </>
      }
      actions={<CopyButton text={source} what={file} />}
    >
      <SourceLines
        source={source}
        language={tab === 'html' ? 'html' : 'plain'}
        marks={marks}
        at={chosen && positionIn(tab, chosen.place)}
      />
    </Panel>
  )
}

interface SourcePanelProps {
  readonly tab: 'html' | 'text'
  readonly source: string
  /** Of the HTML, with merge fields as long as usual: the size that is told everywhere. */
  readonly bytes: number
  readonly findings: readonly Finding[]
  readonly chosen: Finding | null
}

function positionIn(part: EmailPart, place: FindingPlace): SourcePosition | null {
  return place.part === part && place.line !== null ? { line: place.line, column: place.column } : null
}
