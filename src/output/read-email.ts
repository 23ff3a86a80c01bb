import type { Email } from '../render/email.ts'
import { type BuildPlace, notAsWritten, readBuildFile } from './read-build-file.ts'

const name = 'email.json'

/**
 * Reads `out/<id>/email.json`, the one file of a build that is sent.
 * @throws UserError as `readBuildFile` does, and `file-unreadable` where the file is not as a build writes it
 */
export async function readEmail(place: BuildPlace): Promise<Email> {
  const email = parseEmail((await readBuildFile(place, name)).toString('utf8'))
  if (email === null || email.edition !== place.id) throw notAsWritten(place, name)
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
