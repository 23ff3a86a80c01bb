import { useState } from 'preact/hooks'
import type { EditionEntry, PreviewState } from '../api.ts'
import { Dialog } from './shell/dialog.tsx'
import { EditionList } from './shell/edition-list.tsx'
import { Nothing } from './shell/nothing.tsx'
import { SendDialog } from './shell/send-dialog.tsx'
import { ShortcutsDialog } from './shell/shortcuts-dialog.tsx'
import { type Opened, TopBar } from './shell/top-bar.tsx'
import { ProblemOverlay } from './stage/problem-overlay.tsx'
import { Toolbar } from './stage/toolbar.tsx'
import { useEdition } from './use-edition.ts'
import { useFinding } from './use-finding.ts'
import { useServer } from './use-server.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useView } from './use-view.ts'
import { Workspace } from './workspace.tsx'

/** The page: header, list of editions, the opened edition, and what stands above them. */
export function App() {
  const [view, change] = useView()
  const server = useServer()
  const [opened, setOpened] = useState<Opened | null>(null)
  const { state } = server
  const entry = state && entryOf(state, view.edition)
  const open = useEdition(entry?.key ?? null, view, server.revision)
  const edition = open.answer?.kind === 'edition' ? open.answer : null
  const choice = useFinding(edition, change)
  const onKey = useShortcuts({ state, entry, view, choice, change, open: setOpened })
  const close = () => setOpened(null)
  const problems = open.answer?.errors.length ? open.answer.errors : [...(state?.problems ?? []), ...server.problems, ...open.problems]

  return (
    <div class="app">
      <TopBar server={server} isWorking={open.loading && entry !== null} canSend={edition !== null} onOpen={setOpened} />
      {state && <EditionList state={state} opened={entry?.key ?? null} template={view.template} onChange={change} />}
      <main class="main">
        {state && entry ? (
          <Workspace {...{ state, entry, view, open, problems, choice, onKey }} revision={server.revision} onChange={change} />
        ) : (
          <div class="stage">
            {state ? <Nothing state={state} /> : server.problems.length === 0 && <p class="nothing quiet">Reading the publication…</p>}
            {problems.length > 0 && <ProblemOverlay problems={problems} hasGood={false} />}
          </div>
        )}
      </main>
      {state && opened === 'editions' && (
        <Dialog title="Editions and templates" isDrawer onClose={close}>
          <EditionList state={state} opened={entry?.key ?? null} template={view.template} onChange={fields => [change(fields), close()]} />
        </Dialog>
      )}
      {state && entry && opened === 'options' && (
        <Dialog title="How the email is shown" isDrawer onClose={close}>
          <Toolbar state={state} entry={entry} view={view} onChange={change} />
        </Dialog>
      )}
      {state && edition && opened === 'send' && (
        <SendDialog edition={edition.key} template={view.template} relay={state.relay} onClose={close} />
      )}
      {opened === 'shortcuts' && <ShortcutsDialog onClose={close} />}
    </div>
  )
}

// An address may name an edition that is not in the list: the server knows whether it can be made.
function entryOf(state: PreviewState, key: string | null): Pick<EditionEntry, 'key' | 'id' | 'previous'> | null {
  if (key !== null) return state.editions.find(each => each.key === key) ?? { key, id: key, previous: null }
  return state.editions.find(each => each.next) ?? state.editions[0] ?? null
}
