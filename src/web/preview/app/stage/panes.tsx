import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { addresses, type EditionEntry, type PreviewState } from '../../api.ts'
import type { ChangeView } from '../use-view.ts'
import type { View } from '../view.ts'
import type { FollowedLink } from './email-frame.tsx'
import { FollowedLinkNote } from './followed-link-note.tsx'
import { Note } from './note.tsx'
import { outlinePlace } from './outline-place.ts'
import { Pane } from './pane.tsx'
import { scrollInStep } from './scroll-in-step.ts'
import { lastEdition, SimulationPick } from './simulation-pick.tsx'

/** The email, and beside it what the editor compares it with, scrolling in step. */
export function Panes({ state, entry, view, width, revision, finding, onChange, onKey }: PanesProps) {
  const [documents, setDocuments] = useState<Documents>({ main: null, beside: null })
  const [unseen, setUnseen] = useState<number | null>(null)
  const [followed, setFollowed] = useState<FollowedLink | null>(null)
  const beside = besideOf(view, entry)
  const showMain = useShown('main', setDocuments, onKey)
  const showBeside = useShown('beside', setDocuments, onKey)
  const { main, beside: other } = documents

  useEffect(() => (main && other && beside ? scrollInStep(main, other) : undefined), [main, other, beside === null])

  const scrolledTo = useRef<number | null>(null)
  useEffect(() => {
    const scroll = finding !== null && scrolledTo.current !== finding.at
    if (finding) scrolledTo.current = finding.at
    const seen = [main, other].map(document => document !== null && outlinePlace(document, finding?.place ?? null, { scroll }))
    setUnseen(finding?.inHtml && main !== null && !seen.includes(true) ? finding.at : null)
  }, [finding, main, other])

  const { template, recipient, variant, remote } = view
  const shared = { template, recipient, variant, remote, revision }
  const simulationOf = (id: string | null) => state.simulations.find(each => each.id === id) ?? null
  const pickBeside = (value: string) => onChange({ beside: value === lastEdition ? { kind: 'last' } : { kind: 'simulation', id: value } })
  return (
    <div class="panes">
      <Pane
        src={addresses.frame(entry.key, { ...shared, simulation: view.simulation })}
        title={`Edition ${entry.id}`}
        width={width}
        simulation={simulationOf(view.simulation)}
        choice={
          <SimulationPick
            label="Show the email as"
            value={view.simulation ?? ''}
            simulations={state.simulations}
            last={null}
            onPick={value => onChange({ simulation: value === '' ? null : value })}
          />
        }
        onShown={showMain}
        onFollow={setFollowed}
        onResize={width => onChange({ width }, { quiet: true })}
      />
      {beside && (
        <Pane
          src={addresses.frame(beside.key, { ...shared, simulation: beside.simulation })}
          title={`Beside it: ${beside.key === entry.key ? 'the same edition' : 'the edition before'}`}
          width={width}
          simulation={simulationOf(beside.simulation)}
          choice={
            <SimulationPick
              label="Beside it, show"
              value={view.beside.kind === 'last' ? lastEdition : (beside.simulation ?? '')}
              simulations={state.simulations}
              last={entry.previous === null ? null : (state.editions.find(each => each.key === entry.previous)?.id ?? entry.previous)}
              onPick={pickBeside}
            />
          }
          onShown={showBeside}
          onFollow={setFollowed}
          onResize={null}
        />
      )}
      {unseen !== null && followed === null && (
        <Note onClose={() => setUnseen(null)}>
          The place of this finding is not to be seen here.
          <button type="button" class="button" onClick={() => onChange({ tab: 'html' })}>
            Show it in the HTML
          </button>
        </Note>
      )}
      {followed && <FollowedLinkNote link={followed} onClose={() => setFollowed(null)} />}
    </div>
  )
}

/** A finding to outline; `at` counts the clicks, so that a second click on the same one scrolls again. */
export interface OutlinedFinding {
  readonly index: number
  /** Value of `placeAttribute` in the frame; null where it stands at no element. */
  readonly place: number | null
  readonly at: number
  /** Whether it speaks of the HTML at all. */
  readonly inHtml: boolean
}

interface PanesProps {
  readonly state: PreviewState
  readonly entry: Pick<EditionEntry, 'key' | 'id' | 'previous'>
  readonly view: View
  readonly width: number
  readonly revision: number
  readonly finding: OutlinedFinding | null
  readonly onChange: ChangeView
  /** Keys pressed while the focus is inside a frame. */
  readonly onKey: (event: KeyboardEvent) => void
}

interface Documents {
  readonly main: Document | null
  readonly beside: Document | null
}

// Keys do not leave a frame by themselves: without this the shortcuts would be dead after a click on the email.
function useShown(which: keyof Documents, setDocuments: (change: (current: Documents) => Documents) => void, onKey: PanesProps['onKey']) {
  const latest = useRef(onKey)
  latest.current = onKey
  return useCallback(
    (document: Document) => {
      document.addEventListener('keydown', event => latest.current(event))
      setDocuments(current => ({ ...current, [which]: document }))
    },
    [which, setDocuments],
  )
}

function besideOf(view: View, entry: Pick<EditionEntry, 'key' | 'previous'>) {
  if (view.beside.kind === 'simulation') return { key: entry.key, simulation: view.beside.id === '' ? null : view.beside.id }
  if (view.beside.kind === 'last' && entry.previous !== null) return { key: entry.previous, simulation: view.simulation }
  return null
}
