/** Where messages that came back lie. */

import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../errors.ts'
import { readMessages } from './read-mbox.ts'
import { readStream, unreadable } from './read-stream.ts'

/** One message, and where it lies in words: a file's path, `inbox.mbox, message 3`. */
export interface RawMessage {
  readonly source: string
  readonly bytes: Uint8Array
}

/**
 * Reads messages from what the paths name: a maildir, a folder of `.eml` files, an mbox file, a file with one message (either also as `.gz`), and `-` for
 * `standardInput`, an mbox or one message. Which of them it is shows. Of each message the first megabyte; one at a time.
 *
 * @throws UserError `file-unreadable` where a path names none of these
 */
export async function* readBounces(paths: readonly string[], standardInput: AsyncIterable<Uint8Array>): AsyncGenerator<RawMessage> {
  for (const path of paths) {
    if (path === '-') yield* named('standard input', readMessages(standardInput))
    else for (const file of filesOf(path)) yield* named(file, readMessages(readStream(file)))
  }
}

/** The first message of a source is named as the source, unless it turns out that there are more. */
async function* named(source: string, messages: AsyncGenerator<Uint8Array>): AsyncGenerator<RawMessage> {
  let held: Uint8Array | null = null
  let count = 0
  for await (const bytes of messages) {
    if (held !== null) yield { source: `${source}, message ${count}`, bytes: held }
    held = bytes
    count++
  }
  if (held !== null) yield { source: count > 1 ? `${source}, message ${count}` : source, bytes: held }
}

function filesOf(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    const entries = readdirSync(path, { withFileTypes: true })
    const folders = ['new', 'cur'].filter(name => entries.some(each => each.isDirectory() && each.name === name))
    // https://cr.yp.to/proto/maildir.html: `tmp` holds what is still being written, and names that begin with a dot are no messages.
    if (folders.length > 0) return folders.flatMap(name => sorted(join(path, name), readdirSync(join(path, name), { withFileTypes: true })))
    const files = sorted(path, entries).filter(file => /\.eml(\.gz)?$/i.test(file))
    if (files.length > 0 || entries.length === 0) return files
  } catch (error) {
    throw unreadable(path, error)
  }
  throw new UserError({
    code: 'file-unreadable',
    message: `${path} is a folder, but neither a maildir nor a folder of .eml files`,
    place: { file: path },
    expected: 'a maildir (with cur and new), .eml files, an mbox file, or - for standard input',
    hint: 'Give the folder that holds cur and new, or the files themselves.',
  })
}

/** By name, which in a maildir is by time. */
function sorted(folder: string, entries: readonly Dirent[]): string[] {
  return entries
    .filter(each => !each.isDirectory() && !each.name.startsWith('.'))
    .map(each => join(folder, each.name))
    .sort()
}
