import { useEffect, useState } from 'preact/hooks'
import { addresses, type EditionAnswer, type EditionKey, type EditionQuery } from '../api.ts'
import { fetchAnswer, type ShownProblem } from './fetch-answer.ts'

/** An edition as far as it is known. The last answer of the same edition stays until the next one is there. */
export interface OpenEdition {
  readonly answer: EditionAnswer | null
  /** Why there is none, or no newer one. */
  readonly problems: readonly ShownProblem[]
  readonly loading: boolean
}

/** Opens an edition, and opens it again whenever the files have changed. */
export function useEdition(
  key: EditionKey | null,
  { template = null, recipient = null, variant = null }: EditionQuery,
  revision: number,
): OpenEdition {
  const [open, setOpen] = useState<OpenEdition>({ answer: null, problems: [], loading: true })
  useEffect(() => {
    if (key === null) return
    const stop = new AbortController()
    setOpen(({ answer, problems }) =>
      answer?.key === key ? { answer, problems, loading: true } : { answer: null, problems: [], loading: true },
    )
    fetchAnswer<EditionAnswer>(addresses.edition(key, { template, recipient, variant }), stop.signal).then(
      fetched =>
        setOpen(({ answer }) =>
          fetched.kind === 'answer'
            ? { answer: fetched.answer, problems: [], loading: false }
            : { answer, problems: fetched.problems, loading: false },
        ),
      () => undefined,
    )
    return () => stop.abort()
  }, [key, template, recipient, variant, revision])
  return open
}
