import type { Rule } from '../finding.ts'

/** An edition holds every post that its editor picked. What it lacks was found out when it was made, and it remembers. */
export const lostPick: Rule = {
  name: 'lost-pick',
  inspect({ context }) {
    return (context.edition?.lost ?? []).map(({ line, message, hint }) => ({
      severity: 'error' as const,
      message: `${message}: the edition lacks it`,
      place: { part: 'edition' as const, excerpt: null, ...(line === null ? {} : { at: line }) },
      help: hint,
    }))
  },
}
