/** The contract of webhooks: a request of a provider in, events out. Types only. */

import type { BounceReport, Complaint } from '../bounces/bounce-report.ts'
import type { OptOut } from '../bounces/incoming.ts'

/** Providers that report by a webhook, by the name of their route. */
export const webhookProviders = ['ses', 'postmark', 'mailgun', 'sendgrid'] as const

/** A provider that reports by a webhook. */
export type WebhookProvider = (typeof webhookProviders)[number]

/** One thing that a provider tells of. */
export interface WebhookEvent {
  /** The same whenever this provider tells of the same thing, so that it counts once. */
  readonly id: string
  readonly content: BounceReport | Complaint | OptOut
}

/** `ignored`: nothing that concerns the list, such as a delivery. `broken`: an event that lacks what every such event has. */
export type EventReading =
  | { readonly kind: 'event'; readonly event: WebhookEvent }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'broken' }

/** A request as it came. */
export interface WebhookRequest {
  /** A header by its name in any case. */
  readonly header: (name: string) => string | undefined
  readonly body: Uint8Array
  /** Milliseconds since 1970. */
  readonly now: number
}

/** `why` is one clause without anything of a person. The status tells the provider whether to try again. */
export interface RefusedWebhook {
  readonly kind: 'refused'
  readonly status: 400 | 401 | 403 | 406 | 503
  readonly why: string
}

/** What a request is found to be. `confirmed`: the provider asked whether it may send here, and may. */
export type TakenWebhook =
  | { readonly kind: 'events'; readonly readings: readonly EventReading[] }
  | { readonly kind: 'confirmed' }
  | RefusedWebhook

/** Verifies a request and takes it apart. Never throws for what is in it. */
export type TakeWebhook = (request: WebhookRequest) => TakenWebhook | Promise<TakenWebhook>

/** Those providers that are configured. */
export type WebhookReceivers = Readonly<Partial<Record<WebhookProvider, TakeWebhook>>>

/** How history and entries call a provider. */
export const providerNames: Readonly<Record<WebhookProvider, string>> = {
  ses: 'Amazon SES',
  postmark: 'Postmark',
  mailgun: 'Mailgun',
  sendgrid: 'SendGrid',
}

/** Shorthand for a request that is not taken. */
export function refused(status: RefusedWebhook['status'], why: string): RefusedWebhook {
  return { kind: 'refused', status, why }
}
