import { plural } from '../describe.ts'
import type { ShownProblem } from '../fetch-answer.ts'
import { ProblemList } from '../problem-list.tsx'

/** What keeps the newest state of the files from being shown, over the last good one. It goes by itself when the files are mended. */
export function ProblemOverlay({ problems, hasGood }: { readonly problems: readonly ShownProblem[]; readonly hasGood: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: many problems scroll, by keyboard too
    <section class="problem-overlay" role="alert" aria-label="Problems" tabIndex={0}>
      <h2>{problems.length === 1 ? 'Something has to be mended' : `${plural(problems.length, 'thing')} have to be mended`}</h2>
      <ProblemList problems={problems} />
      <p class="quiet">{hasGood ? 'Below is the last good version. ' : ''}This goes by itself once the file is saved in a good state.</p>
    </section>
  )
}
