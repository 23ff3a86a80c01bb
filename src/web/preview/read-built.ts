import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../config/config.ts'
import { displayPath } from '../../config/display-path.ts'
import type { Edition } from '../../edition/edition.ts'
import { UserError } from '../../errors.ts'
import { readEmail } from '../../output/read-email.ts'
import { joinSegments } from '../../render/join-email.ts'
import { sampleValues } from '../../run-build.ts'
import { builtKey } from './edition-key.ts'
import type { FinishedEdition } from './shown-edition.ts'

/**
 * The edition that a build has written, from its edition.json and email.json and nothing else of the folder. `id` is one that `parseEditionId` let through.
 * @throws UserError `edition-unknown`, or `file-unreadable` where the files are not as a build writes them
 */
export async function readBuilt(config: Config, id: string): Promise<FinishedEdition> {
  const { out, displayRoot } = config.paths
  const email = await readEmail({ out, id, displayRoot })
  const edition = await readEdition(join(out, id, 'edition.json'), id, displayRoot)
  return {
    kind: 'finished',
    key: builtKey(id),
    config,
    edition,
    email,
    bytes: Buffer.byteLength(joinSegments(email.html, sampleValues(config))),
    shortened: [],
    selection: null,
    templates: null,
    warnings: [],
  }
}

async function readEdition(file: string, id: string, displayRoot: string): Promise<Edition> {
  const edition = await readFile(file, 'utf8').then(parse, () => null)
  if (edition?.version === 1 && edition.id === id && Array.isArray(edition.items)) return edition as Edition
  throw new UserError({
    code: 'file-unreadable',
    message: `the data of ${id} cannot be used: they are not as a build writes them`,
    place: { file: displayPath(file, displayRoot) },
    hint: `Run "news-digest build ${id}" again.`,
  })
}

function parse(text: string): Partial<Edition> | null {
  try {
    return JSON.parse(text) as Partial<Edition> | null
  } catch {
    return null
  }
}
