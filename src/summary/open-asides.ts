/** Brackets and quotations: what a text opens and does not close. */

const closersOf = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['“', '”'],
  ['„', '“”'],
  ['«', '»'],
  ['»', '«'],
  ['‹', '›'],
  ['「', '」'],
  ['『', '』'],
  ['（', '）'],
  ['"', '"'],
])
const strayCloser = /[)\]}”」』）]/u
const opener = new RegExp(`[${[...closersOf.keys()].join('').replace('[', '\\[')}]`, 'u')
// Longer asides are cut up: the closing was forgotten, or a quotation holds paragraphs.
const longestAside = 600

/** Whether a bracket or quotation holds the place between `before` and `after`: no sentence ends there. */
export function endsInsideAside(before: string, after: string): boolean {
  if (before.length > longestAside || !opener.test(before)) return false
  return scanAsides(before).open.some(closers => closers.split('').some(closer => after.includes(closer)))
}

/** Whether every bracket and quotation of `text` is closed, and none closed that was not opened. */
export function isBalanced(text: string): boolean {
  if (!opener.test(text) && !strayCloser.test(text)) return true
  const { open, stray } = scanAsides(text)
  return open.length === 0 && !stray
}

// A straight quotation mark right after a digit, with none open, means inches.
function scanAsides(text: string): { readonly open: readonly string[]; readonly stray: boolean } {
  const open: string[] = []
  let stray = false
  let previous = ''
  for (const character of text) {
    const closers = closersOf.get(character)
    if (open.at(-1)?.includes(character)) open.pop()
    else if (closers) {
      if (character !== '"' || !/\p{Nd}/u.test(previous)) open.push(closers)
    } else if (strayCloser.test(character)) stray = true
    previous = character
  }
  return { open, stray }
}
