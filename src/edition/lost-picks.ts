import type { Problem } from '../errors.ts'
import type { LostPick } from './edition.ts'

/** A pick of the editor's that could not be followed, in an edition that is not sent yet: without it, the edition is not what its editor wanted. */
export function isLostPick({ code, severity }: Pick<Problem, 'severity'> & { readonly code: string }): boolean {
  return severity === 'error' && (code === 'edition-pick-missing' || code === 'edition-pick-hidden')
}

/** Those of an edition file's problems that are lost picks, as an edition remembers them: whoever reads it later knows what it lacks. */
export function lostPicksOf(problems: readonly Problem[]): readonly LostPick[] {
  return problems.filter(isLostPick).map(({ message, place, hint }) => ({ line: place?.line ?? null, message, hint }))
}
