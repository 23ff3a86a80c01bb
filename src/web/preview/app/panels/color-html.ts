/** A stretch of source with its colour; plain stretches have none. */
export interface Stretch {
  readonly text: string
  readonly color: 'tag' | 'name' | 'value' | 'quiet' | null
}

const pieces = /<!--[\s\S]*?(?:-->|$)|<![^>]*>|<\/?[a-zA-Z][^\s/>]*|\/?>|\{\{[^}]*\}\}|("[^"]*"|'[^']*')|([a-zA-Z:-]+)(?==)/g

/** Colours one line of HTML well enough to read it; a line that begins inside a tag or a comment may come out plain. */
export function colorHtml(line: string): Stretch[] {
  const stretches: Stretch[] = []
  let end = 0
  for (const match of line.matchAll(pieces)) {
    const [text] = match
    if (match.index > end) stretches.push({ text: line.slice(end, match.index), color: null })
    stretches.push({ text, color: colorOf(text, match[1] !== undefined, match[2] !== undefined) })
    end = match.index + text.length
  }
  if (end < line.length) stretches.push({ text: line.slice(end), color: null })
  return stretches
}

function colorOf(text: string, isValue: boolean, isName: boolean): Stretch['color'] {
  if (text.startsWith('<!')) return 'quiet'
  if (isValue || text.startsWith('{{')) return 'value'
  return isName ? 'name' : 'tag'
}
