/** The Message-ID of ours: a function of edition and recipient, so that every try carries the same one, and a report leads back to its delivery. */

import { hash } from 'node:crypto'

/** A Message-ID of ours taken apart: `<edition.digest@domain>`. */
export interface OwnMessageId {
  readonly edition: string
  /** As `messageDigest` makes it. */
  readonly digest: string
}

/** `<edition.digest@domain>`. The address is in its normal form. */
export function messageId(edition: string, address: string, domain: string): string {
  return `<${edition}.${messageDigest(edition, address)}@${domain}>`
}

/** 32 hexadecimal digits. */
export function messageDigest(edition: string, address: string): string {
  return hash('sha256', `${edition}\n${address}`, 'hex').slice(0, 32)
}

/** Takes a Message-ID apart; null for one that is not made as ours are. */
export function parseMessageId(id: string | null): OwnMessageId | null {
  const [, edition, digest] = /^<([\w.-]{1,100})\.([0-9a-f]{32})@[^<>@]+>$/.exec(id ?? '') ?? []
  return edition === undefined || digest === undefined ? null : { edition, digest }
}

/** Whether the message with this id went to an address. */
export function isMessageTo({ edition, digest }: OwnMessageId, address: string): boolean {
  return messageDigest(edition, address) === digest
}
