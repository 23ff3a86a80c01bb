/** Conditional comments as Word reads them, which Outlook on Windows shows email with. */

const marks = /<!--\[if\s+([^\]]*)\]>(?:\s*<!-->|\s*<!--\s*-->|-->)?|<!\[if\s+([^\]]*)\]>|(?:<!--)?\s*<!\[endif\]\s*--\s*>|<!\[endif\]>/gi

/**
 * HTML with its conditional comments answered: `<!--[if mso]>…<![endif]-->` gives way to its content, `<!--[if !mso]><!-->…<!--<![endif]-->` goes with it.
 * https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/compatibility/ms537512(v=vs.85)
 */
export function resolveConditionalComments(html: string): { readonly html: string; readonly taken: number; readonly dropped: number } {
  const open: boolean[] = []
  const kept: string[] = []
  const count = { taken: 0, dropped: 0 }
  let at = 0
  for (const mark of html.matchAll(marks)) {
    if (!open.includes(false)) kept.push(html.slice(at, mark.index))
    const condition = mark[1] ?? mark[2]
    if (condition === undefined) open.pop()
    else {
      const holds = holdsForWord(condition)
      count[holds ? 'taken' : 'dropped']++
      open.push(holds)
    }
    at = mark.index + mark[0].length
  }
  kept.push(html.slice(at))
  return { html: kept.join(''), ...count }
}

/** Outlook 2016 and later call themselves mso 16. */
const version = 16

/** Whether a condition holds for Word: `mso`, `!mso`, `gte mso 9`, `(mso 16)|(IE)`, `mso & !vml`. */
export function holdsForWord(condition: string): boolean {
  const text = condition.replaceAll('&amp;', '&').trim().toLowerCase()
  const either = splitOutside(text, '|')
  if (either.length > 1) return either.some(holdsForWord)
  const both = splitOutside(text, '&')
  if (both.length > 1) return both.every(holdsForWord)
  if (text.startsWith('!')) return !holdsForWord(text.slice(1))
  if (text.startsWith('(') && text.endsWith(')')) return holdsForWord(text.slice(1, -1))
  return holdsAlone(text)
}

function holdsAlone(term: string): boolean {
  const [, compare, name, number] = /^(?:(lte?|gte?)\s+)?(mso|vml|ie|true)(?:\s+([\d.]+))?$/.exec(term) ?? []
  if (name === 'true') return true
  // Word draws VML version 1, and is no Internet Explorer.
  if (name !== 'mso' && name !== 'vml') return false
  if (number === undefined) return true
  const [own, wanted] = [name === 'mso' ? version : 1, Number(number)]
  const holds = { lt: own < wanted, lte: own <= wanted, gt: own > wanted, gte: own >= wanted }
  return compare === undefined ? own === wanted : (holds[compare as keyof typeof holds] ?? false)
}

function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = ['']
  let depth = 0
  for (const character of text) {
    if (character === '(') depth++
    if (character === ')') depth--
    if (character === separator && depth === 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}
