/** Authors of a post as display names. */

import { cleanLine } from './clean-text.ts'
import { isMap } from './field-aliases.ts'
import { lineOf, nameOf } from './field-values.ts'

/** Display names by id, out of authors.yml, authors.json or authors/*.json. */
export type AuthorBook = ReadonlyMap<string, string>

/** Names, and ids that no authors file knows although there is one. */
export interface AuthorNames {
  readonly names: readonly string[]
  readonly unknown: readonly string[]
}

const none: AuthorNames = { names: [], unknown: [] }
const mostAuthors = 100

/**
 * Reads a string, a Markdown link (or several: their texts are the names), a map with a name, or a list of these. A string that is an id of
 * `book` becomes that author's name.
 */
export function authorNames(value: unknown, book: AuthorBook): AuthorNames {
  if (value === undefined || value === null) return none
  const members = Array.isArray(value) ? value.slice(0, mostAuthors) : [value]
  const names: string[] = []
  const unknown: string[] = []
  for (const member of members) {
    for (const name of namesOfMember(member)) {
      const known = book.get(name) ?? (isMap(member) ? undefined : book.get(name.toLowerCase()))
      if (known === undefined && book.size > 0 && !isMap(member) && isId(name)) unknown.push(name)
      names.push(known ?? name)
    }
  }
  return { names: [...new Set(names)], unknown }
}

function namesOfMember(member: unknown): string[] {
  if (isMap(member)) {
    const name = nameOf(member)
    return name === null ? [] : withoutLinks(name)
  }
  const name = lineOf(member)
  return name === null ? [] : withoutLinks(name)
}

/** `[Ada](https://…) (Engines Ltd), [Bo](…)` names Ada and Bo; text without a link is one name. */
function withoutLinks(text: string): string[] {
  if (!text.includes('](')) return [text]
  const names = [...text.matchAll(/\[([^[\]]{1,200})\]\([^()]*(?:\([^()]*\)[^()]*)*\)/g)].map(match => cleanLine(match[1] ?? ''))
  return names.some(name => name !== '') ? names.filter(name => name !== '') : [text]
}

/** An id rather than a name: one lower-case word, as it stands in authors.yml. */
function isId(name: string): boolean {
  return /^[a-z0-9][a-z0-9_.-]*$/.test(name)
}

/** Finds the book of a folder: its own authors over those of the folders above, the content folder's parent ('..') last. */
export function bookFinder(byFolder: ReadonlyMap<string, AuthorBook>): (folder: string) => AuthorBook {
  const known = new Map<string, AuthorBook>()
  const above = byFolder.get('..') ?? new Map<string, string>()
  const find = (folder: string): AuthorBook => {
    const ready = known.get(folder)
    if (ready !== undefined) return ready
    const parent = folder === '' ? above : find(folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '')
    const own = byFolder.get(folder)
    const book = own === undefined ? parent : new Map([...parent, ...own])
    known.set(folder, book)
    return book
  }
  return find
}
