declare const sanitized: unique symbol

/** Markup that this program made itself out of sanitized pieces: the only thing that `{{html …}}` prints as it stands. */
export interface SafeHtml {
  readonly markup: string
  readonly [sanitized]: true
}

const made = new WeakSet<object>()

/** Marks markup as safe. Only for functions of this folder that escape every piece of foreign text in it. */
export function markSafe(markup: string): SafeHtml {
  const html = Object.freeze({ markup })
  made.add(html)
  return html as SafeHtml
}

/** Whether a value came from `markSafe`: a look-alike out of JSON did not. */
export function isSafeHtml(value: unknown): value is SafeHtml {
  return typeof value === 'object' && value !== null && made.has(value)
}
