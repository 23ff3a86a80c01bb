import { readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Edition } from '../../edition/edition.ts'
import { UserError } from '../../errors.ts'
import type { SimulationSource } from '../../inspect/simulate/simulation.ts'
import { readBuild } from '../../output/read-build.ts'
import type { BuildPlace } from '../../output/read-build-file.ts'
import type { MergeValues } from '../../render/email.ts'
import { joinSegments } from '../../render/join-email.ts'

/** A built edition as a picture is taken of it, and the way to the pictures that it shows. */
export interface EditionPage {
  readonly edition: Edition
  /** What index.html holds, with the text part and the subject for the sample recipient. */
  readonly source: SimulationSource
  /** A picture that the build has put beside index.html, by its relative address; null for anything else. */
  readonly readAsset: (path: string) => Promise<Buffer | null>
}

/** Reads a built edition. Throws UserError `edition-unknown` where there is none, `file-unreadable` where a file is not as a build writes it. */
export async function readEditionPage(place: BuildPlace, sample: MergeValues): Promise<EditionPage> {
  const { edition, email, folder } = await readBuild(place)
  const html = await readFile(join(folder, 'index.html'), 'utf8').catch(() => Promise.reject(pageMissing(place.id)))
  const source = { html, text: joinSegments(email.text, sample), subject: joinSegments(email.subject, sample) }
  return { edition, source, readAsset: path => readAsset(folder, path) }
}

// Only pictures that the build has put there: an address may be anything that a post says.
async function readAsset(folder: string, path: string): Promise<Buffer | null> {
  try {
    const [root, file] = await Promise.all([realpath(join(folder, 'assets')), realpath(join(folder, path))])
    return file.startsWith(root + sep) ? await readFile(file) : null
  } catch {
    return null
  }
}

function pageMissing(id: string): UserError {
  return new UserError({
    code: 'file-unreadable',
    message: `there is no index.html of ${id} to take a picture of`,
    hint: `Run "news-digest build ${id}" again.`,
  })
}
