import { useCallback, useEffect, useState } from 'preact/hooks'
import { formatView, parseView, type View } from './view.ts'

/** Changes some fields of the view. Fine steps (dragging) leave no trace in the browser's history. */
export type ChangeView = (change: Partial<View>, options?: { readonly quiet?: boolean }) => void

/** The view, held in the address: going back in the browser goes back here. */
export function useView(): readonly [View, ChangeView] {
  const [view, setView] = useState(() => parseView(location.hash))
  useEffect(() => {
    const follow = () => setView(current => ({ ...parseView(location.hash), remote: current.remote }))
    window.addEventListener('popstate', follow)
    return () => window.removeEventListener('popstate', follow)
  }, [])
  const change = useCallback<ChangeView>((fields, { quiet = false } = {}) => {
    setView(current => {
      const next = { ...current, ...fields }
      const address = `${location.pathname}${location.search}${formatView(next)}`
      if (formatView(next) === formatView(current)) return next
      if (quiet) history.replaceState(null, '', address)
      else history.pushState(null, '', address)
      return next
    })
  }, [])
  return [view, change]
}
