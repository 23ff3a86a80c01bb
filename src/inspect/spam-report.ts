/** What SpamAssassin says of a message. */

/** A score with the rules that made it. */
export interface SpamReport {
  readonly score: number
  /** From here on it is taken for spam. */
  readonly threshold: number
  readonly rules: readonly SpamRule[]
}

/** One rule that hit; points below zero speak for the message. */
export interface SpamRule {
  readonly points: number
  readonly name: string
  readonly about: string
}

/** Reads the report of `spamc -R` or `spamassassin -t`; null where there is no score in it. */
export function parseSpamReport(text: string): SpamReport | null {
  const clean = text.replace(/\r\n/g, '\n')
  const found =
    /^(-?[\d.]+)\/(-?[\d.]+)$/m.exec(clean) ?? /^Content analysis details:\s+\(?(-?[\d.]+) points,\s+(-?[\d.]+) required/m.exec(clean)
  const [score, threshold] = [Number(found?.[1]), Number(found?.[2])]
  // spamc says 0/0 when no daemon answers.
  if (found === null || Number.isNaN(score) || Number.isNaN(threshold) || threshold === 0) return null
  return { score, threshold, rules: rulesIn(clean) }
}

/** The table below its head: points, name, description, which may go on in the next lines. */
function rulesIn(text: string): SpamRule[] {
  const head = /^\s*pts rule name\s+description\n[\s-]+\n/m.exec(text)
  if (head === null) return []
  const rules: SpamRule[] = []
  for (const line of text.slice(head.index + head[0].length).split('\n')) {
    const row = /^\s*(-?\d+(?:\.\d+)?)\s+([A-Z][A-Z0-9_]+)\s+(.*)$/.exec(line)
    const last = rules.at(-1)
    if (row !== null) rules.push({ points: Number(row[1]), name: row[2] ?? '', about: (row[3] ?? '').trim() })
    else if (/^\s{6,}\S/.test(line) && last !== undefined) rules[rules.length - 1] = { ...last, about: `${last.about} ${line.trim()}` }
    else break
  }
  return rules
}
