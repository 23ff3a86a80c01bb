import type { SendingRow } from '../../src/ledger/tables.ts'

/** A sending to the list as the ledger has it: of 2026-w06, everybody at once, running. */
export function sendingRow(changes: Partial<SendingRow> = {}): SendingRow {
  return {
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
    startedAt: Date.parse('2026-02-09T09:00:00Z'),
    notAfter: null,
    finishedAt: null,
    recipients: 0,
    split: null,
    winner: null,
    ...changes,
  }
}
