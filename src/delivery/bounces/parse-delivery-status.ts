/** Delivery status notifications (RFC 3464, RFC 6533). */

import type { RecipientAction, ReportedRecipient } from './bounce-report.ts'
import { addressOf, type FieldGroup, fieldOf, parseFieldGroups, shortLine, unique } from './report-fields.ts'

/** What a delivery-status part says. */
export interface DeliveryStatus {
  readonly envelopeId: string | null
  /** At most 1,000. */
  readonly recipients: readonly ReportedRecipient[]
}

const mostRecipients = 1000
const actions: readonly RecipientAction[] = ['failed', 'delayed', 'delivered', 'relayed', 'expanded']

/**
 * Reads the text of a `message/delivery-status` part: one group of fields about the message, then one about each recipient. Servers put empty lines
 * where none belong and leave out those that do, so the names of the fields decide what a group is about.
 */
export function parseDeliveryStatus(text: string): DeliveryStatus {
  const groups = parseFieldGroups(text)
  return {
    envelopeId: groups.map(group => fieldOf(group, 'original-envelope-id')).find(each => each !== null) ?? null,
    recipients: joinTornGroups(groups).flatMap(splitRun).slice(0, mostRecipients).map(toRecipient),
  }
}

/** The groups that name a recipient, each with the groups after it that name none. */
function joinTornGroups(groups: readonly FieldGroup[]): FieldGroup[] {
  const joined: Map<string, readonly string[]>[] = []
  for (const group of groups) {
    const last = joined.at(-1)
    if (namesRecipient(group)) joined.push(new Map(group))
    else if (last !== undefined) for (const [name, values] of group) if (!last.has(name)) last.set(name, values)
  }
  return joined
}

/** A group in which several recipients run together without an empty line, as one group for each. */
function splitRun(group: FieldGroup): FieldGroup[] {
  const count = Math.min(group.get('final-recipient')?.length ?? 1, mostRecipients)
  if (count < 2) return [group]
  return Array.from({ length: count }, (_, index) => {
    const own = [...group].map(([name, values]): [string, readonly string[]] => [
      name,
      values.length === count ? values.slice(index, index + 1) : values,
    ])
    return new Map(own)
  })
}

function namesRecipient(group: FieldGroup): boolean {
  return group.has('final-recipient') || group.has('original-recipient')
}

function toRecipient(group: FieldGroup): ReportedRecipient {
  const diagnostic = (fieldOf(group, 'diagnostic-code') ?? '').replace(/^\s*[\w-]{1,20}\s*;\s*/, '')
  // `5.1.1 (bad destination mailbox address)`: RFC 3464 §2.3.4 lets a comment follow.
  const status = /^\s*([245]\.\d{1,3}\.\d{1,3})(?!\d)/.exec(fieldOf(group, 'status') ?? '')?.[1] ?? null
  return {
    addresses: unique([addressOf(fieldOf(group, 'original-recipient')), addressOf(fieldOf(group, 'final-recipient'))]),
    action: actionOf(fieldOf(group, 'action'), status),
    status,
    diagnostic: shortLine(diagnostic),
  }
}

/** Without an action that is known, the class of the status tells (RFC 3464 §2.3.3 asks for both). */
function actionOf(value: string | null, status: string | null): RecipientAction {
  const word = /[a-z]+/.exec((value ?? '').toLowerCase())?.[0]
  const known = actions.find(each => each === word)
  if (known !== undefined) return known
  if (status?.startsWith('2.')) return 'delivered'
  return status?.startsWith('4.') ? 'delayed' : 'failed'
}
