/** The files of a content folder: which may be posts, which name authors, and the folders among them. */

import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { UserError } from '../errors.ts'
import { displayPath } from '../locale/display-path.ts'
import type { ReadOptions } from './read-options.ts'

/** What lies in a content folder. Paths are relative to it, with forward slashes. */
export interface FileList {
  /** Markdown files, ordered by name. */
  readonly files: readonly string[]
  readonly folders: readonly string[]
  /** `authors.yml` and the like, and the members of folders called `authors`. */
  readonly authorFiles: readonly string[]
}

const markdown = /\.(?:md|mdx|markdown)$/i
const authorFile = /^authors\.(?:ya?ml|json)$/i
const authorMember = /^[^.].*\.(?:ya?ml|json)$/i
// Jekyll's folders of layouts and data, and what package managers unpack; posts live in none of them.
const foreignFolders = new Set(['node_modules', '_includes', '_layouts', '_data', '_sass', '_site', '_plugins'])

/**
 * Lists a content folder. Left out: names that begin with a dot, files that begin with an underscore (Hugo's `_index.md`, and what Astro and
 * Jekyll leave out), `exclude` and `ignore`. Links to folders are followed once.
 * @throws UserError `content-missing` when the folder cannot be read
 */
export function readFileList(options: Pick<ReadOptions, 'dir' | 'exclude' | 'ignore' | 'displayRoot'>): FileList {
  const files: string[] = []
  const folders: string[] = []
  const authorFiles: string[] = []
  const excluded = new Set(options.exclude)
  const entered = new Set<string>()

  const visit = (folder: string, entries: readonly Dirent[]) => {
    const isAuthors = /(?:^|\/)authors$/i.test(folder)
    for (const entry of entries) {
      const { name } = entry
      if (name.startsWith('.')) continue
      const path = folder === '' ? name : `${folder}/${name}`
      const kind = kindOf(entry, join(options.dir, path))
      if (kind === 'folder') {
        if (
          !foreignFolders.has(name) &&
          !excluded.has(join(options.dir, path)) &&
          !options.ignore.some(glob => matchesGlob(`${path}/`, glob))
        )
          enter(path)
      } else if (kind === 'file') {
        if (markdown.test(name)) {
          if (!name.startsWith('_')) files.push(path)
        } else if (authorFile.test(name) || (isAuthors && authorMember.test(name))) authorFiles.push(path)
      }
    }
  }
  const enter = (folder: string) => {
    const path = join(options.dir, folder)
    const entries = readFolder(path)
    if (entries === null || isRepeated(path, entered)) return
    folders.push(folder)
    visit(folder, entries)
  }

  const top = readFolder(options.dir)
  if (top === null) throw contentMissing(options)
  isRepeated(options.dir, entered)
  visit('', top)
  const kept = options.ignore.length === 0 ? files : files.filter(file => !options.ignore.some(glob => matchesGlob(file, glob)))
  return { files: kept.sort(), folders, authorFiles: [...authorFiles.sort(), ...authorFilesAbove(options.dir)] }
}

/** Authors files in the content folder's parent, as paths relative to the content folder. */
function authorFilesAbove(dir: string): string[] {
  const above = ['authors.yml', 'authors.yaml', 'authors.json'].filter(name => isFile(join(dir, '..', name)))
  const members = (readFolder(join(dir, '..', 'authors')) ?? []).filter(entry => entry.isFile() && authorMember.test(entry.name))
  return [...above.map(name => `../${name}`), ...members.map(entry => `../authors/${entry.name}`).sort()]
}

function kindOf(entry: Dirent, path: string): 'file' | 'folder' | null {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  if (!entry.isSymbolicLink()) return null
  const target = statSync(path, { throwIfNoEntry: false })
  return target?.isFile() === true ? 'file' : target?.isDirectory() === true ? 'folder' : null
}

/** A link may lead back to a folder above it. */
function isRepeated(path: string, entered: Set<string>): boolean {
  const real = realpathSync(path)
  if (entered.has(real)) return true
  entered.add(real)
  return false
}

function readFolder(path: string): Dirent[] | null {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return null
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

function contentMissing(options: Pick<ReadOptions, 'dir' | 'displayRoot'>): UserError {
  const folder = displayPath(options.dir, options.displayRoot)
  return new UserError({
    code: 'content-missing',
    message: `the content folder ${folder} cannot be read`,
    place: { file: folder },
    expected: 'a folder of Markdown posts',
    hint: 'Set content.dir in news-digest.yaml, or give the folder with --content.',
  })
}
