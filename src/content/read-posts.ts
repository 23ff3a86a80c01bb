/** Reads a content folder: every file becomes a post, a post that cannot be read, or is passed over. */

import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Problem } from '../errors.ts'
import { displayPath } from '../locale/display-path.ts'
import { fieldReader } from './field-aliases.ts'
import { findDuplicates } from './find-duplicates.ts'
import { type FrontMatterParser, frontMatterParser } from './parse-front-matter.ts'
import type { BrokenPost, Post, PostCollection } from './post.ts'
import { localeFolders } from './post-language.ts'
import { columnMark, rowReader, toColumns } from './post-row.ts'
import { readAuthorFiles } from './read-authors.ts'
import { digestOf, hasDigest } from './read-digest.ts'
import { readFileList } from './read-file-list.ts'
import { type FileReading, type ReadContext, readFilePost } from './read-file-post.ts'
import { indexFingerprint, type PostIndex, readIndex } from './read-index.ts'
import type { ReadOptions } from './read-options.ts'
import { keyOf } from './read-source.ts'
import type { Outcome } from './to-post.ts'
import { writeIndex } from './write-index.ts'

// A file may change twice within one tick of its disk's clock (two seconds on FAT) and keep its key: a key this young proves nothing.
const ambiguousFor = 2000
const filesBetweenPauses = 500

interface FilesRead {
  readonly outcomes: readonly Outcome[]
  /** Rows for the next index. */
  readonly rows: readonly string[]
  /** Whether they differ from the index they were read with. */
  readonly changed: boolean
}

/**
 * Reads all posts of a content folder, through the index for files that have not changed. Files are read one after the other: on a local
 * disk that is three times as fast as asking for many at once, because a post costs microseconds and handing it between threads more.
 * @throws UserError `content-missing` when the folder cannot be read
 */
export async function readPosts(options: ReadOptions): Promise<PostCollection> {
  const list = readFileList(options)
  const authors = await readAuthorFiles(list.authorFiles, options)
  const context: ReadContext = { ...readContext(options, list.folders), bookFor: authors.bookFor }
  const { dir, siteUrl, language, timeZone, urlPattern, fields, displayRoot } = options
  const fingerprint = indexFingerprint([
    dir,
    siteUrl,
    language,
    timeZone,
    urlPattern,
    fields,
    displayRoot,
    [...context.localeFolders],
    authors.text,
  ])

  const index = options.cacheDir === null ? null : readIndex(options.cacheDir, fingerprint)
  const read = await readFiles(list.files, index, context, options.onProgress)
  if (options.cacheDir !== null && read.changed) writeIndex(options.cacheDir, fingerprint, read.rows)
  return collect(read.outcomes, authors.problems, context)
}

/** What reading a single file of the folder depends on, except its authors. */
export function readContext(options: ReadOptions, folders: readonly string[]): Omit<ReadContext, 'bookFor'> {
  const { dir, displayRoot, siteUrl, language, timeZone, urlPattern } = options
  return {
    dir,
    displayRoot,
    siteUrl,
    language,
    timeZone,
    urlPattern,
    fields: fieldReader(options.fields),
    localeFolders: localeFolders(folders, language),
    jekyll: [basename(dir), ...folders].some(folder => /(?:^|\/)_posts$/.test(folder)),
  }
}

async function readFiles(
  files: readonly string[],
  index: PostIndex | null,
  context: ReadContext,
  onProgress: ReadOptions['onProgress'],
): Promise<FilesRead> {
  const startedAt = Date.now()
  const fromRow = rowReader(context.timeZone)
  const outcomes: Outcome[] = []
  const rows: string[] = []
  let parse: FrontMatterParser | null = null
  let unchanged = 0
  for (const [done, file] of files.entries()) {
    const known = index === null ? undefined : fromIndex(file, index, context, startedAt, fromRow)
    if (known !== undefined) {
      outcomes.push(known.outcome)
      rows.push(known.row)
      if (!known.settled) unchanged++
    } else {
      parse ??= await frontMatterParser()
      const reading = readFilePost(file, context, parse)
      if (reading !== null) keep(file, reading)
    }
    if (done % filesBetweenPauses === filesBetweenPauses - 1) {
      onProgress?.(done + 1, files.length)
      await setImmediate()
    }
  }
  onProgress?.(files.length, files.length)
  return { outcomes, rows, changed: index === null || unchanged !== index.size || unchanged !== rows.length }

  function keep(file: string, { outcome, source }: FileReading): void {
    const columns = toColumns(outcome)
    outcomes.push(fromRow(file, columns.split(columnMark), 0))
    if (source === null || /[\u0000-\u001f]/.test(file)) return
    const digest = source.changed > startedAt - ambiguousFor ? digestOf(source.bytes) : ''
    rows.push([file, source.key, digest, columns].join(columnMark))
  }
}

/** What the index knows of a file, if it is still true. `settled` says that a digest is no longer needed. */
function fromIndex(file: string, index: PostIndex, context: ReadContext, startedAt: number, fromRow: ReturnType<typeof rowReader>) {
  const row = index.get(file)
  if (row === undefined) return undefined
  const path = join(context.dir, file)
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  const columns = row.split(columnMark)
  const [, key, digest = ''] = columns
  if (stat === undefined || keyOf(stat) !== key || (digest !== '' && !hasDigest(path, digest))) return undefined
  const settled =
    digest !== '' && Number((stat.mtimeNs > stat.ctimeNs ? stat.mtimeNs : stat.ctimeNs) / 1_000_000n) <= startedAt - ambiguousFor
  if (settled) columns[2] = ''
  return { outcome: fromRow(file, columns, 3), row: settled ? columns.join(columnMark) : row, settled }
}

function collect(outcomes: readonly Outcome[], authorProblems: readonly Problem[], context: ReadContext): PostCollection {
  const posts: Post[] = []
  const broken: BrokenPost[] = []
  const problems: Problem[] = [...authorProblems]
  for (const outcome of outcomes) {
    if (outcome.kind === 'broken') broken.push(outcome.broken)
    else {
      if (outcome.kind === 'post') posts.push(outcome.post)
      problems.push(...outcome.warnings)
    }
  }
  const shownAs = (file: string) => displayPath(join(context.dir, file), context.displayRoot)
  const sorted = findDuplicates(posts, shownAs)
  return { posts: sorted.posts, broken: [...broken, ...sorted.broken].sort((a, b) => (a.file < b.file ? -1 : 1)), problems }
}
