/** Where sendings stand, in one go. */

import { isIncomplete, isSendingIncomplete, type NextStep, nextSteps } from './delivery/next-steps.ts'
import { type RecipientRow, readRecipients } from './delivery/read-recipients.ts'
import { readSendings } from './delivery/read-sendings.ts'
import { type EditionStatus, readStatus } from './delivery/read-status.ts'
import type { LedgerPlace } from './ledger/ledger.ts'
import { withLedger } from './ledger/open-ledger.ts'
import { hasWorker } from './ledger/read-workers.ts'
import type { SendingLine } from './report/format-sendings.ts'
import { parseEditionId } from './selection/edition-id.ts'

/** Which ledger, and which of its lists. */
export interface StatusRequest {
  readonly place: LedgerPlace
  /** `list.id` of the configuration. */
  readonly list: string
}

/** Which edition: its id, or `latest`. */
export interface EditionStatusRequest extends StatusRequest {
  readonly edition: string
}

/** The same, with the clock's time. */
export interface EditionReportRequest extends EditionStatusRequest {
  readonly now: Date
}

/** Where an edition stands, and what comes next. */
export interface EditionReport extends EditionStatus {
  /** Whether a process is sending it now. */
  readonly isBeingSent: boolean
  readonly isIncomplete: boolean
  readonly next: readonly NextStep[]
}

/** Every sending of a list, the newest first, each with the sum of its recipients. */
export interface SendingsReport {
  readonly sendings: readonly SendingLine[]
  readonly isIncomplete: boolean
}

/** Lists the sendings. Changes nothing. */
export function listSendings({ place, list }: StatusRequest): Promise<SendingsReport> {
  return withLedger(place, async ledger => {
    const sendings: SendingLine[] = []
    for (const each of await readSendings(ledger, list)) {
      const { edition, state } = each.sending
      const isBeingSent = state !== 'finished' && state !== 'paused' && (await hasWorker({ ledger, place, list, edition }))
      sendings.push({ ...each, isBeingSent })
    }
    return { sendings, isIncomplete: sendings.some(isSendingIncomplete) }
  })
}

/**
 * Says what became of every recipient of an edition: a sum that closes, by state, domain and relay, what went wrong, and what to do next. Changes nothing.
 * @throws UserError `sending-unknown` for an edition that was not sent from this ledger, `edition-id-invalid` for what names none
 */
export function reportEdition({ place, list, edition, now }: EditionReportRequest): Promise<EditionReport> {
  return withLedger(place, async ledger => {
    const status = await readStatus(ledger, { list, edition: idOf(edition) })
    const isBeingSent = await hasWorker({ ledger, place, list, edition: status.edition })
    return { ...status, isBeingSent, isIncomplete: isIncomplete(status), next: nextSteps(status, { isBeingSent, now: now.getTime() }) }
  })
}

/**
 * Hands over every recipient of an edition, some hundred at a time; the next ones are read when `onRows` has resolved. Changes nothing.
 * @throws UserError `sending-unknown`, `edition-id-invalid`
 */
export function eachRecipient(
  { place, list, edition }: EditionStatusRequest,
  onRows: (rows: readonly RecipientRow[]) => Promise<void>,
): Promise<void> {
  return withLedger(place, async ledger => {
    for await (const rows of readRecipients(ledger, { list, edition: idOf(edition) })) await onRows(rows)
  })
}

function idOf(edition: string): string {
  return edition === 'latest' ? edition : parseEditionId(edition).id
}
