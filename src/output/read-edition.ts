import type { Edition } from '../edition/edition.ts'
import { type BuildPlace, notAsWritten, readBuildFile } from './read-build-file.ts'

const name = 'edition.json'

/**
 * Reads `out/<id>/edition.json`: which posts a build ran, and what it said of them.
 * @throws UserError as `readBuildFile` does, and `file-unreadable` where the file is not as a build writes it
 */
export async function readEdition(place: BuildPlace): Promise<Edition> {
  const edition = parseEdition((await readBuildFile(place, name)).toString('utf8'))
  if (edition === null || edition.id !== place.id) throw notAsWritten(place, name)
  return edition
}

/** The text of an `edition.json`; null where it is not as a build writes it. */
export function parseEdition(text: string): Edition | null {
  try {
    const edition = JSON.parse(text) as Partial<Edition> | null
    // Editions that were built before they named their files lack `file`; earlier ones know nothing of two subjects, either.
    const isWhole = edition?.version === 1 && Array.isArray(edition.items) && typeof edition.window?.to === 'string'
    return isWhole && edition.file !== undefined && edition.items?.every(item => typeof item.post.file === 'string')
      ? { ...(edition as Edition), subjects: edition.subjects ?? null, split: edition.split ?? null }
      : null
  } catch {
    return null
  }
}
