import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { displayPath } from '../config/display-path.ts'
import { problemIn } from '../content/content-problem.ts'
import { utf8Fault, utf16Fault } from '../content/utf8-fault.ts'
import type { Problem } from '../errors.ts'
import { isEditionId } from '../selection/edition-id.ts'
import type { EditionFile } from './edition.ts'
import type { EditionFileContext } from './edition-file-schema.ts'
import { parseEditionFile } from './parse-edition-file.ts'

/** Where edition files lie, and what their values depend on. Folders are absolute. */
export interface ReadEditionFilesRequest extends EditionFileContext {
  readonly folder: string
  /** Folder that places in problems are shown relative to. */
  readonly displayRoot: string
}

/** Every edition file that could be read, by id, and every problem found in any. */
export interface EditionFiles {
  readonly files: readonly EditionFile[]
  readonly problems: readonly Problem[]
}

const largest = 1_000_000

/**
 * Reads `<id>.md` for every edition the editor has written. A folder that is missing holds none; names that begin with `_` or `.`, and README.md, are
 * passed over; any other `.md` file that is not named for an edition is a problem.
 */
export async function readEditionFiles(request: ReadEditionFilesRequest): Promise<EditionFiles> {
  const entries = await listFolder(request.folder)
  if (entries instanceof Error)
    return { files: [], problems: refused(unreadable(displayPath(request.folder, request.displayRoot), entries)).problems }
  const names = entries.filter(name => /\.(?:md|markdown)$/i.test(name) && !/^(?:[._]|readme\.)/i.test(name))
  const parsed = await Promise.all(names.sort().map(name => readOne(name, request)))
  return {
    files: parsed.flatMap(({ file }) => (file === null ? [] : [file])),
    problems: parsed.flatMap(({ problems }) => problems),
  }
}

async function readOne(name: string, request: ReadEditionFilesRequest) {
  const absolute = path.join(request.folder, name)
  const file = displayPath(absolute, request.displayRoot)
  const id = path.parse(name).name
  if (!isEditionId(id) || path.extname(name) !== '.md') return refused(notAnEdition(file, name))
  const bytes = await readFile(absolute).catch((error: NodeJS.ErrnoException) => error)
  if (bytes instanceof Error) return refused(unreadable(file, bytes))
  if (bytes.byteLength > largest) return refused(tooLarge(file))
  const text = bytes.toString('utf8')
  const fault = utf16Fault(bytes) ?? utf8Fault(bytes, text, text.length)
  return fault === null ? parseEditionFile({ file, id, text }, request) : refused(problemIn(file, fault))
}

async function listFolder(folder: string): Promise<readonly string[] | Error> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter(entry => !entry.isDirectory()).map(entry => entry.name)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    if (code === undefined || !(error instanceof Error)) throw error
    return error
  }
}

function refused(problem: Omit<Problem, 'severity'>) {
  return { file: null, problems: [{ severity: 'error' as const, ...problem }] }
}

function notAnEdition(file: string, name: string): Omit<Problem, 'severity'> {
  return {
    code: 'edition-id-invalid',
    message: 'this file is not named for an edition',
    place: { file },
    expected: '2026-w06.md, 2026-02.md, 2026-02-26.md or 2026-02-01--2026-02-28.md',
    got: name,
    hint: 'Rename it, or put "_" before its name to have it passed over.',
  }
}

function unreadable(file: string, error: Error): Omit<Problem, 'severity'> {
  const hint = 'Check that it is a file and that you may read it.'
  return { code: 'file-unreadable', message: `this file cannot be read: ${error.message}`, place: { file }, hint }
}

function tooLarge(file: string): Omit<Problem, 'severity'> {
  const hint = 'An edition file holds picks and an introduction: move the rest elsewhere.'
  return { code: 'file-too-large', message: 'this file is too large for an edition', place: { file }, expected: 'at most 1 MB', hint }
}
