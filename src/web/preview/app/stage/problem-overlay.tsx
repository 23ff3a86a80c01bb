import { plural } from '../describe.ts'
import type { ShownProblem } from '../fetch-answer.ts'
import { ProblemList } from '../problem-list.tsx'

/** What the overlay stands over: the last good version, one without what the problems speak of, or none. */
export type Below = 'last-good' | 'incomplete' | 'nothing'

const words: Readonly<Record<Below, string>> = {
  'last-good': 'Below is the last good version. ',
  incomplete: 'Below is the edition without what is missing. ',
  nothing: '',
}

/** What keeps the newest state of the files from being shown, over the last good one, or what it lacks. It goes by itself when the files are mended. */
export function ProblemOverlay({ problems, below }: ProblemOverlayProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: many problems scroll, by keyboard too
    <section class="problem-overlay" role="alert" aria-label="Problems" tabIndex={0}>
      <h2>{problems.length === 1 ? 'Something has to be mended' : `${plural(problems.length, 'thing')} have to be mended`}</h2>
      <ProblemList problems={problems} />
      <p class="quiet">{words[below]}This goes by itself once the file is saved in a good state.</p>
    </section>
  )
}

interface ProblemOverlayProps {
  readonly problems: readonly ShownProblem[]
  readonly below: Below
}
