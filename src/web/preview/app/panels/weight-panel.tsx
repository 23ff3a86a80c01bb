import type { EditionView } from '../../api.ts'
import { describeBytes, plural } from '../describe.ts'
import { Panel } from './panel.tsx'

/** Where the bytes go, how far it is to the size at which Gmail clips, and what to leave out first. */
export function WeightPanel({ weight, shortened }: Pick<EditionView, 'weight' | 'shortened'>) {
  const { bytes, limit, parts, advice } = weight
  const heaviest = Math.max(1, ...parts.map(part => part.bytes))
  const over = bytes > limit
  return (
    <Panel tab="weight" title="Weight">
      <p class="weight-sum">
        <b>{describeBytes(bytes)}</b> <span class="quiet">of {describeBytes(limit)} before Gmail clips</span>
      </p>
      <Bar value={bytes} most={limit} label={`${Math.round((bytes / limit) * 100)} % of the limit`} tone={over ? 'error' : 'good'} />
      <p class={over ? 'note error' : 'quiet'}>
        {over ? `${describeBytes(bytes - limit)} too much: Gmail hides the end of the email` : `${describeBytes(limit - bytes)} to spare`}
      </p>
      {shortened.length > 0 && (
        <p class="note warning">
          {plural(shortened.length, 'item')} became one line so that it fits: {shortened.join(', ')}
        </p>
      )}
      <h3>By part</h3>
      <table class="weights">
        <thead class="unseen">
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Share</th>
            <th scope="col">Size</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part, index) => (
            <tr key={index}>
              <th scope="row" dir="auto">
                {part.name}
              </th>
              <td>
                <Bar
                  value={part.bytes}
                  most={heaviest}
                  label={`${Math.round((part.bytes / Math.max(1, bytes)) * 100)} % of the email`}
                  tone="plain"
                />
              </td>
              <td class="size">{describeBytes(part.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {advice.length > 0 && (
        <>
          <h3>What to leave out first</h3>
          <ul class="advice">
            {advice.map(each => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}

function Bar({
  value,
  most,
  label,
  tone,
}: {
  readonly value: number
  readonly most: number
  readonly label: string
  readonly tone: string
}) {
  return (
    <div class={`bar ${tone}`} role="img" aria-label={label}>
      <div style={{ width: `${Math.min(100, (value / most) * 100)}%` }} />
    </div>
  )
}
