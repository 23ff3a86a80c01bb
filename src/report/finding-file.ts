import type { Place } from '../errors.ts'
import type { Finding } from '../inspect/finding.ts'

/** Where the files of a build stand, as the user would name the folder: what findings without an origin are pinned to. */
export interface FindingFiles {
  readonly folder: string
}

/** The one file that a finding is shown at: the one to change where it lies in the working folder, else the file of the build. */
export function findingFile({ origin, place }: Finding, { folder }: FindingFiles): Place {
  if (origin !== null && isInside(origin.file)) return origin
  const name = place.part === 'text' ? 'email.txt' : place.part === 'message' ? 'email.eml' : 'email.html'
  return { file: `${folder}/${name}`, ...(place.line === null || place.column === null ? {} : { line: place.line, column: place.column }) }
}

/** Neither absolute nor a file of the package, which is nobody's to change. */
function isInside(file: string): boolean {
  return !/^(?:[/\\]|[A-Za-z]:|news-digest\/templates\/)/.test(file)
}
