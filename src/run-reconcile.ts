/** Settling what is uncertain, in one go. */

import type { Settings } from './config/config.ts'
import { durationOf } from './config/duration.ts'
import { requireSender } from './config/require-sender.ts'
import { readSendingsOf } from './delivery/read-sendings.ts'
import { readUncertain, type UncertainRow } from './delivery/read-uncertain.ts'
import { matchUncertain, type UncertainDelivery } from './delivery/reconcile/match-uncertain.ts'
import { readProofs } from './delivery/reconcile/read-proofs.ts'
import { describeProof, type FoundOut, foresee, type Settled, writeSettlements } from './delivery/reconcile/write-settlements.ts'
import { writeOrphans } from './delivery/write-orphans.ts'
import type { Ledger, LedgerPlace } from './ledger/ledger.ts'
import { withLedger } from './ledger/open-ledger.ts'
import { takeWorkerLock } from './ledger/take-worker-lock.ts'
import { messageId } from './message/message-id.ts'
import { domainOf, requireAddress } from './message/require-address.ts'
import { parseSecretIfSet } from './message/secret-keys.ts'
import { parseEditionId } from './selection/edition-id.ts'

/** What to settle, and by what. */
export interface ReconcileRequest {
  readonly settings: Settings
  readonly place: LedgerPlace
  /** An edition's id, or `latest`. */
  readonly edition: string
  /** Postfix's mail logs, the oldest first; `-` is `standardInput`. */
  readonly logs: readonly string[]
  /** Maildirs, mbox and `.eml` files with reports. */
  readonly mailboxes: readonly string[]
  readonly standardInput: AsyncIterable<Uint8Array>
  /** The zone of times in a log that does not name its own (IANA). */
  readonly timeZone: string
  /** NEWS_DIGEST_SECRET; undefined where it is not set. */
  readonly secret: string | undefined
  readonly now: Date
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean
  readonly onProgress?: (step: string, done: number, total: number) => void
}

/** What became of one uncertain delivery. */
export interface ReconciledDelivery {
  readonly delivery: number
  readonly address: string
  readonly result: Settled
  /** What proves it, or why nothing does. */
  readonly why: string
}

/** What became of those that were uncertain, in the order of the snapshots. */
export interface ReconcileResult {
  readonly edition: string
  readonly dryRun: boolean
  readonly deliveries: readonly ReconciledDelivery[]
  /** How many are uncertain afterwards. */
  readonly left: number
}

/**
 * Looks for the uncertain deliveries of an edition in the relay's logs and in reports that came back, and settles in one transaction what was found.
 * @throws UserError `sending-unknown`, `edition-id-invalid`, `file-unreadable`, `config-missing` without sender.email
 */
export function reconcileEdition(request: ReconcileRequest): Promise<ReconcileResult> {
  const { settings, place, now, dryRun } = request
  const domain = domainOf(requireAddress(requireSender(settings, asItWas), 'sender'))
  const wanted = request.edition === 'latest' ? request.edition : parseEditionId(request.edition).id
  const context = {
    now: now.getTime(),
    softLimits: { softLimit: settings.bounces.softLimit, softWithin: durationOf(settings.bounces.softWithin) },
  }
  return withLedger(place, async ledger => {
    const sendings = await readSendingsOf(ledger, { list: settings.list.id, edition: wanted })
    const { edition } = sendings[0]
    if (!dryRun) await settleOrphans({ ledger, request, edition, sendings: sendings.map(({ id }) => id) })
    const rows = await readUncertain(
      ledger,
      sendings.map(({ id }) => id),
    )
    const found = rows.length === 0 ? [] : await findOut(rows, { request, edition, domain })
    const settled = await (dryRun ? foresee : writeSettlements)(ledger, found, context)
    const deliveries = found.map(({ delivery, match }, index) => ({
      delivery: delivery.id,
      address: delivery.address,
      result: settled[index] ?? 'uncertain',
      why: match.kind === 'unknown' ? match.reason : describeProof(match),
    }))
    return { edition, dryRun, deliveries, left: deliveries.filter(({ result }) => result === 'uncertain').length }
  })
}

interface Left {
  readonly ledger: Ledger
  readonly request: ReconcileRequest
  readonly edition: string
  readonly sendings: readonly number[]
}

/** What a process that was killed had under way is uncertain, too: nobody has sent since, who would have said so. Left to whoever is sending now. */
async function settleOrphans({ ledger, request: { place, settings, now }, edition, sendings }: Left): Promise<void> {
  const lock = await takeWorkerLock({ ledger, place, edition, list: settings.list.id })
  if (lock === null) return
  try {
    for (const id of sendings) await writeOrphans(ledger, lock, id, now.getTime())
  } finally {
    await lock.release()
  }
}

const asItWas = { why: "messages are recognized by the sender's domain", which: 'as it was when the edition was sent' }

interface Search {
  readonly request: ReconcileRequest
  readonly edition: string
  readonly domain: string
}

async function findOut(rows: readonly UncertainRow[], { request, edition, domain }: Search): Promise<readonly FoundOut[]> {
  const { logs, mailboxes, standardInput, timeZone, now } = request
  const uncertain = rows.map(
    ({ id, address, queueId, attemptedAt }): UncertainDelivery => ({
      deliveryId: String(id),
      address,
      messageId: messageId(edition, address, domain),
      deliveryHeader: String(id),
      queueId,
      attemptedAt,
    }),
  )
  const secret = parseSecretIfSet(request.secret)
  const sources = { logs, mailboxes, clock: { now: now.getTime(), timeZone }, secret, standardInput }
  const matches = await matchUncertain(uncertain, counted(readProofs(sources, uncertain), request.onProgress))
  return rows.flatMap((delivery, index) => {
    const match = matches[index]
    return match === undefined ? [] : [{ delivery, match }]
  })
}

async function* counted<Item>(items: AsyncIterable<Item>, onProgress: ReconcileRequest['onProgress']): AsyncGenerator<Item> {
  let count = 0
  for await (const item of items) {
    count += 1
    onProgress?.('looking through what relays say: line', count, 0)
    yield item
  }
}
