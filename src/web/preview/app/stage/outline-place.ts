import { placeAttribute } from '../../api.ts'

const mark = 'data-outlined'

/**
 * Outlines one place in a frame's document and takes older outlines away; null only takes away. Returns whether it is there: a simulation may have dropped
 * the element. `scroll` brings it to the middle of the frame.
 */
export function outlinePlace(document: Document, place: number | null, { scroll }: { readonly scroll: boolean }): boolean {
  for (const old of document.querySelectorAll<HTMLElement>(`[${mark}]`)) {
    old.removeAttribute(mark)
    old.style.removeProperty('outline')
    old.style.removeProperty('outline-offset')
  }
  const element = place === null ? null : visibleOf(document.querySelector<HTMLElement>(`[${placeAttribute}="${place}"]`))
  if (element === null) return false
  element.setAttribute(mark, '')
  element.style.setProperty('outline', '3px solid #e0218a', 'important')
  element.style.setProperty('outline-offset', '2px', 'important')
  if (scroll) element.scrollIntoView({ block: 'center', behavior: 'instant' })
  return true
}

// A hidden piece (a preheader) has no box, and neither has a link around a block: its first child shows where it is.
function visibleOf(element: HTMLElement | null): HTMLElement | null {
  if (element === null || hasBox(element)) return element
  return [...element.querySelectorAll<HTMLElement>('*')].find(hasBox) ?? null
}

function hasBox(element: HTMLElement): boolean {
  const { width, height } = element.getBoundingClientRect()
  return width > 0 && height > 0
}
