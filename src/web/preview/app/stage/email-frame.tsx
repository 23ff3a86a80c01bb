import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { frameSandbox } from '../../api.ts'
import { readScrollPlace, restoreScrollPlace } from './scroll-place.ts'

/**
 * The email in a frame without scripts. A new address is loaded in a second frame behind the first, scrolled to the same place, and only then shown:
 * nothing flickers, and the last good email stays while the next one comes.
 */
export function EmailFrame({ src, title, onShown, onFollow }: EmailFrameProps) {
  const [{ frames, shown }, setFrames] = useState<Frames>({ frames: [{ key: 0, src }], shown: null })
  const element = useRef<HTMLIFrameElement | null>(null)
  const takesFocus = useRef(false)

  useEffect(() => {
    setFrames(current => {
      const latest = current.frames.at(-1)
      if (latest?.src === src) return current
      const seen = current.frames.filter(frame => frame.key === current.shown)
      if (seen[0]?.src === src) return { ...current, frames: seen }
      return { ...current, frames: [...seen, { key: (latest?.key ?? 0) + 1, src }] }
    })
  }, [src])

  const swap = useCallback(
    (loaded: HTMLIFrameElement, frame: Frame) => {
      const document = loaded.contentDocument
      if (document === null) return
      const old = element.current?.contentDocument
      if (old) restoreScrollPlace(document, readScrollPlace(old))
      silenceLinks(document, onFollow)
      // The old frame takes the focus with it when it goes.
      takesFocus.current = element.current !== null && window.document.activeElement === element.current
      element.current = loaded
      setFrames(current => ({ frames: current.frames.filter(each => each.key >= frame.key), shown: frame.key }))
      onShown(document)
    },
    [onShown, onFollow],
  )

  useLayoutEffect(() => {
    if (takesFocus.current) element.current?.focus()
    takesFocus.current = false
  }, [shown])

  // A frame that is moved in the document loads again: they stand in the order of their keys, and the oldest goes first.
  return (
    <div class="frames">
      {frames.map(frame => (
        <iframe
          key={frame.key}
          src={frame.src}
          title={title}
          class={frame.key === shown ? 'frame' : 'frame coming'}
          sandbox={frameSandbox}
          aria-hidden={frame.key === shown ? undefined : true}
          tabIndex={frame.key === shown ? undefined : -1}
          onLoad={event => frame.key !== shown && swap(event.currentTarget, frame)}
        />
      ))}
      {shown === null && <p class="frame-waiting">Loading the email…</p>}
    </div>
  )
}

interface EmailFrameProps {
  /** On this server; a changed address is a changed email. */
  readonly src: string
  readonly title: string
  /** A document has come to be seen. */
  readonly onShown: (document: Document) => void
  /** Somebody clicked a link in the email: it is not followed, only told. */
  readonly onFollow: (link: FollowedLink) => void
}

/** A link of the email: its words, and the address as it stands there. */
export interface FollowedLink {
  readonly words: string
  readonly href: string
}

interface Frame {
  readonly key: number
  readonly src: string
}

/** At most two: the one that is seen, and the one that is loading. */
interface Frames {
  readonly frames: readonly Frame[]
  /** Key of the one that is seen. */
  readonly shown: number | null
}

// The frame must stay on the email; and to look at an email must never open, or even touch, what it links to (unsubscribe links do things).
function silenceLinks(document: Document, onFollow: (link: FollowedLink) => void): void {
  const stop = (event: Event) => {
    const target = event.target
    const link = target !== null && 'closest' in target ? (target as Element).closest('a[href], area[href]') : null
    if (link === null) return
    event.preventDefault()
    const href = link.getAttribute('href') ?? ''
    if (href.startsWith('#')) document.getElementById(href.slice(1))?.scrollIntoView()
    else onFollow({ words: (link.textContent ?? '').trim() || (link.querySelector('img')?.alt ?? ''), href })
  }
  document.addEventListener('click', stop, true)
  document.addEventListener('auxclick', stop, true)
  document.addEventListener('submit', event => event.preventDefault(), true)
}
