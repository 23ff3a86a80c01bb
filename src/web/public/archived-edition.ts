/** What the archive is made of. */

import type { Ledger } from '../../ledger/ledger.ts'
import type { Email } from '../../render/email.ts'
import { joinSegments } from '../../render/join-email.ts'

/** One edition in the list. */
export interface ArchivedEdition {
  readonly id: string
  readonly subject: string
  readonly preheader: string
  readonly language: string
  /** When its sending began; of one that was only published, when its window ended. */
  readonly sentAt: Date
}

/** One edition whole, with nobody's values in it. */
export interface ArchivedPage extends ArchivedEdition {
  readonly html: string
}

/** Where the archive reads, and what links lead to that are everybody's. */
export interface ArchivePlace {
  readonly ledger: Ledger
  readonly list: string
  readonly out: string
  readonly displayRoot: string
  readonly publicUrl: string
}

/** An email as everybody may see it: links that would be a recipient's lead to pages without a token. */
export function toArchivedPage(email: Email, sentAt: Date, { publicUrl }: Pick<ArchivePlace, 'publicUrl'>): ArchivedPage {
  const { edition: id, preheader, language } = email
  const values = { unsubscribeUrl: `${publicUrl}/unsubscribe`, preferencesUrl: `${publicUrl}/preferences`, viewUrl: `${publicUrl}/${id}` }
  return { id, subject: joinSegments(email.subject, {}), preheader, language, sentAt, html: joinSegments(email.html, values) }
}
