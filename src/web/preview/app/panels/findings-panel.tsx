import type { Finding } from '../../../../inspect/finding.ts'
import type { PreviewProblem } from '../../api.ts'
import { describeFindingPlace, describePlace, plural } from '../describe.ts'
import { ProblemList } from '../problem-list.tsx'
import { Icon } from '../shell/icon.tsx'
import { Panel } from './panel.tsx'

/** What the checks say of the email, the gravest first; a click shows the place. Below them, what the build remarked. */
export function FindingsPanel({ findings, warnings, chosen, onChoose }: FindingsPanelProps) {
  const numbered = findings.map((finding, index) => ({ finding, index }))
  const sorted = numbered.toSorted((a, b) => Number(b.finding.severity === 'error') - Number(a.finding.severity === 'error'))
  // Errors among them are findings, too.
  const remarks = warnings.filter(({ severity }) => severity === 'warning')
  return (
    <Panel tab="findings" title={findings.length === 0 ? 'No findings' : plural(findings.length, 'finding')}>
      {findings.length === 0 && <p class="note">The checks have nothing to say of this email.</p>}
      <ul class="findings">
        {sorted.map(({ finding, index }) => (
          <li key={index}>
            <FindingCard finding={finding} chosen={index === chosen} onChoose={() => onChoose(index)} />
          </li>
        ))}
      </ul>
      {remarks.length > 0 && (
        <section class="warnings">
          <h3>Remarks of the build</h3>
          <ProblemList problems={remarks} />
        </section>
      )}
    </Panel>
  )
}

function FindingCard({
  finding,
  chosen,
  onChoose,
}: {
  readonly finding: Finding
  readonly chosen: boolean
  readonly onChoose: () => void
}) {
  const { severity, rule, message, help, place, origin } = finding
  return (
    <button type="button" class={`finding ${severity}`} aria-pressed={chosen} onClick={onChoose}>
      <span class="finding-head">
        <span class={`chip ${severity}`}>{severity}</span>
        <code>{rule}</code>
        <span class="finding-place">
          <Icon name="place" />
          {describeFindingPlace(place)}
        </span>
      </span>
      <b dir="auto">{message}</b>
      {place.excerpt !== null && (
        <code class="finding-excerpt" dir="auto">
          {place.excerpt}
        </code>
      )}
      <span class="quiet">→ {help}</span>
      {origin && <code class="quiet">{describePlace(origin)}</code>}
    </button>
  )
}

interface FindingsPanelProps {
  readonly findings: readonly Finding[]
  readonly warnings: readonly PreviewProblem[]
  readonly chosen: number | null
  readonly onChoose: (index: number) => void
}
