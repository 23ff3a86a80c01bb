import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Icon } from './icon.tsx'

/** A modal dialog of the browser's own: it keeps the focus inside, closes with Escape, and gives the focus back. */
export function Dialog({ title, isDrawer = false, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
    // Whoever opens a form wants to write.
    element?.querySelector('textarea')?.focus()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog closes it, and so does Escape, by the browser itself
    <dialog
      ref={dialog}
      class={isDrawer ? 'dialog drawer' : 'dialog'}
      aria-labelledby={id}
      onClose={onClose}
      onClick={event => event.target === dialog.current && onClose()}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" class="button icon bare" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}

interface DialogProps {
  readonly title: string
  /** Comes in from the side. */
  readonly isDrawer?: boolean
  readonly onClose: () => void
  readonly children: ComponentChildren
}
