import { type SnapshotRequest, writeSnapshot } from '../../src/delivery/write-snapshot.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { SendingRow } from '../../src/ledger/tables.ts'

/** Everybody who is subscribed, now. */
export function takeSnapshot(ledger: Ledger, changes: Partial<SnapshotRequest> = {}): Promise<SendingRow> {
  const now = Date.now()
  return writeSnapshot(ledger, {
    list: 'digest',
    edition: '2026-w06',
    kind: 'edition',
    round: 0,
    hashesJson: '{}',
    segment: null,
    condition: null,
    forcedBecause: null,
    now,
    notAfter: now + 3 * 86_400_000,
    split: null,
    ...changes,
  })
}
