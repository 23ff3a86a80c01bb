/**
 * Return paths that name their delivery (VERP): `bounces+<delivery>.<mac>@example.com`. Whatever a server says about a message comes back to an address that tells
 * which message it was; the code behind it keeps others from making up bounces that would strike people off the list.
 */

import { createHmac, timingSafeEqual } from 'node:crypto'
import { UserError } from '../errors.ts'
import { checkAddress } from './check-address.ts'
import type { SecretKey, SecretKeys } from './secret-keys.ts'

/** 64 bits: nobody can try that many addresses at a mail server. In hexadecimal, which a change of case does no harm. */
const macDigits = 16

/**
 * The return path of one delivery, an id up to 2^53 - 1. Throws UserError `address-invalid` where `bounces.address` is none that leaves room for the id before
 * its `@` (64 characters, RFC 5321 §4.5.3.1.1).
 */
export function verpAddress(bounceAddress: string, delivery: number, secret: SecretKeys): string {
  if (!Number.isSafeInteger(delivery) || delivery < 0) throw new Error(`${delivery} is not the id of a delivery`)
  const at = bounceAddress.lastIndexOf('@')
  const id = delivery.toString(36)
  const check = checkAddress(`${bounceAddress.slice(0, at)}+${id}.${macOf(id, secret[0])}${bounceAddress.slice(at)}`)
  if (check.kind === 'address') return check.address
  throw new UserError({
    code: 'address-invalid',
    message: `no return paths can be made of bounces.address: ${check.reason}`,
    expected: 'a short plain address, such as bounces@example.com',
    got: JSON.stringify(bounceAddress.slice(0, 80)),
    hint: 'Set bounces.address in news-digest.yaml to an address whose server also takes what stands behind a + (subaddressing).',
  })
}

/** The delivery that a return path names, in whatever case it came back; null for an address that is none of ours or was made up. */
export function readVerp(address: string, secret: SecretKeys): number | null {
  const parts = /\+([0-9a-z]{1,11})\.([0-9a-f]{16})@[^@]+$/.exec(address.trim().toLowerCase())
  const [, id = '', mac = ''] = parts ?? []
  const isOurs = secret.map(key => timingSafeEqual(Buffer.from(macOf(id, key)), Buffer.from(mac.padEnd(macDigits)))).includes(true)
  const delivery = Number.parseInt(id, 36)
  return isOurs && Number.isSafeInteger(delivery) ? delivery : null
}

function macOf(id: string, key: SecretKey): string {
  return createHmac('sha256', key.uses.bounce).update(id).digest('hex').slice(0, macDigits)
}
