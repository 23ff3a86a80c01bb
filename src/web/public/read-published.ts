/** Built editions whose file says `published: true`. */

import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../../errors.ts'
import { readEdition } from '../../output/read-edition.ts'
import { readEmail } from '../../output/read-email.ts'
import { isEditionId } from '../../selection/edition-id.ts'
import { type ArchivedPage, type ArchivePlace, toArchivedPage } from './archived-edition.ts'

/** Published editions by their ids, in no order. A build is read again once its file has changed. */
export function openPublished(place: ArchivePlace): () => Promise<ReadonlyMap<string, ArchivedPage>> {
  const kept = new Map<string, { readonly changedAt: number; readonly page: ArchivedPage | null }>()
  const read = async (id: string): Promise<ArchivedPage | null> => {
    const changedAt = await stat(path.join(place.out, id, 'email.json')).then(
      found => found.mtimeMs,
      () => null,
    )
    if (changedAt === null) return null
    const known = kept.get(id)
    if (known?.changedAt === changedAt) return known.page
    const page = await readPublished(place, id)
    kept.set(id, { changedAt, page })
    return page
  }
  return async () => {
    const entries = await readdir(place.out, { withFileTypes: true }).catch(() => [])
    const ids = entries.filter(entry => entry.isDirectory() && isEditionId(entry.name)).map(({ name }) => name)
    const pages = await Promise.all(ids.map(read))
    return new Map(pages.flatMap(page => (page === null ? [] : [[page.id, page]])))
  }
}

/** A build that is broken is not shown, and neither is a draft. */
async function readPublished(place: ArchivePlace, id: string): Promise<ArchivedPage | null> {
  try {
    const [edition, email] = await Promise.all([readEdition({ ...place, id }), readEmail({ ...place, id })])
    return edition.published === true ? toArchivedPage(email, new Date(email.date), place) : null
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}
