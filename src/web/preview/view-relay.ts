import { UserError } from '../../errors.ts'
import { describeRelay } from '../../transport/relay-url.ts'
import { type RelaysConfig, testRelay } from '../../transport/relays.ts'
import type { RelayView } from './api.ts'

/** The relay that a test goes over, without its password, or what keeps it from being used; `none` where neither the configuration nor SMTP_URL names one. */
export function viewRelay(config: RelaysConfig, env: Readonly<Record<string, string | undefined>>): RelayView {
  if (config.relays.length === 0 && (env.SMTP_URL ?? '').trim() === '') return { kind: 'none' }
  try {
    return { kind: 'usable', name: describeRelay(testRelay(config, env).relay) }
  } catch (error) {
    if (error instanceof UserError) return { kind: 'unusable', problems: error.problems }
    throw error
  }
}
