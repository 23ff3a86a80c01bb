import type { Place } from '../errors.ts'
import type { Complaint, Inspected } from './finding.ts'

/** Looks for the file to change. */
export function createFinder({ context }: Inspected): (place: Complaint['place']) => Place | null {
  const { sources } = context
  return () => (sources === undefined ? null : null)
}
