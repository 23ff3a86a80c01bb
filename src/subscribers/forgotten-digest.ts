import { createHmac } from 'node:crypto'

/** What stays of somebody who was forgotten: HMAC-SHA-256 of the normal address, keyed with the ledger's salt. */
export function forgottenDigest(address: string, salt: string): string {
  return createHmac('sha256', salt).update(address).digest('base64url')
}
