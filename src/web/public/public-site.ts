/** What the routes answer from. Types only. */

import type { Config } from '../../config/config.ts'
import type { WebhookReceivers } from '../../delivery/webhooks/webhook.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Messages } from '../../locale/messages.ts'
import type { SecretKeys } from '../../message/secret-keys.ts'
import type { Confirmation } from '../../render/render-confirmation.ts'
import type { Unsubscription } from '../../subscribers/change-state.ts'
import type { Archive } from './read-archive.ts'
import type { SignUpDesk } from './sign-up/sign-up-desk.ts'

/** The subscriber's side of a publication. */
export interface PublicSite {
  readonly config: Config
  /** Where it is reached from outside, without a slash at its end. */
  readonly publicUrl: string
  /** The path of that address, without a slash at its end: empty where it is the root. What pages link to begins with it. */
  readonly base: string
  readonly ledger: Ledger
  readonly secret: SecretKeys
  readonly archive: Archive
  /** Takes a person off the list; together with all who ask at the same time. */
  readonly unsubscribe: (request: Unsubscription) => Promise<boolean>
  readonly clock: () => Date
  readonly webhooks: WebhookReceivers
  /** Languages that pages are offered in; the publication's own first. */
  readonly languages: readonly string[]
  readonly messagesFor: (language: string) => Promise<Messages>
  /** Null where nobody can sign up. */
  readonly signUp: SignUpDesk | null
  /** The mail that asks whoever signed up whether it was them. */
  readonly confirmationFor: (language: string) => Promise<Confirmation>
}
