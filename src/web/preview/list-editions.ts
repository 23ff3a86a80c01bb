/** Which editions there are to choose from. */

import type { Config } from '../../config/config.ts'
import type { EditionFile } from '../../edition/edition.ts'
import { windowOfFile } from '../../edition/past-edition.ts'
import type { GalleryEntry } from '../../output/render-gallery.ts'
import { calendarOf } from '../../run-plan.ts'
import { editionIdOf, isEditionId, parseEditionId } from '../../selection/edition-id.ts'
import type { Window } from '../../selection/selection.ts'
import { previousWindow, windowOfEdition } from '../../selection/windows.ts'
import type { EditionEntry, EditionKey } from './api.ts'
import { builtKey } from './edition-key.ts'

/** What editions are listed from. */
export interface KnownEditions {
  readonly config: Config
  readonly files: readonly EditionFile[]
  readonly built: readonly Pick<GalleryEntry, 'id' | 'subject' | 'template' | 'firstDay' | 'lastDay'>[]
  /** The newest window with something to send; null where the content cannot be read. */
  readonly next: Window | null
}

/** Every edition to choose, newest first; one that is built stands below the same one from content. */
export function listEditions({ config, files, built, next }: KnownEditions): readonly EditionEntry[] {
  const calendar = calendarOf(config)
  const planned = files.map(file => fromContent(windowOfFile(file, calendar), file, next))
  const live = next === null || files.some(file => file.id === next.id) ? [] : [fromContent(next, null, next)]
  const written = built
    .filter(({ id }) => isEditionId(id))
    .map(({ id, subject, template, firstDay, lastDay }) => ({
      key: builtKey(id),
      id,
      kind: 'built' as const,
      next: false,
      subject,
      template: template ?? null,
      firstDay,
      lastDay,
      status: files.find(file => file.id === id)?.status ?? null,
    }))
  const entries = [...planned, ...live, ...written].sort(newestFirst)
  return entries.map(entry => ({ ...entry, previous: findPrevious(entry, entries, config) }))
}

type Unlinked = Omit<EditionEntry, 'previous'>

function fromContent({ id, firstDay, lastDay }: Window, file: EditionFile | null, next: Window | null): Unlinked {
  const kind = file === null ? 'live' : 'planned'
  const { subject = null, subjects = null, template = null, status = null } = file ?? {}
  return { key: id, id, kind, next: id === next?.id, subject: subjects?.[0] ?? subject, template, firstDay, lastDay, status }
}

function newestFirst(a: Unlinked, b: Unlinked): number {
  return compare(b.firstDay, a.firstDay) || compare(a.id, b.id) || Number(a.kind === 'built') - Number(b.kind === 'built')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The one before in the list, of the same rhythm and language, as it was written where it was; else the window before, from content. */
function findPrevious(entry: Unlinked, entries: readonly Unlinked[], config: Config): EditionKey | null {
  const id = parseEditionId(entry.id)
  const earlier = entries.filter(each => {
    const other = parseEditionId(each.id)
    return each.firstDay < entry.firstDay && other.kind === id.kind && other.language === id.language
  })
  const [nearest] = earlier
  if (nearest !== undefined) return (earlier.find(each => each.id === nearest.id && each.kind === 'built') ?? nearest).key
  const window = previousWindow(windowOfEdition(id, calendarOf(config)), calendarOf(config))
  return editionIdOf(window.id, id.language ?? config.site.language, config.site.language)
}
