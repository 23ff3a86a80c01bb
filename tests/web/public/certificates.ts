/** Certificates made on the spot (RFC 5280): authorities, and what they issue. */

import { generateKeyPairSync, type KeyObject, type KeyPairKeyObjectResult, sign } from 'node:crypto'

/** A certificate with its key. */
export interface Issued {
  readonly name: string
  readonly key: KeyObject
  readonly der: Buffer
  readonly pem: string
}

/** What is issued; by default a certificate that stands for itself, valid from 2020 to 2049. */
export interface ToIssue {
  readonly name: string
  readonly issuer?: Issued
  readonly isAuthority?: boolean
  /** Host names. */
  readonly hosts?: readonly string[]
  readonly validFrom?: Date
  readonly validTo?: Date
  /** Where the issuer's certificate lies. */
  readonly issuerAt?: string
  /** The size of an RSA key, the same for all of that size: making one takes long. Default: a key of P-256 of its own. */
  readonly rsa?: number
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
const commonName = oid('550403')
let serial = 1

/** Authorities sign with P-256, so issuers must be authorities or stand for themselves. */
export function issue({ name, issuer, isAuthority = false, hosts = [], issuerAt, rsa, ...times }: ToIssue): Issued {
  const pair = rsa === undefined ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : rsaPair(rsa)
  const { validFrom = new Date('2020-01-01T00:00:00Z'), validTo = new Date('2049-01-01T00:00:00Z') } = times
  const extensions = [
    ...(isAuthority ? [extension('551d13', sequence(der(0x01, Buffer.of(0xff))))] : []),
    ...(hosts.length === 0 ? [] : [extension('551d11', sequence(...hosts.map(host => der(0x82, Buffer.from(host)))))]),
    ...(issuerAt === undefined
      ? []
      : [extension('2b06010505070101', sequence(sequence(oid('2b06010505073002'), der(0x86, Buffer.from(issuerAt)))))]),
  ]
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(0x01, serial++)),
    ecdsaWithSha256,
    nameOf(issuer?.name ?? name),
    sequence(timeOf(validFrom), timeOf(validTo)),
    nameOf(name),
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
  )
  const signature = sign('sha256', body, issuer?.key ?? pair.privateKey)
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.of(0), signature))
  return { name, key: pair.privateKey, der: whole, pem: pemOf(whole) }
}

const rsaPairs = new Map<number, KeyPairKeyObjectResult>()

function rsaPair(modulusLength: number): KeyPairKeyObjectResult {
  const pair = rsaPairs.get(modulusLength) ?? generateKeyPairSync('rsa', { modulusLength })
  rsaPairs.set(modulusLength, pair)
  return pair
}

function pemOf(bytes: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${(bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`
}

function nameOf(name: string): Buffer {
  return sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))))
}

function timeOf(time: Date): Buffer {
  return der(0x17, Buffer.from(`${time.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), der(0x04, value))
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}
