/** The keys that work everywhere except where text is written, and what they do. The dialog behind `?` lists them. */
export const shortcuts = [
  { keys: ['1', '…', '8'], does: 'Open a tab' },
  { keys: ['j', 'k'], does: 'Next and previous edition' },
  { keys: ['s', 'S'], does: 'Next and previous simulation' },
  { keys: ['b'], does: 'Side by side, and back to one' },
  { keys: ['[', ']'], does: 'Narrower and wider' },
  { keys: ['r'], does: 'Next sample reader' },
  { keys: ['n', 'N'], does: 'Next and previous finding' },
  { keys: ['p'], does: 'Load remote pictures, or no more' },
  { keys: ['t'], does: 'Send a test' },
  { keys: ['?'], does: 'This list' },
  { keys: ['Esc'], does: 'Close; take away the outline' },
] as const

/** Whether a key press is meant for the page: not for a field, not together with the browser's own modifiers. */
export function isShortcut(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false
  const target = event.target
  if (target === null || !('closest' in target)) return true
  return (target as Element).closest('input:not([type=radio]), textarea, select, dialog[open], [contenteditable]') === null
}

/** The element after (or before) one in a list, round its end; the first when the one is not in it. */
export function stepThrough<T>(list: readonly T[], from: T, by: 1 | -1): T | undefined {
  const at = list.indexOf(from)
  if (at === -1) return list[0]
  return list[(at + by + list.length) % list.length]
}
