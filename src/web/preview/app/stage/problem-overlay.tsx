import { describePlace, plural } from '../describe.ts'
import type { ShownProblem } from '../fetch-answer.ts'

/** What keeps the newest state of the files from being shown, over the last good one. It goes by itself when the files are mended. */
export function ProblemOverlay({ problems, hasGood }: { readonly problems: readonly ShownProblem[]; readonly hasGood: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: many problems scroll, by keyboard too
    <section class="problem-overlay" role="alert" aria-label="Problems" tabIndex={0}>
      <h2>{problems.length === 1 ? 'Something has to be mended' : `${plural(problems.length, 'thing')} have to be mended`}</h2>
      {problems.map((problem, index) => (
        <ProblemText key={index} problem={problem} />
      ))}
      <p class="quiet">{hasGood ? 'Below is the last good version. ' : ''}This goes by itself once the file is saved in a good state.</p>
    </section>
  )
}

/** One problem: where, what, what was expected, what to do. */
export function ProblemText({ problem }: { readonly problem: ShownProblem }) {
  const { place, message, expected, got, hint } = problem
  return (
    <div class="problem">
      {place && <p class="problem-place">{describePlace(place)}</p>}
      <p>
        <b>{message}</b>
      </p>
      {(expected !== undefined || got !== undefined) && (
        <dl>
          {expected !== undefined && <dt>expected</dt>}
          {expected !== undefined && <dd>{expected}</dd>}
          {got !== undefined && <dt>found</dt>}
          {got !== undefined && (
            <dd>
              <code>{got}</code>
            </dd>
          )}
        </dl>
      )}
      <p>→ {hint}</p>
    </div>
  )
}
