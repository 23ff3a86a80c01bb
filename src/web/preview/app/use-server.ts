import { useEffect, useState } from 'preact/hooks'
import { addresses, type PreviewChange, type PreviewState } from '../api.ts'
import { fetchAnswer, type ShownProblem } from './fetch-answer.ts'

/** What the page knows of its server. */
export interface Server {
  /** Null until it has answered for the first time. */
  readonly state: PreviewState | null
  /** Why it has not. */
  readonly problems: readonly ShownProblem[]
  /** The newest revision that an event told of. */
  readonly revision: number
  /** The files of the last change, until somebody has had the time to read it. */
  readonly changed: readonly string[]
  readonly connected: boolean
}

const shownFor = 4000

/** Follows the server's events: a change is known at once, the new state a moment later. Reconnects by itself. */
export function useServer(): Server {
  const [server, setServer] = useState<Server>({ state: null, problems: [], revision: 0, changed: [], connected: true })
  const { revision, state } = server

  useEffect(() => {
    const events = new EventSource(addresses.events)
    let fading: ReturnType<typeof setTimeout> | undefined
    events.addEventListener('change', event => {
      const change = JSON.parse(event.data) as PreviewChange
      setServer(current => ({ ...current, revision: change.revision, changed: change.files, connected: true }))
      clearTimeout(fading)
      fading = setTimeout(() => setServer(current => ({ ...current, changed: [] })), shownFor)
    })
    events.addEventListener('open', () => setServer(current => ({ ...current, connected: true })))
    events.addEventListener('error', () => setServer(current => ({ ...current, connected: false })))
    return () => {
      clearTimeout(fading)
      events.close()
    }
  }, [])

  useEffect(() => {
    if (state?.revision === revision) return
    const stop = new AbortController()
    fetchAnswer<PreviewState>(addresses.state, stop.signal).then(
      fetched =>
        setServer(current =>
          fetched.kind === 'answer'
            ? { ...current, state: fetched.answer, revision: Math.max(current.revision, fetched.answer.revision), problems: [] }
            : { ...current, problems: fetched.problems },
        ),
      () => undefined,
    )
    return () => stop.abort()
  }, [revision, state])

  return server
}
