import type { Calendar } from '../selection/calendar.ts'
import { parseEditionId, rhythmOf } from '../selection/edition-id.ts'
import type { PastEdition, Window } from '../selection/selection.ts'
import { windowBetween, windowOfEdition } from '../selection/windows.ts'
import type { EditionFile } from './edition.ts'

/** The window of an edition that has a file: the one the file names, else the one its id means. Throws UserError `window-invalid` as `windowOfEdition` does. */
export function windowOfFile({ id, window }: EditionFile, calendar: Calendar): Window {
  const parsed = parseEditionId(id)
  if (window === null) return { ...windowOfEdition(parsed, calendar), id }
  return windowBetween(window.from, window.to, calendar.timeZone, { id, rhythm: rhythmOf(parsed) })
}

/** What selection has to know of an edition that has a file. `language` is the publication's: an edition that names none is in it. */
export function toPastEdition(file: EditionFile, calendar: Calendar, language: string): PastEdition {
  const { id, rhythm, from, to } = windowOfFile(file, calendar)
  const listed = file.items?.map(({ slug, canonical, updatedAt }) => ({ slug, canonical, updatedAt })) ?? null
  return {
    id,
    rhythm,
    status: file.status,
    sentAt: file.sentAt,
    from,
    to,
    language: file.language ?? parseEditionId(file.id).language ?? language,
    ran: file.status === 'draft' ? (listed ?? []) : listed,
    dropped: file.dropped,
  }
}
