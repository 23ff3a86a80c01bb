/** Reads a content folder: every file becomes a post, a post that cannot be read, or is passed over. */

import { basename, join } from 'node:path'
import type { Problem } from '../errors.ts'
import { displayPath } from '../locale/display-path.ts'
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
import { writeIndex } from './write-index.ts'

const controls = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** A row for each file that is still there, and whether the index must be written. */
interface RowsRead {
  readonly rows: readonly (readonly string[])[]
  readonly lines: readonly string[]
  readonly changed: boolean
}

/**
 * Reads all posts of a content folder, through the index for files that have not changed.
 * @throws UserError `content-missing` when the folder cannot be read
 */
export async function readPosts(options: ReadOptions): Promise<PostCollection> {
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
  const read = await readRows(list.files, index, request, onProgress)
  if (cacheDir !== null && read.changed) writeIndex(cacheDir, fingerprint, read.lines)
  return collect(read.rows, list.badNames, authors.problems, options)
}

async function readRows(
  files: readonly string[],
  index: PostIndex | null,
  request: AnewRequest,
  onProgress: ReadOptions['onProgress'],
): Promise<RowsRead> {
  const known = files.map(file => index?.find(file) ?? null)
  const unknown = files.filter((_, position) => known[position] === null)
  const anew = await readAnew(unknown, request, onProgress)
  let next = 0
  const rows: (readonly string[])[] = []
  const lines: string[] = []
  for (const row of known) {
    const line = row === null ? anew[next++] : row.row
    if (line === undefined || line === null) continue
    const columns = row === null ? line.split(columnMark) : row.columns
    rows.push(columns)
    if (columns[1] !== '') lines.push(line)
  }
  const changed =
    index === null ||
    lines.length !== index.size ||
    known.some(row => (row === null ? false : row.changed)) ||
    anew.some(line => line !== null && line.split(columnMark, 2)[1] !== '')
  return { rows, lines, changed }
}

/** The parsers are loaded only where there is something to parse. */
async function readAnew(
  files: readonly string[],
  request: AnewRequest,
  onProgress: ReadOptions['onProgress'],
): Promise<readonly (string | null)[]> {
  if (files.length === 0) return []
  const { readSideBySide } = await import('./read-side-by-side.ts')
  return readSideBySide(files, request, onProgress)
}

function collect(
  rows: readonly (readonly string[])[],
  badNames: readonly string[],
  problemsOfFolder: readonly Problem[],
  options: ReadOptions,
): PostCollection {
  const shownAs = (file: string) => displayPath(join(options.dir, file), options.displayRoot)
  const fromRow = rowReader(options.timeZone)
  const posts: Post[] = []
  const broken = badNames.map(file => badName(file, shownAs(file), options.timeZone))
  const problems = [...problemsOfFolder]
  for (const row of rows) {
    const outcome = fromRow(row)
    if (outcome.kind === 'broken') broken.push(outcome.broken)
    else {
      if (outcome.kind === 'post') posts.push(outcome.post)
      problems.push(...outcome.warnings)
    }
  }
  const sorted = findDuplicates(posts, shownAs)
  const allBroken = [...broken, ...sorted.broken].sort((a, b) => (a.file < b.file ? -1 : 1))
  return { posts: sorted.posts, broken: allBroken, problems }
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
