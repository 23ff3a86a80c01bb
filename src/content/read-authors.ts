/** Authors files beside and above the posts: ids and the names they stand for. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { displayPath } from '../config/display-path.ts'
import type { Problem } from '../errors.ts'
import type { AuthorBook } from './author-names.ts'
import { problemIn } from './content-problem.ts'
import { isMap } from './field-aliases.ts'
import { lineOf, nameOf } from './field-values.ts'
import type { ReadOptions } from './read-options.ts'

/** All authors files of a content folder. */
export interface Authors {
  /** Books by the folder whose posts they name authors for, relative to the content folder: '' for itself, '..' for its parent. */
  readonly books: ReadonlyMap<string, AuthorBook>
  /** The text of all files: part of what an index depends on. */
  readonly text: string
  readonly problems: readonly Problem[]
}

const largestFile = 1024 * 1024

/** Reads authors files, given relative to the content folder (`../authors.yml` for its parent). A file that cannot be read is a warning. */
export async function readAuthorFiles(files: readonly string[], options: Pick<ReadOptions, 'dir' | 'displayRoot'>): Promise<Authors> {
  const byFolder = new Map<string, Map<string, string>>()
  const problems: Problem[] = []
  let all = ''
  for (const file of files) {
    const path = join(options.dir, file)
    try {
      const text = readFileSync(path, 'utf8').slice(0, largestFile)
      all += `${file}\n${text}\n`
      const folder = ownerOf(file)
      const book = byFolder.get(folder) ?? new Map<string, string>()
      byFolder.set(folder, book)
      for (const [id, name] of namesIn(file, await parseAuthors(file, text))) if (!book.has(id)) book.set(id, name)
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
      problems.push(
        problemIn(displayPath(path, options.displayRoot), {
          code: 'author-unknown',
          severity: 'warning',
          message: `the authors file cannot be read: ${reason}`,
          hint: 'Write it as a map from ids to names, or a list of maps with id and name.',
        }),
      )
    }
  }
  return { books: byFolder, text: all, problems }
}

/** The folder whose posts a file names authors for: the one that holds `authors.yml` or the folder `authors`. */
function ownerOf(file: string): string {
  const segments = file.split('/').slice(0, -1)
  if (segments.at(-1)?.toLowerCase() === 'authors') segments.pop()
  return segments.join('/')
}

async function parseAuthors(file: string, text: string): Promise<unknown> {
  if (/\.json$/i.test(file)) return JSON.parse(text)
  const { load } = await import('js-yaml')
  return text.trim() === '' ? {} : load(text, { maxAliases: 200, maxDepth: 32 })
}

/** Ids with names: a map from id to name or map, a list of maps with ids, or (in a folder of authors) one author by file. */
function namesIn(file: string, value: unknown): [string, string][] {
  const isMember = file.split('/').at(-2)?.toLowerCase() === 'authors' && !/^authors\./i.test(file.split('/').at(-1) ?? '')
  if (isMember && isMap(value)) {
    const name = nameOf(value)
    const ids = [lineOf(value.id), lineOf(value.slug), (file.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '')]
    return name === null ? [] : ids.filter(id => id !== null).map(id => [id, name])
  }
  if (Array.isArray(value)) return value.flatMap(each => (isMap(each) ? idsOf(each) : []))
  if (!isMap(value)) return []
  return Object.entries(value).flatMap(([id, author]): [string, string][] => {
    const name = nameOf(author)
    return name === null ? [] : [[id, name]]
  })
}

function idsOf(author: Record<string, unknown>): [string, string][] {
  const name = nameOf(author)
  if (name === null) return []
  return ['id', 'slug', 'key', 'username']
    .map(key => lineOf(author[key]))
    .filter(id => id !== null)
    .map(id => [id, name])
}
