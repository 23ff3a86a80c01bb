import { parseSecret, type SecretKeys } from '../../src/message/secret-keys.ts'

/** A key as long and as mixed as a key must be, another one for every seed. */
export function keyOf(seed: string): string {
  return `${seed}-0123456789abcdefghijklmnopqrstuv`
}

/** The secret of a sender who had these keys, the newest first. */
export function secretOf(...seeds: string[]): SecretKeys {
  return parseSecret(seeds.map(keyOf).join(','))
}
