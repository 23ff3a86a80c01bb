import { useState } from 'preact/hooks'
import type { PreviewState } from '../api.ts'
import { Above } from './shell/above.tsx'
import { EditionList } from './shell/edition-list.tsx'
import { Nothing } from './shell/nothing.tsx'
import { type Opened, TopBar } from './shell/top-bar.tsx'
import { ProblemOverlay } from './stage/problem-overlay.tsx'
import { useEdition } from './use-edition.ts'
import { useFinding } from './use-finding.ts'
import { useMedia } from './use-media.ts'
import { useServer } from './use-server.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useView } from './use-view.ts'
import { type OpenedEntry, Workspace } from './workspace.tsx'

/** The page: header, list of editions, the opened edition, and what stands above them. */
export function App() {
  const [view, change] = useView()
  const server = useServer()
  const isSmall = useMedia('(width < 640px)')
  const width = view.width ?? (isSmall ? 375 : 600)
  const [opened, setOpened] = useState<Opened | null>(null)
  const { state } = server
  const entry = state && entryOf(state, view.edition)
  const open = useEdition(entry?.key ?? null, view, server.revision)
  const edition = open.answer?.kind === 'edition' ? open.answer : null
  const choice = useFinding(edition, change)
  const onKey = useShortcuts({ state, entry, view, width, choice, change, open: setOpened })
  // A dialog tells late that it is closed: another may be open by then.
  const close = () => setOpened(current => (current === opened ? null : current))
  const problems = open.answer?.errors.length ? open.answer.errors : [...(state?.problems ?? []), ...server.problems, ...open.problems]

  return (
    <div class="app">
      <TopBar server={server} isWorking={open.loading && entry !== null} canSend={edition !== null} onOpen={setOpened} />
      {state && <EditionList state={state} opened={entry?.key ?? null} template={view.template} onChange={change} />}
      <main class="content">
        {state && entry ? (
          <Workspace {...{ state, entry, view, width, open, problems, choice, onKey }} revision={server.revision} onChange={change} />
        ) : (
          <div class="stage">
            {state ? <Nothing state={state} /> : server.problems.length === 0 && <p class="nothing quiet">Reading the publication…</p>}
            {problems.length > 0 && <ProblemOverlay problems={problems} below="nothing" />}
          </div>
        )}
      </main>
      {state && opened && <Above key={opened} {...{ opened, state, entry, edition, view, width }} onChange={change} onClose={close} />}
    </div>
  )
}

// An address may name an edition that is not in the list: the server knows whether it can be made.
function entryOf(state: PreviewState, key: string | null): OpenedEntry | null {
  if (key !== null) return state.editions.find(each => each.key === key) ?? { key, id: key, previous: null, subject: null }
  return state.editions.find(each => each.next) ?? state.editions[0] ?? null
}
