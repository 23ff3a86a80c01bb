/**
 * The mailbox that an address most likely leads to, for counting what is sent there: what stands behind a `+` is a tag almost everywhere (RFC 5233), and Gmail
 * passes over dots. Only for counting: two people may after all have two such addresses.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  const [name = ''] = address.slice(0, at).split('+')
  const isGmail = domain === 'gmail.com' || domain === 'googlemail.com'
  const local = isGmail ? name.replaceAll('.', '') : name
  return `${local === '' ? address.slice(0, at) : local}@${isGmail ? 'gmail.com' : domain}`
}
