/** What tells which delivery a report is about. */

import type { DeliveryMarks } from './bounce-report.ts'
import { addressesIn, addressOf, type FieldGroup, fieldOf, messageIdOf, parseFieldGroups, unique } from './report-fields.ts'

/** Where marks may stand in a report. */
export interface MarkSources {
  /** All values of a header of the report. */
  readonly headers: (name: string) => readonly string[]
  /** The address that the report was sent to, where the caller knows it. */
  readonly envelopeTo: string | null
  /** The returned message, or its headers; null where the report has none. */
  readonly returned: string | null
  /** The report's words, in which some servers quote the headers. */
  readonly text: string
  readonly envelopeId: string | null
  readonly mailFrom: string | null
}

// Which server writes which: Postfix and qmail Delivered-To, Postfix X-Original-To, Exim Envelope-To.
const envelopeHeaders = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to', 'cc']
const mostReturnPaths = 20

/** The marks that a report carries. Every one of them can be forged by whoever knows one; a return path that is signed cannot. */
export function readMarks({ headers, envelopeTo, returned, text, envelopeId, mailFrom }: MarkSources): DeliveryMarks {
  const group = returned === null ? undefined : parseFieldGroups(headersOf(returned))[0]
  const quoted = (name: string) => quotedField(text, name)
  const returnPaths = [
    addressOf(envelopeTo),
    ...envelopeHeaders.flatMap(name => headers(name).flatMap(addressesIn)),
    mailFrom,
    ...(group?.get('return-path') ?? []).flatMap(addressesIn),
  ]
  return {
    returnPaths: unique(returnPaths).slice(0, mostReturnPaths),
    deliveryHeader: markOf(fieldOf(group, 'x-news-digest-delivery') ?? quoted('X-News-Digest-Delivery')),
    messageId: messageIdOf(fieldOf(group, 'message-id') ?? quoted('Message-ID')),
    queueId: null,
    envelopeId: markOf(envelopeId),
    returnedTo: toOf(group),
  }
}

function toOf(group: FieldGroup | undefined): string | null {
  return addressesIn(fieldOf(group, 'to') ?? '')[0] ?? null
}

/** Headers end at the first empty line (RFC 5322 §2.1); what a server puts before them is passed over. */
function headersOf(returned: string): string {
  const begun = returned.replace(/^\s+/, '')
  const end = /\r?\n\r?\n/.exec(begun)?.index ?? begun.length
  return begun.slice(0, end)
}

/** A header as it stands in a report's words, perhaps behind `> `. */
function quotedField(text: string, name: string): string | null {
  return new RegExp(`^[> \\t]{0,8}${name}:[ \\t]{0,8}(?:\\r?\\n[> \\t]{1,8})?([^\\r\\n]{1,500})`, 'im').exec(text)?.[1] ?? null
}

/** An identifier of ours: printable ASCII in one piece. */
function markOf(value: string | null): string | null {
  const mark = value?.trim() ?? ''
  return /^[!-~]{1,200}$/.test(mark) ? mark : null
}
