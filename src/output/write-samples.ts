import { realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { outputError } from './output-error.ts'
import type { BuildPlace } from './read-build-file.ts'
import { recoverFolders, stageFolder } from './write-folder.ts'

const folder = 'dry-run'

/** Replaces `out/<id>/dry-run/` as a whole by these files and returns their absolute paths. Throws UserError `output-unwritable`. */
export async function writeSamples(
  { out, id }: Pick<BuildPlace, 'out' | 'id'>,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<readonly string[]> {
  try {
    const parent = join(await realpath(out), id)
    recoverFolders(parent)
    const staging = stageFolder(parent, folder)
    try {
      for (const [name, content] of files) await writeFile(join(staging.path, name), content)
      staging.commit()
    } catch (error) {
      staging.discard()
      throw error
    }
    return [...files.keys()].map(name => join(out, id, folder, name))
  } catch (error) {
    throw outputError(error, out)
  }
}
