/** A verifier of DKIM signatures from RFC 6376 alone: shares nothing with src/, and knows of each canonicalization only what stands in §3.4. */

import { createHash, type KeyObject, verify } from 'node:crypto'

/** What a verifier says of a message with one signature. */
export type DkimVerdict =
  | { readonly kind: 'pass'; readonly tags: ReadonlyMap<string, string>; readonly signedHeaders: readonly string[] }
  | { readonly kind: 'fail'; readonly reason: string }

interface Field {
  readonly name: string
  readonly raw: string
}

/** Verifies the signature of a message (RFC 6376 §6.1), after the dots were taken out again. */
export function verifyDkim(message: Uint8Array, publicKey: KeyObject): DkimVerdict {
  const raw = Buffer.from(message).toString('latin1')
  const end = raw.indexOf('\r\n\r\n')
  const fields = splitFields(raw.slice(0, end + 2))
  const signatures = fields.filter(({ name }) => name === 'dkim-signature')
  const [signature] = signatures
  if (signature === undefined || signatures.length !== 1) return { kind: 'fail', reason: `${signatures.length} signatures` }
  const tags = parseTags(signature.raw.slice(signature.raw.indexOf(':') + 1))
  const tag = (name: string) => (tags.get(name) ?? '').replace(/\s+/g, '')
  const [headerForm = 'simple', bodyForm = 'simple'] = tag('c').split('/')
  if (tag('v') !== '1' || tag('a') !== 'rsa-sha256') return { kind: 'fail', reason: 'another version or algorithm' }
  const names = tag('h').toLowerCase().split(':')
  if (!names.includes('from')) return { kind: 'fail', reason: 'From is not signed' }
  const bodyHash = createHash('sha256')
    .update(Buffer.from(canonicalBody(raw.slice(end + 4), bodyForm), 'latin1'))
    .digest('base64')
  if (bodyHash !== tag('bh')) return { kind: 'fail', reason: 'the body hash differs' }
  const left = [...fields]
  const signed = names.map(name => {
    // §5.4.2: from the bottom up, and a name without a header left is the null string.
    const at = left.findLastIndex(field => field.name === name)
    const [field] = at < 0 ? [] : left.splice(at, 1)
    return field === undefined ? '' : `${canonicalField(field.raw, headerForm)}\r\n`
  })
  const own = canonicalField(signature.raw.replace(/(;\s*b\s*=)[^;]*/, '$1'), headerForm)
  const isRight = verify('sha256', Buffer.from(signed.join('') + own, 'latin1'), publicKey, Buffer.from(tag('b'), 'base64'))
  return isRight ? { kind: 'pass', tags, signedHeaders: names } : { kind: 'fail', reason: 'the signature differs' }
}

function splitFields(headers: string): Field[] {
  return headers
    .replace(/\r\n$/, '')
    .split(/\r\n(?![ \t])/)
    .map(raw => ({ name: raw.slice(0, raw.indexOf(':')).trim().toLowerCase(), raw }))
}

function parseTags(value: string): Map<string, string> {
  const tags = value.split(';').map(each => each.trim())
  return new Map(
    tags.filter(each => each !== '').map(each => [each.slice(0, each.indexOf('=')).trim(), each.slice(each.indexOf('=') + 1).trim()]),
  )
}

function canonicalField(raw: string, form: string): string {
  if (form === 'simple') return raw
  const colon = raw.indexOf(':')
  const value = raw
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replace(/[ \t]+/g, ' ')
  return `${raw.slice(0, colon).trimEnd().toLowerCase()}:${value.replace(/^ /, '').replace(/ $/, '')}`
}

function canonicalBody(body: string, form: string): string {
  const lines = body.split('\r\n')
  const forgiving = form === 'relaxed' ? lines.map(line => line.replace(/[ \t]+/g, ' ').replace(/ $/, '')) : lines
  const trimmed = forgiving.join('\r\n').replace(/(\r\n)*$/, '')
  return trimmed === '' && form === 'relaxed' ? '' : `${trimmed}\r\n`
}
