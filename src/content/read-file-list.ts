/** The files of a content folder: which may be posts, which name authors, and the folders among them. */

import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { displayPath } from '../config/display-path.ts'
import { UserError } from '../errors.ts'
import type { ReadOptions } from './read-options.ts'

/** What lies in a content folder. Paths are relative to it, with forward slashes. */
export interface FileList {
  /** Markdown files, ordered by name. */
  readonly files: readonly string[]
  /** Markdown files whose names hold control characters. */
  readonly badNames: readonly string[]
  readonly folders: readonly string[]
  /** `authors.yml` and the like, and the members of folders called `authors`. */
  readonly authorFiles: readonly string[]
}

type ListRequest = Pick<ReadOptions, 'dir' | 'exclude' | 'ignore' | 'displayRoot'>

interface Walk {
  readonly request: ListRequest
  readonly files: string[]
  readonly folders: string[]
  readonly authorFiles: string[]
  /** Real paths of the folders that were entered: a link may lead back to one above it. */
  readonly entered: Set<string>
}

const markdown = /\.(?:md|mdx|markdown)$/i
const authorFile = /^authors\.(?:ya?ml|json)$/i
const authorMember = /^[^.].*\.(?:ya?ml|json)$/i
const control = /\p{Cc}/u
// Jekyll's folders of layouts and data, and what package managers unpack; posts live in none of them.
const foreignFolders = new Set(['node_modules', '_includes', '_layouts', '_data', '_sass', '_site', '_plugins'])

/**
 * Lists a content folder. Left out: names that begin with a dot, files that begin with an underscore (Hugo's `_index.md`, and what Astro and
 * Jekyll leave out), `exclude` and `ignore`. Links to folders are followed once.
 * @throws UserError `content-missing` when the folder cannot be read, or holds no Markdown file
 */
export function readFileList(request: ListRequest): FileList {
  const { dir, ignore } = request
  const walk: Walk = { request, files: [], folders: [], authorFiles: [], entered: new Set() }
  if (!enter('', walk)) throw contentMissing(request)
  const kept = (ignore.length === 0 ? walk.files : walk.files.filter(file => !isIgnored(file, ignore))).sort()
  if (kept.length === 0) throw contentEmpty(request)
  const badNames = kept.filter(file => control.test(file))
  return {
    files: badNames.length === 0 ? kept : kept.filter(file => !control.test(file)),
    badNames,
    folders: walk.folders,
    authorFiles: [...walk.authorFiles.sort(), ...authorFilesAbove(dir)],
  }
}

function enter(folder: string, walk: Walk): boolean {
  const path = folder === '' ? walk.request.dir : `${walk.request.dir}/${folder}`
  const entries = readFolder(path)
  if (entries === null) return false
  const real = realpathSync(path)
  if (walk.entered.has(real)) return true
  walk.entered.add(real)
  if (folder !== '') walk.folders.push(folder)
  const isAuthors = /(?:^|\/)authors$/i.test(folder)
  for (const entry of entries) visit(entry, folder === '' ? entry.name : `${folder}/${entry.name}`, isAuthors, walk)
  return true
}

function visit(entry: Dirent, path: string, isAuthors: boolean, walk: Walk): void {
  const { name } = entry
  if (name.startsWith('.')) return
  const kind = kindOf(entry, path, walk.request.dir)
  if (kind === 'folder' && !isForeign(name, path, walk.request)) enter(path, walk)
  if (kind !== 'file') return
  if (markdown.test(name)) {
    if (!name.startsWith('_')) walk.files.push(path)
  } else if (authorFile.test(name) || (isAuthors && authorMember.test(name))) walk.authorFiles.push(path)
}

function isForeign(name: string, path: string, { dir, exclude, ignore }: ListRequest): boolean {
  return foreignFolders.has(name) || exclude.includes(join(dir, path)) || isIgnored(`${path}/`, ignore)
}

function isIgnored(path: string, ignore: readonly string[]): boolean {
  return ignore.some(glob => matchesGlob(path, glob))
}

/** Authors files in the content folder's parent, as paths relative to the content folder. */
function authorFilesAbove(dir: string): string[] {
  const above = ['authors.yml', 'authors.yaml', 'authors.json'].filter(name => isFile(join(dir, '..', name)))
  const members = (readFolder(join(dir, '..', 'authors')) ?? []).filter(entry => entry.isFile() && authorMember.test(entry.name))
  return [...above.map(name => `../${name}`), ...members.map(entry => `../authors/${entry.name}`).sort()]
}

function kindOf(entry: Dirent, path: string, dir: string): 'file' | 'folder' | null {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  if (!entry.isSymbolicLink()) return null
  const target = readTarget(join(dir, path))
  return target?.isFile() === true ? 'file' : target?.isDirectory() === true ? 'folder' : null
}

/** What a link leads to; null where it leads nowhere or in a circle. */
function readTarget(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

function readFolder(path: string): Dirent[] | null {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return null
  }
}

function isFile(path: string): boolean {
  return readTarget(path)?.isFile() === true
}

function contentEmpty({ dir, displayRoot }: ListRequest): UserError {
  const folder = displayPath(dir, displayRoot)
  return new UserError({
    code: 'content-missing',
    message: `the content folder ${folder} holds no Markdown file`,
    place: { file: folder },
    expected: 'posts: files that end in .md, .mdx or .markdown',
    hint: 'Put a post there; or set content.dir in news-digest.yaml, or give the folder with --content.',
  })
}

function contentMissing(options: ListRequest): UserError {
  const folder = displayPath(options.dir, options.displayRoot)
  return new UserError({
    code: 'content-missing',
    message: `the content folder ${folder} cannot be read`,
    place: { file: folder },
    expected: 'a folder of Markdown posts',
    hint: 'Set content.dir in news-digest.yaml, or give the folder with --content.',
  })
}
