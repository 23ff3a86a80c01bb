import type { EditionView, PreviewState } from '../../api.ts'
import { Toolbar } from '../stage/toolbar.tsx'
import type { ChangeView } from '../use-view.ts'
import type { View } from '../view.ts'
import type { OpenedEntry } from '../workspace.tsx'
import { Dialog } from './dialog.tsx'
import { EditionList } from './edition-list.tsx'
import { SendDialog } from './send-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import type { Opened } from './top-bar.tsx'

/** What stands above the page: a drawer of a narrow window, or a dialog. */
export function Above({ opened, state, entry, edition, view, width, onChange, onClose }: AboveProps) {
  if (opened === 'shortcuts') return <ShortcutsDialog onClose={onClose} />
  if (opened === 'send')
    return (
      edition && (
        <SendDialog edition={edition.key} template={view.template} isTrial={edition.trial !== null} relay={state.relay} onClose={onClose} />
      )
    )
  if (opened === 'options') {
    return (
      entry && (
        <Dialog title="How the email is shown" isDrawer onClose={onClose}>
          <Toolbar {...{ state, entry, view, width, onChange }} trial={edition?.trial ?? null} />
        </Dialog>
      )
    )
  }
  const open: ChangeView = fields => {
    onChange(fields)
    onClose()
  }
  return (
    <Dialog title="Editions and templates" isDrawer onClose={onClose}>
      <EditionList state={state} opened={entry?.key ?? null} template={view.template} onChange={open} />
    </Dialog>
  )
}

interface AboveProps {
  readonly opened: Opened
  readonly state: PreviewState
  readonly entry: OpenedEntry | null
  /** Null while there is nothing to send. */
  readonly edition: EditionView | null
  readonly view: View
  readonly width: number
  readonly onChange: ChangeView
  readonly onClose: () => void
}
