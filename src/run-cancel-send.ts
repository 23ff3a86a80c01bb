import type { Config } from './config/config.ts'
import { readEarlierSendings, readLatestEdition } from './delivery/read-earlier-sendings.ts'
import type { SendReport } from './delivery/send-report.ts'
import { writeUnscheduled } from './delivery/write-wishes.ts'
import { UserError } from './errors.ts'
import type { LedgerPlace } from './ledger/ledger.ts'
import { withLedger } from './ledger/open-ledger.ts'
import { parseEditionId } from './selection/edition-id.ts'

/** Whose time is taken back. Neither the build nor a relay is needed for it. */
export interface CancelRequest {
  readonly config: Pick<Config, 'list'>
  /** An edition's id, or `latest`: the one whose time comes first. */
  readonly editionId: string
  readonly ledgerPlace: LedgerPlace
}

/**
 * Takes back the time that an edition waits for; a process that waits for it notices, and ends. Nothing is sent.
 * @throws UserError `sending-unknown` where it waits for none
 */
export function cancelSending({ config, editionId, ledgerPlace }: CancelRequest): Promise<SendReport> {
  return withLedger(ledgerPlace, async ledger => {
    const edition = editionId === 'latest' ? await readLatestEdition(ledger, config.list.id, 'scheduled') : parseEditionId(editionId).id
    const sendings = edition === null ? [] : await readEarlierSendings(ledger, config.list.id, edition)
    const scheduled = sendings.find(({ state }) => state === 'scheduled')
    if (edition === null || scheduled === undefined) throw notScheduled(edition)
    await writeUnscheduled(ledger, scheduled.id)
    return {
      edition,
      kind: 'edition',
      outcome: { kind: 'cancelled' },
      sum: null,
      milliseconds: 0,
      acceptedNow: 0,
      markedFile: null,
      problems: [],
    }
  })
}

function notScheduled(edition: string | null): UserError {
  return new UserError({
    code: 'sending-unknown',
    message:
      edition === null
        ? 'no edition waits for a time, so there is nothing to cancel'
        : `${edition} waits for no time, so there is nothing to cancel`,
    hint: '"news-digest status" lists what there is. A sending that has begun is stopped by Ctrl-C where it runs.',
  })
}
