/** What pictures are taken of an email. */

import { UserError } from '../../errors.ts'
import type { Simulation } from '../../inspect/simulate/simulation.ts'

/** One way of looking at an email. Sizes are CSS pixels. */
export interface ShotView {
  /** Permanent: the name of the picture's file. */
  readonly id: string
  /** What stands above it on the contact sheet. */
  readonly label: string
  readonly width: number
  readonly scheme: 'light' | 'dark'
  readonly simulation: Simulation | null
}

/** The views that need no simulation. */
const plainViews: readonly ShotView[] = [
  { id: 'desktop', label: 'Desktop', width: 1024, scheme: 'light', simulation: null },
  { id: 'mobile', label: 'Mobile', width: 375, scheme: 'light', simulation: null },
  { id: 'dark', label: 'Dark', width: 1024, scheme: 'dark', simulation: null },
]

/** Simulations that are among the pictures unless others are asked for. */
const usualSimulations: readonly string[] = ['outlook-windows', 'images-off']

/** Where not as wide as a desktop's window: a program of phones, and text, which fills whatever it has. */
const widths: Readonly<Record<string, number>> = { 'gmail-other-account': 375, 'plain-text': 720, 'screen-reader': 720 }

/** All views there are, the usual ones first. */
export function allViews(simulations: readonly Simulation[]): readonly ShotView[] {
  const simulated = simulations.map(simulation => ({
    id: simulation.id,
    label: `${simulation.name} (simulated)`,
    width: widths[simulation.id] ?? 1024,
    scheme: simulation.scheme,
    simulation,
  }))
  const isUsual = (view: ShotView) => usualSimulations.includes(view.id)
  return [...plainViews, ...simulated.filter(isUsual), ...simulated.filter(view => !isUsual(view))]
}

/** The views of these names in their order, the usual ones for none. Throws UserError `usage` for a name that is no view. */
export function chooseViews(simulations: readonly Simulation[], names: readonly string[]): readonly ShotView[] {
  const all = allViews(simulations)
  if (names.length === 0) return all.filter(view => view.simulation === null || usualSimulations.includes(view.id))
  const unknown = names.find(name => name !== 'all' && !all.some(view => view.id === name))
  if (unknown !== undefined) {
    throw new UserError({
      code: 'usage',
      message: 'there is no view of that name',
      expected: `all, or some of: ${all.map(view => view.id).join(', ')}`,
      got: unknown.slice(0, 80),
      hint: 'Name views after --view, with blanks or commas between them.',
    })
  }
  return names.includes('all') ? all : all.filter(view => names.includes(view.id))
}
