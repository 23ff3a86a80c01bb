/** Where a field stands in front matter: looked for only once there is something to say about it. */

/** Line and column (from 1) of a field's value. `name` may be a dotted path; `first` is the line on which `raw` begins. Null when it cannot be found. */
export function placeOfField(raw: string, first: number, name: string): { readonly line: number; readonly column: number } | null {
  const key = RegExp.escape(name.split('.').at(-1) ?? name)
  const nested = name.includes('.') ? '[ \\t{,-]*' : '(?:\\{[ \\t]*|[ \\t]+(?="))?'
  const pattern = new RegExp(`^${nested}["']?${key}["']?[ \\t]*[:=][ \\t]*`)
  const lines = raw.split(/\r\n?|\n/)
  for (const [index, line] of lines.entries()) {
    const match = pattern.exec(line)
    if (match !== null) return { line: first + index, column: match[0].length + 1 }
  }
  return null
}
