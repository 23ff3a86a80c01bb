import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { displayPath } from '../config/display-path.ts'
import { UserError } from '../errors.ts'
import { parseEditionId } from '../selection/edition-id.ts'
import type { Edition } from './edition.ts'
import { type EditionProposal, renderEditionFile } from './render-edition-file.ts'

/** Where edition files lie. Both absolute; places in messages are shown relative to `displayRoot`. */
export interface EditionFolder {
  readonly folder: string
  readonly displayRoot: string
}

/** What became of a file: its absolute path, and whether anything in it changed. */
export interface WrittenFile {
  readonly path: string
  readonly changed: boolean
}

/**
 * Writes `<id>.md` with a proposal for the editor. Where the file is there already, throws UserError `edition-file-exists`, unless `force`: then its
 * subject, preheader and picks are proposed anew and everything else in it stays. A sent edition's file is a record and is never proposed anew.
 */
export async function writeEditionFile(where: EditionFolder, proposal: EditionProposal, force: boolean): Promise<WrittenFile> {
  const file = fileOf(where, proposal.window.id)
  const text = await readIfThere(file, where)
  if (text === null) return replaceFile(where, file, renderEditionFile(proposal))
  const { isTextSent, reviseText } = await import('./revise-edition-file.ts')
  const shown = displayPath(file, where.displayRoot)
  if (isTextSent(text, shown)) throw exists(shown, 'this edition is sent, and its file is the record of it', 'Plan another edition.')
  if (!force)
    throw exists(shown, 'this edition has a file already', 'Edit it, or add --force to propose subject, preheader and picks anew.')
  return replaceFile(where, file, reviseText(text, shown, proposal), text)
}

/** What `markSent` writes down. */
export interface MarkSentRequest {
  /** As it went out: its window and its items are the record. */
  readonly edition: Edition
  /** UTC instant. */
  readonly sentAt: string
}

/** The record of a sending: `sentAt` is what the file says now, null where it does not say. */
export interface MarkedFile extends WrittenFile {
  readonly sentAt: string | null
}

/** Writes into `<id>.md` that the edition was sent, when, and what it ran; makes the file where there is none. Changes nothing in one that is sent already. */
export async function markSent(where: EditionFolder, { edition, sentAt }: MarkSentRequest): Promise<MarkedFile> {
  const file = fileOf(where, edition.id)
  const shown = displayPath(file, where.displayRoot)
  const existing = await readIfThere(file, where)
  const ran = edition.items.map(({ post }) => ({
    slug: post.slug,
    canonical: post.canonical,
    updatedAt: post.updatedAt?.instant ?? null,
  }))
  const { markTextSent, sentAtIn } = await import('./revise-edition-file.ts')
  const text = existing ?? renderEditionFile(proposalOf(edition))
  const marked = markTextSent(text, shown, { sentAt, window: edition.window, ran, dropped: edition.dropped })
  return { ...(await replaceFile(where, file, marked, existing ?? undefined)), sentAt: sentAtIn(marked, shown) }
}

/** That an edition file says `status: sent`: in which file, and when it was, as it stands there. */
export interface SentMark {
  readonly file: string
  readonly at: string | null
}

/** What an edition file says of its sending; null where there is no file, or it says nothing of one. Throws UserError where the file cannot be read. */
export async function readSentMark(where: EditionFolder, id: string): Promise<SentMark | null> {
  const file = fileOf(where, id)
  const text = await readIfThere(file, where)
  if (text === null) return null
  const { isTextSent, sentAtIn } = await import('./revise-edition-file.ts')
  const shown = displayPath(file, where.displayRoot)
  return isTextSent(text, shown) ? { file: shown, at: sentAtIn(text, shown) } : null
}

function proposalOf({ window, subject, subjects, split, preheader, language, items }: Edition): EditionProposal {
  const picks = items.map(({ post }) => ({ slug: post.slug, title: post.title }))
  const trial = subjects === null ? null : { subjects, split: split ?? 1 }
  return { window, subject, trial, preheader, language, picks }
}

function fileOf({ folder }: EditionFolder, id: string): string {
  return path.join(folder, `${parseEditionId(id).id}.md`)
}

async function readIfThere(file: string, { displayRoot }: EditionFolder): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    // ENOTDIR: a file stands where the folder should be; writing will say so.
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw code === undefined ? error : unreadable(displayPath(file, displayRoot), code)
  }
}

/** Written beside the file and renamed over it, so that a full disk or a signal leaves the editor's text whole. */
async function replaceFile({ folder, displayRoot }: EditionFolder, file: string, text: string, before?: string): Promise<WrittenFile> {
  if (text === before) return { path: file, changed: false }
  const beside = path.join(folder, `.${path.basename(file)}.${process.pid}.tmp`)
  try {
    await mkdir(folder, { recursive: true })
    const mode = before === undefined ? 0o666 : (await stat(file)).mode
    await writeFile(beside, text, { mode })
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    throw unwritable(displayPath(file, displayRoot), error)
  }
  return { path: file, changed: true }
}

function unreadable(file: string, code: string): UserError {
  const hint = 'Check that it is a file and that you may read it.'
  return new UserError({ code: 'file-unreadable', message: 'the edition file cannot be read', place: { file }, got: code, hint })
}

function unwritable(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  return new UserError({
    code: 'output-unwritable',
    message: 'the edition file cannot be written; what stood there before is untouched',
    place: { file },
    got: String(error.code),
    hint: 'Check that the disk has room and that you may write there.',
  })
}

function exists(file: string, message: string, hint: string): UserError {
  return new UserError({ code: 'edition-file-exists', message, place: { file }, hint })
}
