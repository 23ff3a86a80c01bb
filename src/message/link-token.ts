/**
 * Tokens in links (docs: the protocol of sending): base64url of version, key id, purpose, list, subscriber, epoch, and an HMAC-SHA-256 over all of them, cut
 * to 128 bits. Nothing is stored for a token, so a link works for as long as its key is in NEWS_DIGEST_SECRET.
 */

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SecretKey, SecretKeys } from './secret-keys.ts'

/**
 * Whom a link is for, and what it lets its holder do. `list` is an id of at most 255 bytes, `subscriber` an id up to 2^53 - 1, `epoch` a number up to 2^32 - 1 that
 * the ledger raises when earlier links of a subscriber shall be worth nothing. Only what confirms expires: an unsubscribe link never may.
 */
export type LinkClaim =
  | { readonly purpose: LastingPurpose; readonly list: string; readonly subscriber: number; readonly epoch: number }
  | {
      readonly purpose: 'confirm'
      readonly list: string
      readonly subscriber: number
      readonly epoch: number
      /** To the second. */
      readonly expires: Date
    }

/** Purposes whose links work for ever. */
export type LastingPurpose = 'unsubscribe' | 'preferences'

/** A purpose of a link. One of them cannot be had with a token of another. */
export type LinkPurpose = LinkClaim['purpose']

/** What a token is worth. An expired one was ours: whoever holds it may be told so. */
export type LinkReading = { readonly kind: 'valid' | 'expired'; readonly claim: LinkClaim } | { readonly kind: 'invalid' }

const version = 1
const purposes: readonly LinkPurpose[] = ['unsubscribe', 'preferences', 'confirm']

const keyIdAt = 1
const purposeAt = 5
const listLengthAt = 6
const listAt = 7
const subscriberLength = 7
const epochLength = 4
const expiryLength = 4
const macLength = 16

/** The token of a claim, signed with the first key. Throws where a number of it is out of its bounds. */
export function createLinkToken(claim: LinkClaim, secret: SecretKeys): string {
  const { purpose, list, subscriber, epoch } = claim
  const listLength = Buffer.byteLength(list)
  if (listLength === 0 || listLength > 255) throw new Error(`a list's id has 1 to 255 bytes, not ${listLength}`)
  if (!Number.isSafeInteger(subscriber) || subscriber < 0) throw new Error(`${subscriber} is not the id of a subscriber`)
  if (epoch >>> 0 !== epoch) throw new Error(`${epoch} is not an epoch`)
  const length = listAt + listLength + restLength(purpose)
  const bytes = Buffer.allocUnsafe(length + macLength)
  bytes[0] = version
  bytes.set(secret[0].id, keyIdAt)
  bytes[purposeAt] = purposes.indexOf(purpose)
  bytes[listLengthAt] = listLength
  let at = listAt + bytes.write(list, listAt, 'utf8')
  at = bytes.writeUIntBE(Math.floor(subscriber / 2 ** 32), at, 3)
  at = bytes.writeUInt32BE(subscriber % 2 ** 32, at)
  at = bytes.writeUInt32BE(epoch, at)
  if (claim.purpose === 'confirm') bytes.writeUInt32BE(Math.floor(claim.expires.getTime() / 1000), at)
  macOf(bytes.subarray(0, length), secret[0], purpose).copy(bytes, length, 0, macLength)
  return bytes.toString('base64url')
}

/**
 * What a token is worth for one purpose. All keys are tried on every text, and each comparison takes its whole length: how long it takes says nothing of
 * why a token is refused. What becomes of a claim is for the caller to find out, on one path for subscribers that there are and that there are not.
 */
export function readLinkToken(
  token: string,
  secret: SecretKeys,
  { purpose, now }: { readonly purpose: LinkPurpose; readonly now: Date },
): LinkReading {
  const bytes = Buffer.from(token, 'base64url')
  const isWhole = hasLayout(bytes, purpose) && bytes.toString('base64url') === token
  const judged = isWhole ? bytes : Buffer.alloc(listAt + 1 + restLength(purpose) + macLength)
  const signed = judged.subarray(0, -macLength)
  const mac = judged.subarray(-macLength)
  let isOurs = false
  for (const key of secret) {
    // The key id is under the MAC and tells people which key a link needs; trying them all by it alone would show a clock which ids there are.
    const isRight = timingSafeEqual(macOf(signed, key, purpose).subarray(0, macLength), mac)
    isOurs = isRight || isOurs
  }
  return isWhole && isOurs ? toReading(signed, purpose, now) : { kind: 'invalid' }
}

function hasLayout(bytes: Buffer, purpose: LinkPurpose): boolean {
  const listLength = bytes[listLengthAt] ?? 0
  return (
    bytes[0] === version &&
    bytes[purposeAt] === purposes.indexOf(purpose) &&
    listLength > 0 &&
    bytes.length === listAt + listLength + restLength(purpose) + macLength
  )
}

function toReading(signed: Buffer, purpose: LinkPurpose, now: Date): LinkReading {
  const listEnd = listAt + (signed[listLengthAt] ?? 0)
  const list = signed.toString('utf8', listAt, listEnd)
  const subscriber = signed.readUIntBE(listEnd, 3) * 2 ** 32 + signed.readUInt32BE(listEnd + 3)
  const epoch = signed.readUInt32BE(listEnd + subscriberLength)
  if (purpose !== 'confirm') return { kind: 'valid', claim: { purpose, list, subscriber, epoch } }
  const expires = new Date(signed.readUInt32BE(listEnd + subscriberLength + epochLength) * 1000)
  return { kind: now < expires ? 'valid' : 'expired', claim: { purpose, list, subscriber, epoch, expires } }
}

function restLength(purpose: LinkPurpose): number {
  return subscriberLength + epochLength + (purpose === 'confirm' ? expiryLength : 0)
}

function macOf(signed: Buffer, key: SecretKey, purpose: LinkPurpose): Buffer {
  return createHmac('sha256', key.uses[purpose]).update(signed).digest()
}
