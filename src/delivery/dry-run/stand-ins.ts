/** What stands in for what is not set up yet: somebody tries a dry run before they have a relay. */

import { parseRelayUrl } from '../../transport/relay-url.ts'
import { type ConfiguredRelay, type RelaysConfig, relaysOf } from '../../transport/relays.ts'
import type { Assumption } from './dry-run.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** An environment and relays that a dry run can go with, and what in them is made up. */
export interface StandIns {
  readonly env: Environment
  readonly relays: readonly ConfiguredRelay[]
  readonly assumptions: readonly Assumption[]
}

/**
 * Completes what is missing; `secret` is for links where NEWS_DIGEST_SECRET is not set. Nobody logs in to a sink, so a password that is not set is no obstacle.
 * @throws UserError as `relaysOf` does, for relays that cannot be used
 */
export function standIns({ config, env }: { readonly config: RelaysConfig; readonly env: Environment }, secret: string): StandIns {
  const isBlank = (name: string) => (env[name] ?? '').trim() === ''
  const hasRelay = config.relays.length > 0 || !isBlank('SMTP_URL')
  const passwords = config.relays.flatMap(({ passwordFrom }) => (passwordFrom !== undefined && isBlank(passwordFrom) ? [passwordFrom] : []))
  const complete = {
    ...env,
    ...Object.fromEntries(passwords.map(name => [name, 'none'])),
    ...(isBlank('NEWS_DIGEST_SECRET') ? { NEWS_DIGEST_SECRET: secret } : {}),
  }
  return {
    env: complete,
    relays: hasRelay ? relaysOf(config, complete) : [unlimitedRelay(config.send.connections)],
    assumptions: [
      ...(hasRelay ? [] : ['relay' as const]),
      ...(passwords.length === 0 ? [] : ['password' as const]),
      ...(isBlank('NEWS_DIGEST_SECRET') ? ['secret' as const] : []),
    ],
  }
}

function unlimitedRelay(connections: number): ConfiguredRelay {
  const relay = parseRelayUrl('smtp://localhost')
  return { name: 'any', relay, preset: null, weight: 1, connections, rate: null, messagesPerConnection: null }
}
