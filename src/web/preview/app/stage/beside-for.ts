import type { EditionEntry, PreviewState } from '../../api.ts'
import type { Beside, View } from '../view.ts'

/** What an editor most likely wants beside what is shown: the dark of a light email, the light of a dark one, else the edition before. */
export function besideFor(state: PreviewState, entry: Pick<EditionEntry, 'previous'>, view: View): Beside {
  const now = state.simulations.find(each => each.id === view.simulation)
  if (now?.scheme === 'dark') return { kind: 'simulation', id: '' }
  const dark = state.simulations.find(each => each.id === 'apple-mail-dark') ?? state.simulations.find(each => each.scheme === 'dark')
  if (dark) return { kind: 'simulation', id: dark.id }
  return entry.previous === null ? { kind: 'simulation', id: '' } : { kind: 'last' }
}
