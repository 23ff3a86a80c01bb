/** Keys to sign with, made once for all tests of a file. */

import { generateKeyPairSync, type KeyObject } from 'node:crypto'

const pem = { type: 'pkcs8', format: 'pem' } as const

/** An RSA key in PEM, and the DNS record that goes with it. */
export function makeRsaKey(bits = 2048): { readonly privateKeyPem: string; readonly publicKey: KeyObject; readonly record: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`
  return { privateKeyPem: privateKey.export(pem).toString(), publicKey, record }
}

/** Private keys that nothing can be signed with as it should be. */
export function makeUnfitKeys(): Readonly<Record<'ed25519' | 'ec' | 'locked' | 'public' | 'pss', string>> {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    ed25519: generateKeyPairSync('ed25519').privateKey.export(pem).toString(),
    ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pem).toString(),
    pss: generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey.export(pem).toString(),
    locked: rsa.privateKey.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'open sesame' }).toString(),
    public: rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}
