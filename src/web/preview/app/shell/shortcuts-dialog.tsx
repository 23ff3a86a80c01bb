import { Dialog } from './dialog.tsx'
import { shortcuts } from './shortcuts.ts'

/** The list behind `?`. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl class="shortcuts">
        {shortcuts.map(({ keys, does }) => (
          <div key={does}>
            <dt>{keys.map(key => (key === '…' ? <span key={key}>…</span> : <kbd key={key}>{key}</kbd>))}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">In the tabs and at the email’s edge the arrow keys, Home and End work as well.</p>
    </Dialog>
  )
}
