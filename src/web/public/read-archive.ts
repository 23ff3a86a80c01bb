/** The editions that everybody may see, without anything of a recipient: those sent, as they were sent, and those published. */

import { readSentEdition, readSentEditions, readSentEmail, type SentEdition } from '../../delivery/read-sent-editions.ts'
import { emailOfVariant } from '../../render/variant.ts'
import { type ArchivedEdition, type ArchivedPage, type ArchivePlace, toArchivedPage } from './archived-edition.ts'
import { openPublished } from './read-published.ts'

/** The archive. */
export interface Archive {
  /** The newest first. */
  readonly list: () => Promise<readonly ArchivedEdition[]>
  /** Null where it is neither sent nor published. */
  readonly open: (id: string) => Promise<ArchivedPage | null>
}

const mostPages = 100

/** An archive. No path of a request is looked for on the disk: what is there was found by us. */
export function openArchive(place: ArchivePlace): Archive {
  const published = openPublished(place)
  const sentPage = keepPages(place)
  const lines = new Map<string, ArchivedEdition>()
  const lineOf = async (sent: SentEdition): Promise<ArchivedEdition | null> => {
    const known = lines.get(keyOf(sent)) ?? (await sentPage(sent))
    if (known === null) return null
    const { id, subject, preheader, language, sentAt } = known
    const line = { id, subject, preheader, language, sentAt }
    lines.set(keyOf(sent), line)
    return line
  }
  return {
    list: async () => {
      const [sent, built] = await Promise.all([readSentEditions(place.ledger, place.list), published()])
      const sentIds = new Set(sent.map(({ edition }) => edition))
      const others = [...built.values()].filter(({ id }) => !sentIds.has(id))
      const all = [...(await Promise.all(sent.map(lineOf))), ...others].filter(line => line !== null)
      return all.toSorted((one, other) => other.sentAt.getTime() - one.sentAt.getTime() || (one.id < other.id ? 1 : -1))
    },
    open: async id => {
      const sent = await readSentEdition(place.ledger, place.list, id)
      return sent === null ? ((await published()).get(id) ?? null) : sentPage(sent)
    },
  }
}

/** What was sent never changes: the pages that were asked for last are kept. */
function keepPages(place: ArchivePlace): (sent: SentEdition) => Promise<ArchivedPage | null> {
  const pages = new Map<string, ArchivedPage>()
  return async sent => {
    const key = keyOf(sent)
    const known = pages.get(key)
    if (known !== undefined) {
      pages.delete(key)
      pages.set(key, known)
      return known
    }
    const email = await readSentEmail(place.ledger, { ...sent, list: place.list })
    if (email === null) return null
    const shown = sent.winner === 'B' && email.variants !== undefined ? emailOfVariant(email, 'B') : email
    const page = toArchivedPage(shown, new Date(sent.startedAt), place)
    pages.set(key, page)
    const [oldest] = pages.keys()
    if (pages.size > mostPages && oldest !== undefined) pages.delete(oldest)
    return page
  }
}

function keyOf({ edition, contentHash, startedAt, winner }: SentEdition): string {
  return `${edition} ${contentHash} ${startedAt} ${winner ?? ''}`
}
