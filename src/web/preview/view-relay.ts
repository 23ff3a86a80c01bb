import { UserError } from '../../errors.ts'
import { describeRelay, parseRelayUrl } from '../../transport/relay-url.ts'
import type { RelayView } from './api.ts'

/** The relay that SMTP_URL names, without its password, or what keeps it from being used; undefined and blank name none. */
export function viewRelay(smtpUrl: string | undefined): RelayView {
  if (smtpUrl === undefined || smtpUrl.trim() === '') return { kind: 'none' }
  try {
    return { kind: 'usable', name: describeRelay(parseRelayUrl(smtpUrl)) }
  } catch (error) {
    if (error instanceof UserError) return { kind: 'unusable', problems: error.problems }
    throw error
  }
}
