/** Reads a content folder: every file becomes a post, a post that cannot be read, or is passed over. */

import { basename, join } from 'node:path'
import { displayPath } from '../config/display-path.ts'
import type { Problem } from '../errors.ts'
import { problemIn } from './content-problem.ts'
import { findDuplicates } from './find-duplicates.ts'
import type { BrokenPost, Post, PostCollection } from './post.ts'
import { localeFolders } from './post-language.ts'
import { columnMark, rowReader } from './post-row.ts'
import type { AnewRequest } from './read-anew.ts'
import { readAuthorFiles } from './read-authors.ts'
import { readFileList } from './read-file-list.ts'
import { indexFingerprint, type PostIndex, readIndex } from './read-index.ts'
import type { ReadOptions } from './read-options.ts'
import { salvageDay } from './salvage-day.ts'
import type { Outcome } from './to-post.ts'
import { writeIndex } from './write-index.ts'

const controls = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/** A content folder as it was read: the files in order, and what each said (null: it vanished meanwhile). */
export interface FolderReading {
  readonly files: readonly string[]
  readonly outcomes: readonly (Outcome | null)[]
  /** How a file is read that the index does not know. */
  readonly request: AnewRequest
  readonly badNames: readonly string[]
  readonly problems: readonly Problem[]
}

/** What each file said, in the order of the files, and the rows that the next index has of them. */
interface FilesRead {
  readonly outcomes: readonly (Outcome | null)[]
  readonly rows: readonly string[]
  /** Whether they differ from the index that was read. */
  readonly changed: boolean
}

/**
 * Reads all posts of a content folder, through the index for files that have not changed.
 * @throws UserError `content-missing` when the folder cannot be read, or holds no Markdown file
 */
export async function readPosts(options: ReadOptions): Promise<PostCollection> {
  return collectPosts(await readFolder(options), options)
}

/** Reads all files of a content folder, as `readPosts` does. */
export async function readFolder(options: ReadOptions): Promise<FolderReading> {
  const startedAt = Date.now()
  const { onProgress, ...plain } = options
  const list = readFileList(options)
  const authors = await readAuthorFiles(list.authorFiles, options)
  const { dir, cacheDir, siteUrl, language, timeZone, urlPattern, fields, displayRoot } = options
  const locales = localeFolders(list.folders, language)
  const jekyll = hasJekyllFolder(dir, list.folders)
  const fingerprint = indexFingerprint([
    dir,
    siteUrl,
    language,
    timeZone,
    urlPattern,
    fields,
    displayRoot,
    [...locales],
    jekyll,
    authors.text,
  ])

  const index = cacheDir === null ? null : readIndex(cacheDir, fingerprint, dir, startedAt)
  const request: AnewRequest = { options: plain, localeFolders: locales, jekyll, books: authors.books, startedAt }
  const read = await readFiles(list.files, index, request, onProgress)
  if (cacheDir !== null && read.changed) writeIndex(cacheDir, fingerprint, read.rows)
  return { files: list.files, outcomes: read.outcomes, request, badNames: list.badNames, problems: authors.problems }
}

async function readFiles(
  files: readonly string[],
  index: PostIndex | null,
  request: AnewRequest,
  onProgress: ReadOptions['onProgress'],
): Promise<FilesRead> {
  const fromRow = rowReader(request.options.timeZone)
  const outcomes: (Outcome | null)[] = []
  const rows: string[] = []
  const unknown: number[] = []
  let changed = index === null
  for (const [position, file] of files.entries()) {
    const known = index?.find(file) ?? null
    // Turned into an outcome at once: the columns of 20,000 rows would outlive every sweep of the garbage collector.
    outcomes.push(known === null ? null : fromRow(known.columns))
    rows.push(known === null ? '' : known.row)
    if (known === null) unknown.push(position)
    else changed ||= known.changed
  }
  const accept = (at: number, row: string | null) => {
    const position = unknown[at]
    if (row === null || position === undefined) return
    const columns = row.split(columnMark)
    outcomes[position] = fromRow(columns)
    if (columns[1] === '') return
    rows[position] = row
    changed = true
  }
  await readAnew(
    unknown.map(position => files[position] ?? ''),
    request,
    accept,
    onProgress,
  )
  const kept = rows.filter(row => row !== '')
  return { outcomes, rows: kept, changed: changed || kept.length !== index?.size }
}

/** The parsers are loaded only where there is something to parse. */
async function readAnew(
  files: readonly string[],
  ...more: [AnewRequest, (at: number, row: string | null) => void, ReadOptions['onProgress']]
): Promise<void> {
  if (files.length === 0) return
  const { readSideBySide } = await import('./read-side-by-side.ts')
  await readSideBySide(files, ...more)
}

/** The posts of a folder that was read: those of the same address told apart, broken ones by themselves. */
export function collectPosts({ outcomes, badNames, problems: problemsOfFolder }: FolderReading, options: ReadOptions): PostCollection {
  const shownAs = (file: string) => displayPath(join(options.dir, file), options.displayRoot)
  const posts: Post[] = []
  const broken = badNames.map(file => badName(file, shownAs(file), options.timeZone))
  const problems = [...problemsOfFolder]
  for (const outcome of outcomes) {
    if (outcome === null) continue
    if (outcome.kind === 'broken') broken.push(outcome.broken)
    else {
      if (outcome.kind === 'post') posts.push(outcome.post)
      problems.push(...outcome.warnings)
    }
  }
  const sorted = findDuplicates(posts, shownAs)
  const allBroken = [...broken, ...sorted.broken].sort((a, b) => (a.file < b.file ? -1 : 1))
  return { posts: sorted.posts, broken: allBroken, problems: [...problems, ...sorted.problems] }
}

/** A file that nothing can be said of without misleading whoever reads the message. */
function badName(file: string, shownAs: string, timeZone: string): BrokenPost {
  const problem = problemIn(shownAs.replace(controls, '\ufffd'), {
    code: 'slug-invalid',
    message: "the file's name holds a control character",
    expected: 'letters, digits and hyphens',
    got: JSON.stringify(file),
    hint: 'Rename the file.',
  })
  return { file, day: salvageDay('', file, timeZone), problems: [problem] }
}

/** Jekyll keeps posts in `_posts` and splits a string of tags at blanks. */
function hasJekyllFolder(dir: string, folders: readonly string[]): boolean {
  return [basename(dir), ...folders].some(folder => /(?:^|\/)_posts$/.test(folder))
}
