/** Files of a content folder that describe the site rather than being posts. */

import { type FrontMatterData, valueAt } from './field-aliases.ts'

const repositoryFiles = /^(?:readme|changelog|contributing|license|licence|code[_-]of[_-]conduct|security|agents|claude|todo|notes)$/i

/**
 * True for a file without a date that is no post: the front page of a folder's list (`index.md` at the top, `layout: page`), papers of the
 * repository (README.md), authors' pages. `_index.md` never gets here: lists of files leave names with an underscore out.
 */
export function isSection(file: string, data: FrontMatterData): boolean {
  const segments = file.split('/')
  const name = (segments.at(-1) ?? '').replace(/\..*$/, '')
  if (repositoryFiles.test(name)) return true
  if (name.toLowerCase() === 'index' && segments.length <= 2) return true
  if (segments.slice(0, -1).includes('authors')) return true
  return ['layout', 'type'].some(key => {
    const value = valueAt(data, key)
    return typeof value === 'string' && /^(?:page|section|home|list|archive|redirect)$/i.test(value)
  })
}
