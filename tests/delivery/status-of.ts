/** Statuses for tests, with what matters to them. */

import type { EditionStatus, SendingStatus } from '../../src/delivery/read-status.ts'
import type { UncertainRow } from '../../src/delivery/read-uncertain.ts'
import { type DeliveryCounts, noDeliveries, sumOf } from '../../src/delivery/sending.ts'
import type { SendingRow } from '../../src/ledger/tables.ts'

const begun = Date.parse('2026-02-09T09:00:00Z')

/** A sending with these deliveries. */
export function sendingStatus(sending: Partial<SendingRow>, counts: Partial<DeliveryCounts>): SendingStatus {
  const all = { ...noDeliveries, ...counts }
  const recipients = Object.values(all).reduce((sum, count) => sum + count, 0)
  const row: SendingRow = {
    id: 1,
    list: 'digest',
    edition: '2026-w06',
    kind: 'edition',
    round: 0,
    hashesJson: '{}',
    state: 'running',
    pauseReason: null,
    stopReason: null,
    segment: null,
    forcedBecause: null,
    scheduledFor: null,
    scheduledZone: null,
    startedAt: begun,
    notAfter: null,
    finishedAt: null,
    recipients,
    split: null,
    winner: null,
    ...sending,
  }
  return {
    sending: row,
    sum: sumOf(all, recipients),
    counts: all,
    domains: [],
    relays: [],
    variants: [],
    waitsForWinner: false,
    pace: { duration: null, rate: null, bestRate: null },
    slowest: [],
    errors: [],
    bounces: {},
    nextDueAt: all.deferred > 0 ? begun : null,
  }
}

/** An edition with these sendings. */
export function editionStatus(sendings: readonly SendingStatus[], uncertain: readonly UncertainRow[] = []): EditionStatus {
  return { edition: '2026-w06', sendings, welcome: null, uncertain }
}

/** An uncertain delivery. */
export function uncertainRow(changes: Partial<UncertainRow> = {}): UncertainRow {
  return {
    id: 7,
    sendingId: 1,
    subscriber: 3,
    address: 'ada@reader.example',
    attempts: 1,
    relay: 'relay1',
    queueId: null,
    attemptedAt: begun,
    why: 'the connection ended',
    ...changes,
  }
}
