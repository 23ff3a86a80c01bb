import type { Config } from '../../../config/config.ts'
import { durationOf } from '../../../config/duration.ts'
import { requireSender } from '../../../config/require-sender.ts'
import { UserError } from '../../../errors.ts'
import type { MessageSigner } from '../../../message/dkim.ts'
import { readSigner } from '../../../message/read-signer.ts'
import { standardTimeouts, type Timeouts } from '../../../transport/connection.ts'
import { type ConfiguredRelay, relaysOf, replacedHeadersOf } from '../../../transport/relays.ts'

/** How confirmation mails go out. Waits in milliseconds, the last one repeats. */
export interface MailWay {
  /** Tried in this order. */
  readonly relays: readonly ConfiguredRelay[]
  readonly signer: MessageSigner | null
  readonly from: string
  /** Where bounces go. */
  readonly returnPath: string
  readonly timeouts: Timeouts
  /** Between tries of a mail that the relay has deferred. */
  readonly backOff: readonly number[]
  /** While no relay can be reached. */
  readonly relayBackOff: readonly number[]
}

/**
 * Reads what sending them takes: sender, relays, DKIM key.
 * @throws UserError for the first of them that is missing or will not do
 */
export async function readMailWay(config: Config, env: Readonly<Record<string, string | undefined>>): Promise<MailWay> {
  const from = requireSender(config, {
    why: 'signUp is on, and the mail that people confirm by needs a sender',
    which: 'to an address that your relay lets you send from, or take signUp out',
  })
  if (config.relays.length === 0 && (env.SMTP_URL ?? '').trim() === '') throw noRelay()
  const relays = relaysOf(config, env)
  return {
    relays,
    signer: await readSigner(config, env, { from, replacedByRelay: replacedHeadersOf(relays) }),
    from,
    returnPath: config.bounces.address ?? from,
    // One mail waits for another, so a relay that does not answer is given up sooner than by a sending.
    timeouts: { ...standardTimeouts, setUp: 60_000, greeting: 60_000 },
    backOff: config.send.backOff.map(durationOf),
    relayBackOff: config.send.relayBackOff.map(durationOf),
  }
}

function noRelay(): UserError {
  return new UserError({
    code: 'relay-missing',
    message:
      'signUp is on, and there is no relay for the mail that people confirm by: SMTP_URL is not set, and the configuration lists no relays',
    expected: 'SMTP_URL=smtp://user:password@smtp.example.com:587 where serve runs',
    hint: 'Set SMTP_URL for serve, too, or list relays in the configuration; docs/relays.md has the forms. Without sign-up, take signUp out of the configuration.',
  })
}
