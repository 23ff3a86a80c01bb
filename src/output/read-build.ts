import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { displayPath } from '../config/display-path.ts'
import type { Edition } from '../edition/edition.ts'
import { UserError } from '../errors.ts'
import type { Email } from '../render/email.ts'
import { type EmailPlace, readEmail } from './read-email.ts'

/** What a build has left in `out/<id>/`, as far as checking reads it. */
export interface ReadBuild {
  readonly edition: Edition
  readonly email: Email
  readonly eml: Uint8Array
  /** The folder, absolute. */
  readonly folder: string
}

/**
 * Reads `edition.json`, `email.json` and `email.eml` of a build.
 * @throws UserError `edition-unknown` where the edition has not been built, `file-unreadable` where a file is not as a build writes it
 */
export async function readBuild(place: EmailPlace): Promise<ReadBuild> {
  const { out, id, displayRoot } = place
  const email = await readEmail(place)
  const folder = path.join(out, id)
  const shown = (name: string) => displayPath(path.join(folder, name), displayRoot)
  const [editionText, eml] = await Promise.all(
    ['edition.json', 'email.eml'].map(name => readFile(path.join(folder, name)).catch(() => Promise.reject(unreadable(id, shown(name))))),
  )
  const edition = parseEdition(editionText?.toString('utf8') ?? '')
  if (edition === null || eml === undefined) throw unreadable(id, shown('edition.json'))
  return { edition, email, eml, folder }
}

/** The id of the newest edition in `out` (by its window's end, then by name); null where nothing was built. */
export async function newestBuild(out: string): Promise<string | null> {
  const entries = await readdir(out, { withFileTypes: true }).catch(() => [])
  const editions = await Promise.all(
    entries
      .filter(entry => entry.isDirectory())
      .map(async ({ name }) => parseEdition(await readFile(path.join(out, name, 'edition.json'), 'utf8').catch(() => ''))),
  )
  const found = editions.filter(edition => edition !== null)
  return found.toSorted((a, b) => a.window.to.localeCompare(b.window.to) || a.id.localeCompare(b.id)).at(-1)?.id ?? null
}

/** The text of an `edition.json`; null where it is not as a build writes it. */
export function parseEdition(text: string): Edition | null {
  try {
    const edition = JSON.parse(text) as Partial<Edition> | null
    // Editions that were built before they named their files lack `file`.
    const isWhole = edition?.version === 1 && Array.isArray(edition.items) && typeof edition.window?.to === 'string'
    return isWhole && edition.file !== undefined && edition.items?.every(item => typeof item.post.file === 'string')
      ? (edition as Edition)
      : null
  } catch {
    return null
  }
}

function unreadable(id: string, file: string): UserError {
  return new UserError({
    code: 'file-unreadable',
    message: `the build of ${id} cannot be checked: a file is missing, or is not as a build writes it`,
    place: { file },
    hint: `Run "news-digest build ${id}" again.`,
  })
}
