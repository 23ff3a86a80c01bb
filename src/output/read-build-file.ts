import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { displayPath } from '../config/display-path.ts'
import { UserError } from '../errors.ts'

/** Where a built edition stands, and how to name its files. */
export interface BuildPlace {
  /** The output folder, absolute. */
  readonly out: string
  /** An edition's id that `parseEditionId` has let through. */
  readonly id: string
  readonly displayRoot: string
}

/**
 * Reads one file of `out/<id>/`.
 * @throws UserError `edition-unknown` where the edition has not been built, `file-unreadable` where the file cannot be read
 */
export async function readBuildFile(place: BuildPlace, name: string): Promise<Buffer> {
  const folder = path.join(place.out, place.id)
  return readFile(path.join(folder, name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw unusableBuild(place, name, `cannot be read (${error.code})`)
    throw existsSync(folder) ? unusableBuild(place, name, 'is missing') : notBuilt(place, name)
  })
}

/** A file that is not as a build writes it: cut off, edited, or written by another version. */
export function notAsWritten(place: BuildPlace, name: string): UserError {
  return unusableBuild(place, name, 'is not as a build writes it')
}

function unusableBuild(place: BuildPlace, name: string, why: string): UserError {
  return new UserError({
    code: 'file-unreadable',
    message: `the build of ${place.id} cannot be used: ${name} ${why}`,
    place: { file: displayName(place, name) },
    hint: `Run "news-digest build ${place.id}" again.`,
  })
}

function notBuilt(place: BuildPlace, name: string): UserError {
  return new UserError({
    code: 'edition-unknown',
    message: `${place.id} has not been built`,
    expected: displayName(place, name),
    hint: `Run "news-digest build ${place.id}" first, or name the folder it was built into with --out.`,
  })
}

function displayName({ out, id, displayRoot }: BuildPlace, name: string): string {
  return displayPath(path.join(out, id, name), displayRoot)
}
