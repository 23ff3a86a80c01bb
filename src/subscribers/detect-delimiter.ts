/** What stands between the cells of a file. */

/** In the order in which they are believed where a file has as many of each. */
export const delimiters = [',', ';', '\t', '|'] as const

/** A character between cells. */
export type Delimiter = (typeof delimiters)[number]

/** The delimiter that parts the first line of a text most often, quoted cells left out. A comma where there is none. */
export function detectDelimiter(text: string): Delimiter {
  const line = firstRecord(text).replace(/"(?:[^"]|"")*"/g, '')
  const counts = delimiters.map(each => line.split(each).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

/** Up to the first line break outside of quotes; blank lines before it do not count. */
function firstRecord(text: string): string {
  return /^\s*((?:"(?:[^"]|"")*"|[^"\r\n])*)/.exec(text)?.[1] ?? ''
}
