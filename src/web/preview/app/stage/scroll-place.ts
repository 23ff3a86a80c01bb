/** Where a document is scrolled to, remembered by what stands at the top of the window, so that a new document opens at the same words. */

/** A place in a document: the words at the window's top and how far from it they stand, and the pixels as a way out. */
export interface ScrollPlace {
  readonly top: number
  /** 0 to 1 of what can be scrolled. */
  readonly share: number
  readonly anchor: { readonly tag: string; readonly words: string; readonly nth: number; readonly offset: number } | null
}

const landmarks = 'h1, h2, h3, h4, p, li, td > a, td > div, td > p, img[alt]'

/** The place that a document is scrolled to; null when it is at its top. */
export function readScrollPlace(document: Document): ScrollPlace | null {
  const root = document.scrollingElement
  if (root === null || root.scrollTop === 0) return null
  const range = root.scrollHeight - root.clientHeight
  return { top: root.scrollTop, share: range > 0 ? root.scrollTop / range : 0, anchor: findAnchor(document) }
}

/** Scrolls a document to a place: to the same words where they are still there, else to the same pixels. */
export function restoreScrollPlace(document: Document, place: ScrollPlace | null): void {
  const root = document.scrollingElement
  if (root === null || place === null) return
  const { anchor } = place
  const same = anchor === null ? undefined : landmarksOf(document, anchor.tag).filter(each => wordsOf(each) === anchor.words)[anchor.nth]
  root.scrollTop = same && anchor ? root.scrollTop + same.getBoundingClientRect().top - anchor.offset : place.top
}

function findAnchor(document: Document): ScrollPlace['anchor'] {
  const found = [...document.querySelectorAll(landmarks)].find(each => {
    const { top, height } = each.getBoundingClientRect()
    return height > 0 && top >= 0 && wordsOf(each) !== ''
  })
  if (found === undefined) return null
  const words = wordsOf(found)
  const alike = landmarksOf(document, found.localName).filter(each => wordsOf(each) === words)
  return { tag: found.localName, words, nth: alike.indexOf(found), offset: found.getBoundingClientRect().top }
}

function landmarksOf(document: Document, tag: string): Element[] {
  return [...document.getElementsByTagName(tag)]
}

function wordsOf(element: Element): string {
  return (element.getAttribute('alt') ?? element.textContent ?? '').trim().slice(0, 120)
}
