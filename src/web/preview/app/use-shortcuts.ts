import { useEffect, useRef } from 'preact/hooks'
import type { EditionEntry, PreviewState } from '../api.ts'
import { groupEditions } from './edition-groups.ts'
import { isShortcut, stepThrough } from './shell/shortcuts.ts'
import type { Opened } from './shell/top-bar.tsx'
import { besideFor } from './stage/beside-for.ts'
import type { FindingChoice } from './use-finding.ts'
import type { ChangeView } from './use-view.ts'
import { tabs, type View, widths } from './view.ts'

/** What the shortcuts work on. */
export interface ShortcutTargets {
  readonly state: PreviewState | null
  readonly entry: Pick<EditionEntry, 'key' | 'previous'> | null
  readonly view: View
  readonly width: number
  readonly choice: FindingChoice
  readonly change: ChangeView
  readonly open: (what: Opened) => void
}

/** Listens to the keys of the page; returns the listener for documents in frames, whose keys stay in there. */
export function useShortcuts(targets: ShortcutTargets): (event: KeyboardEvent) => void {
  const latest = useRef(targets)
  latest.current = targets
  const listener = useRef((event: KeyboardEvent) => {
    if (isShortcut(event) && act(event.key, latest.current)) event.preventDefault()
  })
  useEffect(() => {
    const listen = listener.current
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  return listener.current
}

/** Does what a key stands for; false when it stands for nothing here. */
function act(key: string, targets: ShortcutTargets): boolean {
  const tab = tabs[Number(key) - 1]
  const { change } = targets
  if (tab !== undefined) change({ tab })
  else if (key === '?') targets.open('shortcuts')
  else if (key === 't') targets.open('send')
  else if (key === 'Escape') targets.choice.clear()
  else if (key === 'n' || key === 'N') stepFinding(targets.choice, key === 'n' ? 1 : -1)
  else if (key === 'p') change({ remote: !targets.view.remote })
  else if (key === '[' || key === ']') change({ width: nextWidth(targets.width, key) })
  else return actOnState(key, targets)
  return true
}

function actOnState(key: string, { state, entry, view, change }: ShortcutTargets): boolean {
  if (state === null || entry === null) return false
  const keys = groupEditions(state.editions).flatMap(({ entries }) => entries.map(each => each.key))
  const simulations = [null, ...state.simulations.map(each => each.id)]
  const recipients = state.recipients.map(each => each.id)
  if (key === 'j' || key === 'k') change({ edition: stepThrough(keys, entry.key, key === 'j' ? 1 : -1) ?? null })
  else if (key === 's' || key === 'S') change({ simulation: stepThrough(simulations, view.simulation, key === 's' ? 1 : -1) ?? null })
  else if (key === 'r') change({ recipient: stepThrough(recipients, view.recipient ?? recipients[0] ?? '', 1) ?? null })
  else if (key === 'b') change({ beside: view.beside.kind === 'nothing' ? besideFor(state, entry, view) : { kind: 'nothing' } })
  else return false
  return true
}

function stepFinding({ outlined, count, choose }: FindingChoice, by: 1 | -1): void {
  if (count === 0) return
  choose(outlined === null ? (by === 1 ? 0 : count - 1) : (outlined.index + by + count) % count)
}

function nextWidth(width: number, key: '[' | ']'): number {
  const next = key === ']' ? widths.find(each => each > width) : widths.findLast(each => each < width)
  return next ?? width
}
