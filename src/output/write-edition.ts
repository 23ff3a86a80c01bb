/** Writes what a build makes: out/<edition>/ as a whole, and the gallery of all editions. */

import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { copyFile, mkdir, realpath, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { quoteValue } from '../config/quote-value.ts'
import { type Problem, UserError } from '../errors.ts'
import { joinSegments } from '../render/join-email.ts'
import { type BuiltEdition, type EditionFiles, editionFiles } from './edition-files.ts'
import { outputError } from './output-error.ts'
import { type FoundPicture, readPictures } from './read-pictures.ts'
import { encodePicturePath, findSitePictures } from './site-pictures.ts'
import { makeFolder, recoverFolders, stageFolder } from './write-folder.ts'
import { writeGallery } from './write-gallery.ts'

/** A built edition, and the site whose pictures it shows. */
export interface EditionOutput extends BuiltEdition {
  /** `assets` is the folder whose files the site serves at its root, absolute; null when the configuration names none. */
  readonly site: { readonly url: string; readonly assets: string | null }
}

/** What was written: absolute paths (index.html first, the gallery last), and what the editor should know. */
export interface WrittenEdition {
  readonly folder: string
  readonly gallery: string
  readonly files: readonly string[]
  readonly problems: readonly Problem[]
}

/**
 * Writes an edition to `outDir/<edition>/` and the gallery to `outDir/index.html`. The edition's folder changes as a whole: until the new
 * one is complete, and whenever anything fails, the last one stays. Throws a `UserError` (`output-unwritable`, `edition-id-invalid`).
 */
export async function writeEdition(outDir: string, output: EditionOutput): Promise<WrittenEdition> {
  const id = safeId(output.edition.id)
  try {
    const root = await openRoot(outDir)
    refuseForeign(join(root, id), join(outDir, id))
    const pictures = await findPictures(output)
    const copies = new Map(pictures.found.map(each => [each.address, `assets/${encodePicturePath(each.path)}`]))
    const files = editionFiles(output, copies)
    await replaceFolder(root, id, files, pictures.found)
    const gallery = await writeGallery(root, outDir)
    const written = [...files.keys(), ...new Set(pictures.found.map(each => `assets/${each.path}`))].map(name => join(outDir, id, name))
    return {
      folder: join(outDir, id),
      gallery: join(outDir, 'index.html'),
      files: gallery.written ? [...written, join(outDir, 'index.html')] : written,
      problems: [...pictures.missing.map(pictureMissing), ...gallery.problems],
    }
  } catch (error) {
    throw outputError(error, outDir)
  }
}

/** An id that came past every other check still never names a path: no dot, no slash, no hidden file. */
function safeId(id: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(id)) return id
  throw new UserError({
    code: 'edition-id-invalid',
    message: 'the edition id cannot be the name of a folder',
    expected: 'letters, digits, - and _, such as 2026-w06',
    got: quoteValue(id),
    hint: 'name the edition as a week (2026-w06), a month (2026-02), a day (2026-02-26), or give --from and --to',
  })
}

/** The folder behind `outDir` (which may be a symbolic link), made if need be and cleared of what dead runs left. */
async function openRoot(outDir: string): Promise<string> {
  makeFolder(outDir)
  const root = await realpath(outDir)
  recoverFolders(root)
  return root
}

/** Somebody's own files are never replaced: a folder is ours when it holds an edition, or nothing. */
function refuseForeign(folder: string, shown: string): void {
  const there = lstatSync(folder, { throwIfNoEntry: false })
  if (!there || existsSync(join(folder, 'edition.json')) || (there.isDirectory() && readdirSync(folder).length === 0)) return
  throw new UserError({
    code: 'output-unwritable',
    message: 'the folder for the edition holds something that news-digest did not write, so it was left alone',
    place: { file: shown },
    hint: 'move it away, or choose another folder with --out',
  })
}

async function findPictures({ email, sample, site }: EditionOutput) {
  if (site.assets === null) return { found: [], missing: [] }
  return readPictures(findSitePictures(joinSegments(email.html, sample), site.url), site.url, site.assets)
}

async function replaceFolder(root: string, id: string, files: EditionFiles, pictures: readonly FoundPicture[]): Promise<void> {
  const staging = stageFolder(root, id)
  try {
    for (const [name, content] of files) await writeFile(join(staging.path, name), content)
    for (const picture of pictures) {
      const copy = join(staging.path, 'assets', picture.path)
      await mkdir(dirname(copy), { recursive: true })
      await copyFile(picture.file, copy)
    }
    staging.commit()
  } catch (error) {
    staging.discard()
    throw error
  }
}

function pictureMissing(address: string): Problem {
  return {
    code: 'picture-missing',
    severity: 'warning',
    message: 'a picture of the site is not in content.assets: index.html shows it from the site',
    got: address.slice(0, 200),
    hint: 'put the picture there, or correct its path in the post or in the configuration; subscribers see it only once the site serves it',
  }
}
