import type { Config } from './config/config.ts'
import { durationOf } from './config/duration.ts'
import { type DomainLimit, parseDomainLimit, parseRate } from './config/rate-limit.ts'
import { requireSender } from './config/require-sender.ts'
import type { SoftLimits } from './delivery/bounces/decide-bounce.ts'
import { createCompose } from './delivery/compose-delivery.ts'
import type { Compose, SendingLimits } from './delivery/sending.ts'
import { messageSettingsOf } from './message/message-settings.ts'
import { readSigner } from './message/read-signer.ts'
import { parseSecret } from './message/secret-keys.ts'
import type { ReadBuild } from './output/read-build.ts'
import type { Email, VariantName } from './render/email.ts'
import { joinSegments } from './render/join-email.ts'
import { emailOfVariant } from './render/variant.ts'
import type { Segment } from './subscribers/segment.ts'
import { segmentOf } from './subscribers/segment-of.ts'
import { type ConfiguredRelay, relaysOf, replacedHeadersOf } from './transport/relays.ts'

/** Variables that sending reads: secrets, and where it runs. */
export type SendEnvironment = Readonly<Record<string, string | undefined>>

/** Everything that a sending needs besides the ledger, checked. */
export interface PreparedSend {
  readonly email: Email
  /** One, or two with A/B. */
  readonly subjects: readonly string[]
  /** The share of the recipients that tries the subjects; null without A/B. */
  readonly split: number | null
  readonly from: string
  readonly relays: readonly ConfiguredRelay[]
  readonly segment: Segment | null
  readonly signs: boolean
  readonly compose: Compose
  readonly limits: SendingLimits
  readonly softLimits: SoftLimits
}

/** What to prepare. */
export interface PrepareRequest {
  readonly config: Config
  readonly build: Pick<ReadBuild, 'email'>
  readonly env: SendEnvironment
  /** A segment by name or as an expression. Default: `send.to` of the configuration. */
  readonly to?: string | undefined
  readonly kind: 'edition' | 'welcome'
  /** Instead of those of the configuration, as in a dry run. */
  readonly relays?: readonly ConfiguredRelay[]
}

/**
 * Reads and checks what only a sending needs: relays, the secret, the DKIM key, the segment, the sender.
 * @throws UserError for the first of them that will not do; nothing has been sent or written then
 */
export async function prepareSend({ config, build, env, to, kind, relays: given }: PrepareRequest): Promise<PreparedSend> {
  const { email } = build
  const from = requireSender(config)
  const relays = given ?? relaysOf(config, env)
  const secret = parseSecret(env.NEWS_DIGEST_SECRET ?? '')
  const signer = await readSigner(config, env, { from, replacedByRelay: replacedHeadersOf(relays) })
  const compose = createCompose({
    emails: emailsOf(email),
    settings: messageSettingsOf(config, email, { kind, fromAddress: from }),
    places: { publicUrl: config.links.publicUrl ?? config.site.url, list: config.list.id, edition: email.edition },
    secret,
    signer,
    bounceAddress: config.bounces.address ?? null,
  })
  return {
    email,
    subjects: [...emailsOf(email).values()].map(each => joinSegments(each.subject, {})),
    split: email.variants === undefined ? null : (email.split ?? 1),
    from,
    relays,
    segment: segmentOf(config, to ?? config.send.to),
    signs: signer !== null,
    compose,
    limits: limitsOf(config),
    softLimits: { softLimit: config.bounces.softLimit, softWithin: durationOf(config.bounces.softWithin) },
  }
}

const variantNames: readonly VariantName[] = ['A', 'B']

/** One email, or one for each subject. */
function emailsOf(email: Email): ReadonlyMap<string | null, Email> {
  return email.variants === undefined
    ? new Map([[null, email]])
    : new Map(variantNames.map(variant => [variant, emailOfVariant(email, variant)]))
}

function limitsOf({ send }: Config): SendingLimits {
  return {
    rate: send.rate === undefined ? null : parseRate(send.rate),
    perDomain: new Map(Object.entries(send.perDomain).map(([domain, limit]) => [domain.toLowerCase(), domainLimit(limit)])),
    backOff: send.backOff.map(durationOf),
    relayBackOff: send.relayBackOff.map(durationOf),
    relayPatience: durationOf(send.relayPatience),
    drain: durationOf(send.drain),
  }
}

function domainLimit(text: string): DomainLimit {
  const limit = parseDomainLimit(text)
  if (limit === null) throw new Error(`not a limit: ${JSON.stringify(text)}`)
  return limit
}
