/** The relays of a configuration, or the one of SMTP_URL. */

import type { Config } from '../config/config.ts'
import { displayPath } from '../config/display-path.ts'
import { parseRate } from '../config/rate-limit.ts'
import { type Problem, throwProblems, UserError } from '../errors.ts'
import { presetOfHost, type RelayPreset, relayPresets } from './relay-presets.ts'
import { parseRelayUrl, type Relay } from './relay-url.ts'

/** A relay, and how much of it may be used. Holds the password in the clear, in `relay.login`. */
export interface ConfiguredRelay {
  /** What reports call it: as configured, or the host of SMTP_URL. */
  readonly name: string
  readonly relay: Relay
  readonly preset: RelayPreset | null
  /** Its share of the messages against the weights of the others. */
  readonly weight: number
  /** Connections open at once. */
  readonly connections: number
  /** Messages a second; null: no limit. */
  readonly rate: number | null
  /** After so many a connection is closed, and another opened; null: no limit. */
  readonly messagesPerConnection: number | null
}

/** What of the configuration is about relays. */
export type RelaysConfig = Pick<Config, 'relays' | 'paths'> & { readonly send: Pick<Config['send'], 'connections'> }
type RelayEntry = Config['relays'][number]
type Environment = Readonly<Record<string, string | undefined>>

/**
 * The relays that the configuration lists, in its order; without any, the one of SMTP_URL. A preset is the configured one, or the one that the host belongs
 * to; what is configured counts before what a preset knows. Passwords come out of `env`.
 * @throws UserError `relay-missing` where there is none, or a password is not set; `relay-invalid`, naming the relay, for all others that cannot be used
 */
export function relaysOf(config: RelaysConfig, env: Environment): readonly ConfiguredRelay[] {
  if (config.relays.length === 0) return [relayOfUrl(config, env)]
  const problems: Omit<Problem, 'severity'>[] = duplicates(config)
  const relays: ConfiguredRelay[] = []
  for (const entry of config.relays) {
    try {
      relays.push(toRelay(entry, config, env))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push(...error.problems)
    }
  }
  throwProblems(problems.map(problem => ({ ...problem, ...placeOf(config) })))
  return relays
}

/**
 * The one relay that a test message goes over: the first that the configuration lists, or the one of SMTP_URL. What is wrong with the others is no matter of
 * a test.
 * @throws UserError as `relaysOf` does
 */
export function testRelay(config: RelaysConfig, env: Environment): ConfiguredRelay {
  const [first] = relaysOf({ ...config, relays: config.relays.slice(0, 1) }, env)
  if (first === undefined) throw new Error('relaysOf() returns one at least')
  return first
}

/** Headers that one of them is known to replace. */
export function replacedHeadersOf(relays: readonly ConfiguredRelay[]): readonly string[] {
  return relays.flatMap(({ preset }) => preset?.replacedHeaders ?? [])
}

function relayOfUrl(config: RelaysConfig, { SMTP_URL: url }: Environment): ConfiguredRelay {
  if (url === undefined || url.trim() === '')
    throw new UserError({
      code: 'relay-missing',
      message:
        'no relay is configured, so nothing was sent: the environment variable SMTP_URL is not set, and the configuration lists no relays',
      expected: 'SMTP_URL=smtp://user:password@smtp.example.com:587',
      hint: 'Set SMTP_URL to the SMTP server of your mail provider; its documentation names host, port, user and password. Or list relays in the configuration, without their passwords. There is no default. docs/test-send.md has the forms, also for a mail server on this machine.',
    })
  const relay = parseRelayUrl(url)
  return limited({ name: relay.host, weight: 1 }, relay, presetOfHost(relay.host), config)
}

function toRelay(entry: RelayEntry, config: RelaysConfig, env: Environment): ConfiguredRelay {
  const relay = parseRelayUrl(withLogin(entry, env), `the url of the relay "${entry.name}"`)
  const preset = entry.preset === undefined ? presetOfHost(relay.host) : relayPresets[entry.preset]
  if (preset?.requiresTls === true && (relay.tls === 'off' || relay.tls === 'opportunistic'))
    throw invalid(entry, `it asks for tls=${relay.tls}, and ${preset.title} takes no session without TLS`, 'Leave the option "tls" out.')
  return limited(entry, relay, preset, config)
}

type Limits = Pick<RelayEntry, 'name' | 'weight' | 'connections' | 'rate' | 'messagesPerConnection'>

function limited(
  { name, weight, connections, rate, messagesPerConnection }: Limits,
  relay: Relay,
  preset: RelayPreset | null,
  { send }: RelaysConfig,
): ConfiguredRelay {
  return {
    name,
    relay,
    preset,
    weight,
    connections: connections ?? Math.min(send.connections, preset?.connections ?? send.connections),
    rate: (rate === undefined ? null : parseRate(rate)) ?? preset?.rate ?? null,
    messagesPerConnection: messagesPerConnection ?? preset?.messagesPerConnection ?? null,
  }
}

/** The URL with user and password in it, as SMTP_URL has them: one place reads both. */
function withLogin(entry: RelayEntry, env: Environment): string {
  const { url, user, passwordFrom } = entry
  if (url.includes('@'))
    throw invalid(
      entry,
      'its url holds a user or a password, and the configuration is no place for a secret',
      `Write the url without it, the user as "user", and put the password into an environment variable that "passwordFrom" names.`,
    )
  if (user === undefined && passwordFrom === undefined) return url
  if (user === undefined || passwordFrom === undefined)
    throw invalid(
      entry,
      user === undefined ? 'it has "passwordFrom" without "user"' : 'it has "user" without "passwordFrom"',
      'Set both, or neither where the relay asks for no login.',
    )
  const password = env[passwordFrom]
  if (password === undefined || password === '')
    throw new UserError({
      code: 'relay-missing',
      message: `the relay "${entry.name}" takes its password from the environment variable ${passwordFrom}, which is not set`,
      expected: `${passwordFrom}=…`,
      hint: `Set ${passwordFrom} where the command runs, or name another variable in "passwordFrom".`,
    })
  const login = [user, password].map(each => encodeURIComponent(each.toWellFormed())).join(':')
  return url.trim().replace(/^smtps?:\/\//i, scheme => `${scheme}${login}@`)
}

function duplicates({ relays }: RelaysConfig): Omit<Problem, 'severity'>[] {
  const names = relays.map(({ name }) => name)
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map(name => ({
    code: 'relay-invalid',
    message: `two relays are called "${name}"`,
    expected: 'a name of its own for each',
    hint: 'Rename one of them: reports and the ledger tell relays apart by name.',
  }))
}

function invalid({ name }: RelayEntry, what: string, hint: string): UserError {
  return new UserError({
    code: 'relay-invalid',
    message: `the relay "${name}" cannot be used: ${what}`,
    expected: 'relays:\n  - name: ses\n    url: smtp://smtp.example.com:587\n    user: robin\n    passwordFrom: SMTP_PASSWORD',
    hint,
  })
}

function placeOf({ paths }: RelaysConfig): Pick<Problem, 'place'> {
  return paths.config === null ? {} : { place: { file: displayPath(paths.config, paths.displayRoot) } }
}
