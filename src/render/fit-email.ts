/** The size budget: Gmail shows about 102 kB of HTML and hides the rest, so an email is built to fit well below. */

/** Bytes of HTML from which Gmail hides the rest behind "View entire message"; it drops the style block then. */
export const gmailLimit = 102_000

/**
 * Characters of CSS that Gmail takes in all style blocks together; it drops the block that goes beyond, and all after it
 * (https://github.com/hteumeuleu/email-bugs/issues/90; https://www.caniemail.com/features/html-style/, notes on Gmail).
 */
export const gmailStyleLimit = 16_384

/** Bytes of HTML (UTF-8) that an edition may have: what a check warns from, and 17 kB below where Gmail clips. */
export const htmlBudget = 85_000

/** One attempt: the size of the email with so many items whole. */
export interface Attempt {
  readonly bytes: number
}

/**
 * The rendering with the most whole items that stays within the budget; items at the end become links of one line. When not even links alone fit, that
 * is what is given. `renderWith` is asked for some numbers of whole items between 0 and `count`, `count` first.
 */
export async function fitEmail<Rendered extends Attempt>(
  count: number,
  renderWith: (full: number) => Promise<Rendered>,
  budget = htmlBudget,
): Promise<{ readonly rendered: Rendered; readonly full: number }> {
  const whole = await renderWith(count)
  if (whole.bytes <= budget || count === 0) return { rendered: whole, full: count }
  let [fits, tooMany] = [0, count]
  let best = await renderWith(0)
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2)
    const attempt = await renderWith(middle)
    if (attempt.bytes <= budget) [fits, best] = [middle, attempt]
    else tooMany = middle
  }
  return { rendered: best, full: fits }
}
