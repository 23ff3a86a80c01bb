/** The editions that everybody may see: those whose sending has begun, as they were built, without anything of a recipient. */

import { stat } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { readEmail } from '../../output/read-email.ts'
import type { Email } from '../../render/email.ts'
import { joinSegments } from '../../render/join-email.ts'

/** One edition, with nobody's values in it. */
export interface ArchivedEdition {
  readonly id: string
  readonly subject: string
  readonly preheader: string
  readonly language: string
  /** When its sending began. */
  readonly sentAt: Date
  readonly html: string
  /** Of its content. */
  readonly hash: string
}

/** The archive. */
export interface Archive {
  /** The newest first. */
  readonly list: () => Promise<readonly ArchivedEdition[]>
  /** Null where it has not been sent, or is not there as it was sent. */
  readonly open: (id: string) => Promise<ArchivedEdition | null>
}

/** Where it reads, and what links lead to that are everybody's. */
export interface ArchivePlace {
  readonly ledger: Ledger
  readonly list: string
  readonly out: string
  readonly displayRoot: string
  readonly publicUrl: string
}

/** An archive that reads a file again once it has changed. */
export function openArchive(place: ArchivePlace): Archive {
  const kept = new Map<string, { readonly changedAt: number; readonly edition: ArchivedEdition | null }>()
  const read = async (sent: SentEdition): Promise<ArchivedEdition | null> => {
    const { id } = sent
    const changedAt = await stat(path.join(place.out, id, 'email.json')).then(
      found => found.mtimeMs,
      () => null,
    )
    if (changedAt === null) return null
    const known = kept.get(id)
    if (known?.changedAt === changedAt) return known.edition
    const edition = await readArchived(place, sent)
    kept.set(id, { changedAt, edition })
    return edition
  }
  return {
    list: async () => {
      const editions = await Promise.all((await sentEditions(place)).map(read))
      return editions.filter(edition => edition !== null)
    },
    open: async id => {
      const sent = (await sentEditions(place)).find(each => each.id === id)
      return sent === undefined ? null : read(sent)
    },
  }
}

interface SentEdition {
  readonly id: string
  readonly sentAt: Date
  readonly hashes: Email['hashes']
}

async function sentEditions({ ledger, list }: ArchivePlace): Promise<readonly SentEdition[]> {
  const rows = await ledger.db
    .selectFrom('sendings')
    .select(['edition', 'startedAt', 'hashesJson'])
    .where('list', '=', list)
    .where('kind', '=', 'edition')
    .where('startedAt', 'is not', null)
    .orderBy('startedAt', 'desc')
    .orderBy('edition', 'desc')
    .execute()
  return rows.map(({ edition, startedAt, hashesJson }) => ({
    id: edition,
    sentAt: new Date(startedAt ?? 0),
    hashes: JSON.parse(hashesJson) as Email['hashes'],
  }))
}

/** A build that is broken, or another one than was sent, is not shown: a draft must not come out this way. */
async function readArchived({ out, displayRoot, publicUrl }: ArchivePlace, sent: SentEdition): Promise<ArchivedEdition | null> {
  const email = await readEmail({ out, id: sent.id, displayRoot }).catch((error: unknown) => {
    if (error instanceof UserError) return null
    throw error
  })
  if (email === null || email.hashes.content !== sent.hashes.content) return null
  const values = {
    unsubscribeUrl: `${publicUrl}/unsubscribe`,
    preferencesUrl: `${publicUrl}/preferences`,
    viewUrl: `${publicUrl}/${sent.id}`,
  }
  return {
    id: sent.id,
    subject: joinSegments(email.subject, {}),
    preheader: email.preheader,
    language: email.language,
    sentAt: sent.sentAt,
    html: joinSegments(email.html, values),
    hash: email.hashes.content,
  }
}
