import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Place } from '../errors.ts'
import type { Finding } from '../inspect/finding.ts'

/** Where the files of findings stand. */
export interface FindingFiles {
  /** The build, as the user would name its folder: what findings without an origin are pinned to. */
  readonly folder: string
  /** The working folder, which places are relative to, and the repository that it lies in: where code hosts look for files. Both absolute. */
  readonly workingFolder: string
  readonly repository: string
}

/** The one file that a finding is shown at, relative to the repository: the one to change where it lies in there, else the file of the build. */
export function findingFile({ origin, place }: Finding, files: FindingFiles): Place {
  const own = origin === null || isOfPackage(origin.file) ? null : inRepository(origin.file, files)
  if (origin !== null && own !== null) return { ...origin, file: own }
  const name = place.part === 'text' ? 'email.txt' : place.part === 'message' ? 'email.eml' : 'email.html'
  const file = `${files.folder}/${name}`
  const { line, column } = place
  return { file: inRepository(file, files) ?? file, ...(line === null || column === null ? {} : { line, column }) }
}

/** Null for what lies outside. */
function inRepository(file: string, { workingFolder, repository }: FindingFiles): string | null {
  const way = relative(repository, resolve(workingFolder, file))
  return way === '' || /^\.\.(?:[/\\]|$)/.test(way) || isAbsolute(way) ? null : way.split(sep).join('/')
}

/** A file of the package is nobody's to change. */
function isOfPackage(file: string): boolean {
  return file.startsWith('news-digest/templates/')
}
