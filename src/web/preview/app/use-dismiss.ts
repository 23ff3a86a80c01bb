import { useEffect, useRef } from 'preact/hooks'

/** Closes a `<details>` that floats above the page when somebody presses Escape or looks elsewhere. */
export function useDismiss() {
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = () => {
      if (details.current) details.current.open = false
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !details.current?.open) return
      close()
      details.current.querySelector('summary')?.focus()
    }
    const onPointer = (event: Event) => {
      if (event.target instanceof Node && !details.current?.contains(event.target)) close()
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('pointerdown', onPointer)
    window.addEventListener('blur', close)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('pointerdown', onPointer)
      window.removeEventListener('blur', close)
    }
  }, [])
  return details
}
