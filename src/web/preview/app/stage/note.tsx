import type { ComponentChildren } from 'preact'
import { Icon } from '../shell/icon.tsx'

/** A line over the email that can be closed. */
export function Note({ onClose, children }: { readonly onClose: () => void; readonly children: ComponentChildren }) {
  return (
    <div class="stage-note" role="status">
      {children}
      <button type="button" class="button icon bare" aria-label="Close" onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  )
}
