/** What a message that came back says, as plain data: between taking mail apart and deciding about subscribers. */

/** What a report says about one recipient (RFC 3464 §2.3). */
export interface ReportedRecipient {
  /** Its address as it was sent to, then as the server that failed knew it: the ones to look for among subscribers, in this order. In normal form. */
  readonly addresses: readonly string[]
  readonly action: RecipientAction
  /** Enhanced status code (RFC 3463); null where the report gives none. */
  readonly status: string | null
  /** What the failing server said, on one line, cleaned and cut to 500 characters; empty where it said nothing. */
  readonly diagnostic: string
  /** What a provider made of it that reports in its own terms. */
  readonly verdict?: ProviderVerdict
}

/** A provider's own judgement of a failure. */
export interface ProviderVerdict {
  readonly means: 'hard' | 'soft' | 'policy'
  /** The provider's word for it: `Postmark says HardBounce`. */
  readonly says: string
}

/** RFC 3464 §2.3.3. Only `failed` is a bounce; `delayed` is still being tried. */
export type RecipientAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'

/** What tells which delivery a report is about: to be asked in the order of these fields, then the recipients' addresses. */
export interface DeliveryMarks {
  /** Addresses that the report was sent to, or that the returned message was sent from: one may be a return path of ours (VERP). */
  readonly returnPaths: readonly string[]
  /** The header X-News-Digest-Delivery of the returned message. */
  readonly deliveryHeader: string | null
  /** The Message-ID of the returned message, in its angle brackets. */
  readonly messageId: string | null
  /** The relay's own name for the message, as its reply to the message had told it. */
  readonly queueId: string | null
  /** RFC 3461 §4.4: ENVID, as the sender gave it. */
  readonly envelopeId: string | null
  /** The address in the To of the returned message. A last resort: anybody can write one. */
  readonly returnedTo: string | null
}

/** A report of a mail server about deliveries, whichever its format. */
export interface BounceReport {
  readonly kind: 'bounce'
  /** The format that it was read by. */
  readonly format: 'rfc3464' | 'qmail' | 'exim' | 'plain' | 'webhook'
  /** At least one. */
  readonly recipients: readonly [ReportedRecipient, ...ReportedRecipient[]]
  readonly marks: DeliveryMarks
  /** When the report was written, by its own Date, milliseconds since 1970. Can be wrong, or in the future. */
  readonly at: number | null
}

/** Feedback of a mailbox provider: its user complained (RFC 5965), or it wants something else to be known. */
export interface Complaint {
  readonly kind: 'complaint'
  /** RFC 5965 §3.1 and IANA's registry: `abuse`, `fraud`, `not-spam` …; in lower case. */
  readonly feedbackType: string
  /** The addresses that it names, in normal form: often none, or one made unreadable. */
  readonly addresses: readonly string[]
  readonly marks: DeliveryMarks
  readonly at: number | null
}

/** A message that says nothing about a delivery: a vacation reply, a receipt, an ordinary letter, or what cannot be read. */
export interface Nothing {
  readonly kind: 'nothing'
  /** One clause in English. */
  readonly reason: string
}

/** What a message that came back is. */
export type ParsedBounce = BounceReport | Complaint | Nothing
