import { readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Edition } from '../../edition/edition.ts'
import { UserError } from '../../errors.ts'
import type { SimulationSource } from '../../inspect/simulate/simulation.ts'
import type { Email, MergeValues } from '../../render/email.ts'
import { joinSegments } from '../../render/join-email.ts'

/** A built edition as a picture is taken of it, and the way to the pictures that it shows. */
export interface EditionPage {
  readonly edition: Edition
  /** What index.html holds, with the text part and the subject for the sample recipient. */
  readonly source: SimulationSource
  /** A file below the edition's folder, by a relative address of the page; null for any other. */
  readonly readAsset: (path: string) => Promise<Buffer | null>
}

/** Reads an edition out of the folder of editions. Throws UserError `edition-unknown` where it was not built. */
export async function readEditionPage(out: string, id: string, sample: MergeValues): Promise<EditionPage> {
  const folder = join(out, id)
  try {
    const [edition, email, html] = await Promise.all([
      readFile(join(folder, 'edition.json'), 'utf8').then(text => JSON.parse(text) as Edition),
      readFile(join(folder, 'email.json'), 'utf8').then(text => JSON.parse(text) as Email),
      readFile(join(folder, 'index.html'), 'utf8'),
    ])
    const source = { html, text: joinSegments(email.text, sample), subject: joinSegments(email.subject, sample) }
    return { edition, source, readAsset: path => readAsset(folder, path) }
  } catch (error) {
    if (!(error instanceof SyntaxError) && !isMissing(error)) throw error
    throw new UserError({
      code: 'edition-unknown',
      message: `${id} has not been built, or not completely`,
      expected: `index.html, email.json and edition.json in ${folder}`,
      hint: `Run "news-digest build ${id}" first, or name the folder it was built into with --out.`,
    })
  }
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

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
