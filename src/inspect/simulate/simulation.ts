/** The contract of simulating: how one mail program would show a finished email. Types only. */

/** A finished email as a reader's mail program receives it: merge values joined, nothing changed yet. */
export interface SimulationSource {
  readonly html: string
  /** The text part. */
  readonly text: string
  readonly subject: string
}

/** A whole HTML page, and what was changed to get there: plain sentences, the most visible first. */
export interface Simulated {
  readonly html: string
  readonly changes: readonly string[]
}

/**
 * One mail program (or one way of reading), as far as its behaviour is published. It is an approximation made in a browser, never a picture from the
 * program itself: whoever shows it says so. Its page has `data-simulation="<id>"` on the html element, and does not depend on the scheme, and little on
 * the width, of the browser that shows it.
 */
export interface Simulation {
  /** Permanent, in kebab-case: addresses of the preview and file names of screenshots carry it. */
  readonly id: string
  /** For a list to choose from: `Outlook on Windows`. */
  readonly name: string
  /** One sentence: what this client does to an email. */
  readonly describes: string
  /** What surrounds the email: a dark client's frame is dark, too. */
  readonly scheme: 'light' | 'dark'
  /** Pure, and for any input: broken HTML gives a page, never an exception. */
  readonly transform: (source: SimulationSource) => Simulated
}
