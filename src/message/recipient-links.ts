import type { MergeValues } from '../render/email.ts'
import { createLinkToken } from './link-token.ts'
import type { SecretKeys } from './secret-keys.ts'

/** Where links of a message lead; the same for all recipients of an edition. */
export interface LinkPlaces {
  /** `links.publicUrl` of the configuration: where `news-digest serve` answers. */
  readonly publicUrl: string
  /** `list.id` of the configuration. */
  readonly list: string
  readonly edition: string
}

/** The merge values that are links. */
export type RecipientLinks = Required<Pick<MergeValues, 'unsubscribeUrl' | 'preferencesUrl' | 'viewUrl'>>

/**
 * The links of one recipient, a subscriber's id and epoch. The link to view an edition is the same for everybody and holds nothing personal, so that it
 * can be passed on.
 */
export function recipientLinks(
  places: LinkPlaces,
  secret: SecretKeys,
  recipient: { readonly subscriber: number; readonly epoch: number },
): RecipientLinks {
  const publicUrl = trimUrl(places.publicUrl)
  const { list } = places
  const { subscriber, epoch } = recipient
  return {
    unsubscribeUrl: `${publicUrl}/unsubscribe/${createLinkToken({ purpose: 'unsubscribe', list, subscriber, epoch }, secret)}`,
    preferencesUrl: `${publicUrl}/preferences/${createLinkToken({ purpose: 'preferences', list, subscriber, epoch }, secret)}`,
    viewUrl: `${publicUrl}/${places.edition}`,
  }
}

function trimUrl(url: string): string {
  return url.replace(/\/+$/, '')
}
