import type { BounceReport } from '../bounces/bounce-report.ts'
import type { RelayEvent } from './relay-event.ts'

/**
 * What a report that came back proves about its message: a server had it, so the relay had taken it over. As events, for `matchUncertain`. `deliveryHeader`: what
 * the caller read out of one of its return paths (`marks.returnPaths`), where it could.
 */
export function reportEvents({ recipients, marks, at }: BounceReport, deliveryHeader: string | null = null): RelayEvent[] {
  const statuses = { failed: 'bounced', delayed: 'deferred', delivered: 'sent', relayed: 'sent', expanded: 'sent' } as const
  return recipients.map(({ addresses, action, status, diagnostic }) => ({
    queueId: null,
    messageId: marks.messageId,
    deliveryHeader: deliveryHeader ?? marks.deliveryHeader,
    to: addresses[0] ?? null,
    status: statuses[action],
    dsn: status,
    relay: null,
    text: diagnostic,
    at,
  }))
}
