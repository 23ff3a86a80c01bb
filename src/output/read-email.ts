import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { displayPath } from '../config/display-path.ts'
import { UserError } from '../errors.ts'
import type { Email } from '../render/email.ts'

/** Where an edition's email stands, and how to name it. */
export interface EmailPlace {
  /** The output folder, absolute. */
  readonly out: string
  /** An edition's id that `parseEditionId` has let through. */
  readonly id: string
  readonly displayRoot: string
}

/**
 * Reads `out/<id>/email.json`, the one file of a build that is sent.
 * @throws UserError `edition-unknown` where the edition has not been built, `file-unreadable` where the file is not as a build writes it
 */
export async function readEmail({ out, id, displayRoot }: EmailPlace): Promise<Email> {
  const file = path.join(out, id, 'email.json')
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw notBuilt(id, displayPath(file, displayRoot))
    throw unreadable(id, displayPath(file, displayRoot), `it cannot be read (${error.code})`)
  })
  const email = parseEmail(text)
  if (email === null || email.edition !== id) throw unreadable(id, displayPath(file, displayRoot), 'it is not as a build writes it')
  return email
}

/** Only what tells a file that was cut off, or that another version wrote: everything else in it is our own writing. */
function parseEmail(text: string): Email | null {
  try {
    const email = JSON.parse(text) as Partial<Email> | null
    const isWhole =
      email?.version === 1 && [email.subject, email.html, email.text].every(Array.isArray) && typeof email.hashes?.content === 'string'
    return isWhole ? (email as Email) : null
  } catch {
    return null
  }
}

function notBuilt(id: string, file: string): UserError {
  return new UserError({
    code: 'edition-unknown',
    message: `${id} has not been built`,
    expected: file,
    hint: `Run "news-digest build ${id}" first, or name the folder it was built into with --out.`,
  })
}

function unreadable(id: string, file: string, why: string): UserError {
  return new UserError({
    code: 'file-unreadable',
    message: `the email of ${id} cannot be used: ${why}`,
    place: { file },
    hint: `Run "news-digest build ${id}" again.`,
  })
}
