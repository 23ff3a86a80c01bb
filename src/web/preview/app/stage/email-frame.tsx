import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { frameSandbox } from '../../api.ts'
import { readScrollPlace, restoreScrollPlace, type ScrollPlace } from './scroll-place.ts'

/**
 * The email in a frame without scripts. A new address is loaded in a second frame behind the first, scrolled to the same place, and only then shown:
 * nothing flickers, and the last good email stays while the next one comes.
 */
export function EmailFrame({ src, title, onShown, onFollow }: EmailFrameProps) {
  const [{ shown, coming }, setFrames] = useState<Frames>({ shown: null, coming: { key: 0, src } })
  const element = useRef<HTMLIFrameElement | null>(null)

  useEffect(() => {
    setFrames(({ shown, coming }) => {
      const latest = coming ?? shown
      if (latest?.src === src) return { shown, coming }
      if (shown?.src === src) return { shown, coming: null }
      return { shown, coming: { key: (latest?.key ?? 0) + 1, src } }
    })
  }, [src])

  const swap = useCallback(
    (loaded: HTMLIFrameElement, frame: Frame) => {
      const document = loaded.contentDocument
      if (document === null) return
      const old = element.current?.contentDocument
      restoreScrollPlace(document, old ? readScrollPlace(old) : frameStart)
      silenceLinks(document, onFollow)
      element.current = loaded
      setFrames(({ coming }) => ({ shown: frame, coming: coming?.key === frame.key ? null : coming }))
      onShown(document)
    },
    [onShown, onFollow],
  )

  return (
    <div class="frames">
      {[shown, coming].map(
        frame =>
          frame && (
            <iframe
              key={frame.key}
              src={frame.src}
              title={title}
              class={frame === shown ? 'frame' : 'frame coming'}
              sandbox={frameSandbox}
              aria-hidden={frame === shown ? undefined : true}
              tabIndex={frame === shown ? undefined : -1}
              onLoad={event => frame !== shown && swap(event.currentTarget, frame)}
            />
          ),
      )}
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

interface Frames {
  readonly shown: Frame | null
  readonly coming: Frame | null
}

const frameStart: ScrollPlace | null = null

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
