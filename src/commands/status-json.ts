import type { SendingStatus } from '../delivery/read-status.ts'
import type { SendingRow } from '../ledger/tables.ts'
import type { SendingLine } from '../report/format-sendings.ts'
import type { EditionReport } from '../run-status.ts'
import { instantJson } from './json.ts'

/** Sendings as `--json` shows them: instants in UTC (ISO 8601). */
export function sendingsJson(sendings: readonly SendingLine[]): readonly object[] {
  return sendings.map(({ sending, ...rest }) => ({ ...sendingJson(sending), ...rest }))
}

/** An edition's status as `--json` shows it: everything, instants in UTC (ISO 8601), durations in milliseconds. */
export function statusJson({ sendings, uncertain, ...report }: EditionReport): object {
  return {
    ...report,
    sendings: sendings.map(statusOf),
    uncertain: uncertain.map(({ attemptedAt, ...row }) => ({ ...row, attemptedAt: instantJson(attemptedAt) })),
  }
}

function statusOf({ sending, slowest, errors, nextDueAt, ...status }: SendingStatus): object {
  return {
    ...sendingJson(sending),
    ...status,
    slowest: slowest.map(({ at, ...each }) => ({ ...each, at: instantJson(at) })),
    errors: errors.map(({ lastAt, ...each }) => ({ ...each, lastAt: instantJson(lastAt) })),
    nextDueAt: instantJson(nextDueAt),
  }
}

function sendingJson({ hashesJson, scheduledFor, startedAt, notAfter, finishedAt, ...sending }: SendingRow): object {
  return {
    ...sending,
    hashes: JSON.parse(hashesJson),
    scheduledFor: instantJson(scheduledFor),
    startedAt: instantJson(startedAt),
    notAfter: instantJson(notAfter),
    finishedAt: instantJson(finishedAt),
  }
}
