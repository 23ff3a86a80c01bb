import type { Ledger } from '../ledger/ledger.ts'
import type { Email } from '../render/email.ts'

/** Keeps an edition as it goes out, once: builds come and go, and readers have what was sent. */
export async function writeSentEdition(ledger: Ledger, list: string, email: Email): Promise<void> {
  await ledger.write(db =>
    db
      .insertInto('sentEditions')
      .values({ list, edition: email.edition, contentHash: email.hashes.content, emailJson: JSON.stringify(email) })
      .onConflict(conflict => conflict.columns(['list', 'edition', 'contentHash']).doNothing())
      .execute(),
  )
}
