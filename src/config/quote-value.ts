const longest = 80

// An override such as U+202E would turn the message itself around; a control could drive the terminal.
const invisible = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu

/** A value as a message shows it: one line of about 80 characters, a text in quotation marks, never walking deep into lists and maps. */
export function quoteValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return cut(escapeInvisible(JSON.stringify(value.slice(0, longest))))
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (value !== null && typeof value === 'object')
    return `a map with ${cut(escapeInvisible(Object.keys(value).slice(0, 4).join(', '))) || 'no keys'}`
  return cut(String(value as number | bigint | boolean | null))
}

function escapeInvisible(text: string): string {
  return text.replace(invisible, each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Never in the middle of a character that takes two UTF-16 units. */
function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…` : text
}
