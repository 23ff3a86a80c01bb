import { describePlace } from './describe.ts'
import type { ShownProblem } from './fetch-answer.ts'

/** Problems, one below the other: where, what, what was expected, what to do. */
export function ProblemList({ problems }: { readonly problems: readonly ShownProblem[] }) {
  return (
    <>
      {problems.map((problem, index) => (
        <ProblemText key={index} problem={problem} />
      ))}
    </>
  )
}

function ProblemText({ problem }: { readonly problem: ShownProblem }) {
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
