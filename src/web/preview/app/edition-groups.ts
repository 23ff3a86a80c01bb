import type { EditionEntry } from '../api.ts'

/** Editions under a heading of the list. */
export interface EditionGroup {
  readonly title: string
  readonly entries: readonly EditionEntry[]
}

/** The list's headings and what stands below each, in its order; headings without any are left out. */
export function groupEditions(editions: readonly EditionEntry[]): readonly EditionGroup[] {
  const groups = [
    { title: 'From content', entries: editions.filter(each => each.kind !== 'built') },
    { title: 'Built', entries: editions.filter(each => each.kind === 'built') },
  ]
  return groups.filter(({ entries }) => entries.length > 0)
}
