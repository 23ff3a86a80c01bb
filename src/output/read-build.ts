import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Edition } from '../edition/edition.ts'
import type { Email } from '../render/email.ts'
import { type Service, services } from '../render/export-for.ts'
import { type BuildPlace, readBuildFile } from './read-build-file.ts'
import { parseEdition, readEdition } from './read-edition.ts'
import { readEmail } from './read-email.ts'

/** What a build has left in `out/<id>/`, as far as checking, picturing and previewing read it. */
export interface ReadBuild {
  readonly edition: Edition
  readonly email: Email
  readonly eml: Uint8Array
  /** The service that it was built for with `--for`; undefined where it was built for none. */
  readonly service: Service | undefined
  /** The folder, absolute. */
  readonly folder: string
}

/**
 * Reads a build, all but what is made for people to look at.
 * @throws UserError `edition-unknown` where the edition has not been built, `file-unreadable` where a file is not as a build writes it
 */
export async function readBuild(place: BuildPlace): Promise<ReadBuild> {
  const folder = path.join(place.out, place.id)
  const [email, edition, eml, names] = await Promise.all([
    readEmail(place),
    readEdition(place),
    readBuildFile(place, 'email.eml'),
    readdir(folder).catch((): string[] => []),
  ])
  // A build replaces the folder as a whole, so a service's file is there if and only if the last build was for that service.
  const service = services.find(each => names.includes(`${each}.html`))
  return { edition, email, eml, service, folder }
}

/** The id of the newest edition in `out` (by its window's end, then by name); null where nothing was built. */
export async function newestBuild(out: string): Promise<string | null> {
  const entries = await readdir(out, { withFileTypes: true }).catch(() => [])
  const editions = await Promise.all(
    entries
      .filter(entry => entry.isDirectory())
      .map(async ({ name }) => {
        const edition = parseEdition(await readFile(path.join(out, name, 'edition.json'), 'utf8').catch(() => ''))
        // A copy under another name is not what its id leads to.
        return edition?.id === name ? edition : null
      }),
  )
  const found = editions.filter(edition => edition !== null)
  return found.toSorted((a, b) => a.window.to.localeCompare(b.window.to) || a.id.localeCompare(b.id)).at(-1)?.id ?? null
}
