/** From a candidate to its message. */

import type { CompiledMessage } from '../message/compile-message.ts'
import { compileMessage } from '../message/compile-message.ts'
import type { MessageSigner } from '../message/dkim.ts'
import type { MessageSettings } from '../message/message-settings.ts'
import { type LinkPlaces, recipientLinks } from '../message/recipient-links.ts'
import type { SecretKeys } from '../message/secret-keys.ts'
import { verpAddress } from '../message/verp.ts'
import type { Email } from '../render/email.ts'
import type { Compose } from './sending.ts'

/** What all messages of a sending are made of. */
export interface ComposeRequest {
  /** One email for each variant that a delivery may have; without A/B the one of `null`. */
  readonly emails: ReadonlyMap<string | null, Email>
  readonly settings: MessageSettings
  readonly places: LinkPlaces
  readonly secret: SecretKeys
  readonly signer: MessageSigner | null
  /** `bounces.address`; null: bounces go to the sender. */
  readonly bounceAddress: string | null
}

/** Compiles the edition, once for each variant and each kind of relay, when it is first needed. Throws UserError `address-invalid` for addresses of the settings. */
export function createCompose(request: ComposeRequest): Compose {
  const { emails, settings, places, secret, signer, bounceAddress } = request
  const compiled = new Map<string, CompiledMessage>()
  const compiledFor = (variant: string | null, smtputf8: boolean): CompiledMessage => {
    const key = `${variant ?? ''} ${smtputf8}`
    const known = compiled.get(key)
    if (known !== undefined) return known
    const email = emails.get(variant) ?? emails.get(null)
    if (email === undefined) throw new Error(`there is no email for the variant ${variant}`)
    const made = compileMessage(email, { ...settings, smtputf8 }, signer)
    compiled.set(key, made)
    return made
  }
  compiledFor([...emails.keys()][0] ?? null, false)
  return ({ id, subscriber, address, name, epoch, variant }, { smtputf8, now }) => {
    const values = { name: name ?? '', email: address, ...recipientLinks(places, secret, { subscriber, epoch }) }
    const { chunks } = compiledFor(variant, smtputf8).compose({ name, address, values, delivery: id }, new Date(now))
    return { returnPath: bounceAddress === null ? settings.fromAddress : verpAddress(bounceAddress, id, secret), chunks }
  }
}
