/** What a simulation shows of a piece of HTML. */

import type { Simulated } from '../../../src/inspect/simulate/simulation.ts'
import { simulations } from '../../../src/inspect/simulate/simulations.ts'

/** The simulation of an id applied to HTML; the text part and the subject are stand-ins. */
export function simulate(id: string, html: string, text = 'Good morning.\n'): Simulated {
  const simulation = simulations.find(each => each.id === id)
  if (simulation === undefined) throw new Error(`no simulation is called ${id}`)
  return simulation.transform({ html, text, subject: 'Tides & lamps' })
}

/** The page that it shows. */
export function shown(id: string, html: string, text?: string): string {
  return simulate(id, html, text).html
}

/** A whole page of a head and a body. */
export function pageOf(head: string, body: string): string {
  return `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`
}
