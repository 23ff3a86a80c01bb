import { UserError } from '../errors.ts'
import { checkAddress, normalDomain } from './check-address.ts'

/** Whose address a message cannot do without, and where it is corrected. */
const hints = {
  recipient: 'Correct the address, or remove it from the list.',
  sender: 'Correct sender.email in news-digest.yaml.',
  'reply-to': 'Correct sender.replyTo in news-digest.yaml.',
  unsubscribe: 'Correct links.unsubscribeEmail in news-digest.yaml.',
} as const

/** An address in its normal form. Throws UserError `address-invalid` for one that no mail can go to. */
export function requireAddress(address: string, whose: keyof typeof hints, beyondAscii = false): string {
  const check = checkAddress(address, { beyondAscii })
  if (check.kind === 'address') return check.address
  throw new UserError({
    code: 'address-invalid',
    message: `the ${whose} address cannot be used: ${check.reason}`,
    expected: 'one plain address, such as digest@example.com',
    got: JSON.stringify(address.slice(0, 80)),
    hint: hints[whose],
  })
}

/** The domain of an address that {@link requireAddress} gave. */
export function domainOf(address: string): string {
  const domain = normalDomain(address.slice(address.lastIndexOf('@') + 1))
  if (domain === null) throw new Error(`${JSON.stringify(address)} has no domain`)
  return domain
}
