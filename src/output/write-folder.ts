/**
 * Replacing a folder as a whole: the new one is filled beside the old one and takes its place when it is complete. Folders that a run
 * leaves behind when it dies are named after its process, and the next run clears them.
 */

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A folder being filled, beside the one whose place it will take. */
export interface Staging {
  readonly path: string
  /** Moves the folder into its place; the old one is gone afterwards. Another process may do the same at the same time: the last wins. */
  readonly commit: () => void
  /** Throws the folder away; does nothing after `commit`. */
  readonly discard: () => void
}

const prefix = '.news-digest'
/** Of this very process: the number of a dead process may have come back as ours. */
const inUse = new Set<string>()

/** Begins to replace `parent/name`. `name` holds no dot and no slash, and `parent` exists. */
export function stageFolder(parent: string, name: string): Staging {
  const { path, aside, release } = claimNames(parent, name)
  const discard = () => {
    rmSync(path, { recursive: true, force: true })
    release()
  }
  const commit = () => {
    swap(path, join(parent, name), aside)
    release()
    rmSync(aside, { recursive: true, force: true })
  }
  return { path, commit, discard }
}

/**
 * Clears what dead runs left in `parent`: half-filled folders go, and a folder that was moved aside comes back where the run died before
 * its successor stood in its place.
 */
export function recoverFolders(parent: string): void {
  for (const entry of readdirSync(parent)) {
    const left = parseName(entry)
    if (left === null || isAlive(left.pid, entry)) continue
    if (left.kind === 'aside') renameUnlessTaken(join(parent, entry), join(parent, left.name))
    rmSync(join(parent, entry), { recursive: true, force: true })
  }
}

/**
 * Makes a folder and those above it, where they are not there yet. Not by `recursive`, which never ends where the system denies that a parent is
 * there although it is: below `/proc`, for one.
 * @throws what the system said of the first folder that cannot be made
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && isFolder(path)) return
    const parent = dirname(path)
    if (codeOf(error) !== 'ENOENT' || existsSync(parent)) throw error
    makeFolder(parent)
    makeFolder(path)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

type Kind = 'new' | 'aside'

function claimNames(parent: string, name: string): { path: string; aside: string; release: () => void } {
  for (let count = 0; ; count += 1) {
    const [fresh, old] = (['new', 'aside'] as const).map(kind => [prefix, kind, name, process.pid, count].join('.'))
    if (fresh === undefined || old === undefined || inUse.has(fresh)) continue
    try {
      mkdirSync(join(parent, fresh))
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue
      throw error
    }
    inUse.add(fresh).add(old)
    const release = () => {
      inUse.delete(fresh)
      inUse.delete(old)
    }
    return { path: join(parent, fresh), aside: join(parent, old), release }
  }
}

/** No rename replaces a folder that is not empty, so the old one is moved aside first. Synchronous: no other work of ours gets in between. */
function swap(from: string, to: string, aside: string): void {
  for (let attempt = 1; ; attempt += 1) {
    renameIfThere(to, aside)
    try {
      renameSync(from, to)
      return
    } catch (error) {
      renameUnlessTaken(aside, to)
      const taken = ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')
      if (!taken || attempt === 100) throw error
      rmSync(aside, { recursive: true, force: true })
    }
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

function renameUnlessTaken(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(codeOf(error) ?? '')) throw error
  }
}

function parseName(entry: string): { kind: Kind; name: string; pid: number } | null {
  const [, kind, name, pid] = /^\.news-digest\.(new|aside)\.([^.]+)\.(\d+)\.\d+$/.exec(entry) ?? []
  if ((kind !== 'new' && kind !== 'aside') || name === undefined) return null
  return { kind, name, pid: Number(pid) }
}

function isAlive(pid: number, entry: string): boolean {
  if (pid === process.pid) return inUse.has(entry)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
