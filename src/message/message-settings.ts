import type { Config } from '../config/config.ts'
import type { Email } from '../render/email.ts'
import { normalDomain } from './check-address.ts'

/** What a message is sent for: Feedback-ID names it, the links of a test unsubscribe nobody, and a confirmation is no bulk mail. */
export type MessageKind = 'edition' | 'welcome' | 'test' | 'confirmation'

/** What the headers say besides the email itself; the same for every recipient of a sending. */
export interface MessageSettings {
  readonly kind: MessageKind
  readonly fromName: string
  /** List-Id and Message-ID end in its domain. */
  readonly fromAddress: string
  readonly replyTo: string | null
  /** RFC 2919: with the sender's domain behind it, `id` is the List-Id. */
  readonly list: { readonly name: string; readonly id: string } | null
  /** Offered in List-Unsubscribe behind the link, for mail programs that unsubscribe by a message. */
  readonly unsubscribeEmail: string | null
  /** UTC instant (ISO 8601): the window's end in a built `.eml`, the time of sending in a sent one. */
  readonly date: string
  /** True for a relay with SMTPUTF8: then a recipient's local part may be beyond ASCII, and stands so in To (RFC 6532). Default: false. */
  readonly smtputf8?: boolean
}

/**
 * What the configuration says of a message. Where no sender is configured yet, it comes from the site's own host, or from nowhere (RFC 2606) where that is
 * no domain: enough for a build, which sends nothing.
 */
export function messageSettingsOf(config: Config, email: Pick<Email, 'date'>, changes: Partial<MessageSettings> = {}): MessageSettings {
  const { site, sender, links, list } = config
  return {
    kind: 'edition',
    fromName: sender.name ?? site.name,
    fromAddress: sender.email ?? `digest@${normalDomain(new URL(site.url).hostname) ?? 'news-digest.invalid'}`,
    replyTo: sender.replyTo ?? null,
    list: { name: list.name ?? site.name, id: list.id },
    unsubscribeEmail: links.unsubscribeEmail ?? null,
    date: email.date,
    ...changes,
  }
}
