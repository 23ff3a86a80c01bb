import type { SimulationEntry } from '../../api.ts'
import { Icon } from '../shell/icon.tsx'
import { useDismiss } from '../use-dismiss.ts'

/** The label that every simulation has: that it is one, what the mail program does, and what that changed in this email; null while it is made. */
export function Changes({ simulation, changes }: { readonly simulation: SimulationEntry; readonly changes: readonly string[] | null }) {
  const details = useDismiss()
  return (
    <details class="changes" ref={details}>
      <summary>
        <Count changes={changes} />
        <Icon name="down" />
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lists of changes scroll, by keyboard too */}
      <div tabIndex={0}>
        <p>
          <b>{simulation.name}.</b> {simulation.describes}
        </p>
        {changes && changes.length > 0 && (
          <ul>
            {changes.map(change => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        )}
        <p class="quiet">An approximation from published behaviour, made in this browser: not a picture from the program itself.</p>
      </div>
    </details>
  )
}

// Narrow panes leave the words out, the number stays.
function Count({ changes }: { readonly changes: readonly string[] | null }) {
  if (changes === null) return <span>Simulation</span>
  return (
    <span>
      Simulation · {changes.length}
      <span class="words"> {changes.length === 1 ? 'change' : 'changes'}</span>
    </span>
  )
}
