/** Keeps two documents at the same share of their height: scrolling one moves the other; at first the second one follows the first. Returns what undoes it. */
export function scrollInStep(one: Document, other: Document): () => void {
  // A document that was moved by us says so itself one frame later: that echo must not move the first one back.
  const moved = new Map<Document, number>()
  const follow = (from: Document, to: Document) => () => {
    const source = from.scrollingElement
    const target = to.scrollingElement
    if (source === null || target === null) return
    if (moved.get(from) === Math.round(source.scrollTop)) {
      moved.delete(from)
      return
    }
    const range = source.scrollHeight - source.clientHeight
    const share = range > 0 ? source.scrollTop / range : 0
    const top = Math.round(share * (target.scrollHeight - target.clientHeight))
    if (top === Math.round(target.scrollTop)) return
    moved.set(to, top)
    target.scrollTop = top
  }
  const left = follow(one, other)
  const right = follow(other, one)
  left()
  one.addEventListener('scroll', left, { passive: true })
  other.addEventListener('scroll', right, { passive: true })
  return () => {
    one.removeEventListener('scroll', left)
    other.removeEventListener('scroll', right)
  }
}
