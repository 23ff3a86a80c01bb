/** Files of a content folder that describe the site rather than being posts. */

import { type FrontMatterData, valueAt } from './field-aliases.ts'

const repositoryFiles = /^(?:readme|changelog|contributing|license|licence|code[_-]of[_-]conduct|security|agents|claude|todo|notes)$/i

/**
 * True for a file without a date that is no post: the front page of a list (`index.md` at the top, `layout: page`), papers of the repository
 * (README.md), authors' pages. Expects a path without extension and locale folder. `_index.md` never gets here: lists of files leave it out.
 */
export function isSection(path: string, data: FrontMatterData): boolean {
  const segments = path.split('/')
  if (path.toLowerCase() === 'index' || repositoryFiles.test(segments.at(-1) ?? '')) return true
  if (segments.slice(0, -1).includes('authors')) return true
  return ['layout', 'type'].some(key => {
    const value = valueAt(data, key)
    return typeof value === 'string' && /^(?:page|section|home|list|archive|redirect)$/i.test(value)
  })
}
