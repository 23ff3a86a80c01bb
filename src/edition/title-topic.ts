// Where a title falls into a topic and what is said of it. A colon or a dash between blanks; a bar; a bracket; a full-width colon;
// the end of a sentence, which "No. 4" and "U.S." have not reached.
const boundaries = /(?<=\p{L}|\p{N}|["'”’»)%])\s*(?::\s|：|\s[-–—|]\s|\s[([]|[;；]\s?)|(?<=[?!؟？！。]|\p{Ll}{3}\.)\s/gu

/** Length as a reader counts it: code points. */
export function lengthOf(text: string): number {
  return Array.from(text).length
}

/** The longest opening of a title, cut where it falls into parts, that keeps to `most` characters; null when there is none worth reading alone. */
export function openingOf(title: string, most: number): string | null {
  let longest: string | null = null
  for (const head of headsOf(title)) {
    if (lengthOf(head) > most) break
    if (isWorthReading(head)) longest = head
  }
  return longest
}

/** What a title is about, for a list of several: the part before its first colon or dash, or the whole. */
export function topicOf(title: string): string {
  return (headsOf(title).find(isWorthReading) ?? title).replace(/[.。]$/u, '')
}

/** What stands before each boundary, one after another: a title of thousands of them is not cut at all. */
function headsOf(title: string): IteratorObject<string> {
  return title.matchAll(boundaries).map(({ index }) => title.slice(0, index).trim())
}

function isWorthReading(head: string): boolean {
  return lengthOf(head) >= 12
}
