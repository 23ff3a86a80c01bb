import { mkdir, realpath, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Problem } from '../../errors.ts'
import { outputError } from '../../output/output-error.ts'
import { recoverFolders, stageFolder } from '../../output/write-folder.ts'
import { writeGallery } from '../../output/write-gallery.ts'

/** Where the pictures stand: the folder, and every file's absolute path by its name in it. */
export interface WrittenShots {
  readonly folder: string
  readonly files: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
}

/** Replaces out/<edition>/shots/ as a whole, and writes the gallery, which shows the thumbnail. Throws UserError `output-unwritable`. */
export async function writeShots(outDir: string, id: string, pictures: ReadonlyMap<string, Buffer>): Promise<WrittenShots> {
  try {
    const root = await realpath(outDir)
    const parent = join(root, id)
    recoverFolders(parent)
    const staging = stageFolder(parent, 'shots')
    try {
      for (const [name, png] of pictures) {
        await mkdir(dirname(join(staging.path, name)), { recursive: true })
        await writeFile(join(staging.path, name), png)
      }
      staging.commit()
    } catch (error) {
      staging.discard()
      throw error
    }
    const { problems } = await writeGallery(root, outDir)
    const folder = join(outDir, id, 'shots')
    return { folder, files: new Map([...pictures.keys()].map(name => [name, join(folder, name)])), problems }
  } catch (error) {
    throw outputError(error, outDir)
  }
}
