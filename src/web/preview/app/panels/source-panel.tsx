import { useMemo } from 'preact/hooks'
import type { EmailPart, Finding } from '../../../../inspect/finding.ts'
import { describeBytes } from '../describe.ts'
import { CopyButton } from './copy-button.tsx'
import { Panel } from './panel.tsx'
import { SourceLines } from './source-lines.tsx'

/** The HTML or the text of the email as its file has it, with the lines marked at which findings stand. */
export function SourcePanel({ tab, source, findings, chosen }: SourcePanelProps) {
  const file = tab === 'html' ? 'email.html' : 'email.txt'
  const here = useMemo(() => findings.filter(each => each.place.part === (tab satisfies EmailPart)), [findings, tab])
  const marked = useMemo(() => new Set(here.flatMap(({ place }) => place.line ?? [])), [here])
  const at = chosen?.place.part === tab ? chosen.place.line : null
  return (
    <Panel
      tab={tab}
      title={
        <>
          {file} <span class="quiet panel-more">{describeBytes(new TextEncoder().encode(source).length)}</span>
        </>
      }
      actions={<CopyButton text={source} what={file} />}
    >
      <SourceLines source={source} language={tab === 'html' ? 'html' : 'plain'} marked={marked} at={at} />
    </Panel>
  )
}

interface SourcePanelProps {
  readonly tab: 'html' | 'text'
  readonly source: string
  readonly findings: readonly Finding[]
  readonly chosen: Finding | null
}
