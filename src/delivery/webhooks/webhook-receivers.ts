/** The receivers of those providers that the configuration names, ready with their keys. */

import type { KeyObject } from 'node:crypto'
import type { Settings } from '../../config/config.ts'
import { type Problem, throwProblems, UserError } from '../../errors.ts'
import { createSnsSigner } from './read-sns-signer.ts'
import { createReadUrl, type ReadUrl } from './read-url.ts'
import { takeMailgun } from './take-mailgun.ts'
import { takePostmark } from './take-postmark.ts'
import { parseSendgridKey, takeSendgrid } from './take-sendgrid.ts'
import { takeSes } from './take-ses.ts'
import type { WebhookReceivers } from './webhook.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The world outside, for tests. */
export interface Outside {
  readonly readUrl?: ReadUrl
  /** PEM certificates that signers of SNS must descend from. Default: Amazon's. */
  readonly roots?: readonly string[]
}

/** Of a password that keeps strangers from unsubscribing everybody. */
const shortestPassword = 16

/**
 * What the section `webhooks` names; secrets come out of `env`.
 * @throws UserError `secret-missing` for each variable that is not set, `secret-invalid` for what is in one, `config-invalid` for a key that is none
 */
export function webhookReceivers(
  { webhooks }: Pick<Settings, 'webhooks'>,
  env: Environment,
  { readUrl = createReadUrl(), roots }: Outside = {},
): WebhookReceivers {
  const problems: Omit<Problem, 'severity'>[] = []
  const made = <Made>(make: () => Made): Made | undefined => {
    try {
      return make()
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push(...error.problems)
      return undefined
    }
  }
  const { ses, postmark, mailgun, sendgrid } = webhooks
  const receivers = {
    ses: ses === undefined ? undefined : takeSes({ topics: ses.topics, readUrl, readSigner: createSnsSigner(readUrl, roots) }),
    postmark: postmark === undefined ? undefined : made(() => takePostmark(requireLogin(postmark.secretFrom, env))),
    mailgun: mailgun === undefined ? undefined : made(() => takeMailgun(requireVariable('mailgun', mailgun.signingKeyFrom, '…', env))),
    sendgrid: sendgrid === undefined ? undefined : made(() => takeSendgrid(requireKey(sendgrid.publicKey))),
  }
  throwProblems(problems)
  return Object.fromEntries(Object.entries(receivers).filter(([, take]) => take !== undefined))
}

function requireLogin(variable: string, env: Environment): string {
  const login = requireVariable('postmark', variable, 'user:password', env)
  const [, password] = /^[^:]+:(.*)$/s.exec(login) ?? []
  if (password !== undefined && password.length >= shortestPassword) return login
  throw new UserError({
    code: 'secret-invalid',
    message: `the environment variable ${variable} is to hold the user and the password that Postmark calls with, and does not`,
    expected: `user:password, the password with ${shortestPassword} characters at least`,
    hint: `Make a password with \`openssl rand -hex 24\`, set ${variable}, and give Postmark the same two in the address of the webhook.`,
  })
}

function requireKey(text: string): KeyObject {
  const key = parseSendgridKey(text)
  if (key !== null) return key
  throw new UserError({
    code: 'config-invalid',
    message: '"webhooks.sendgrid.publicKey" is no key of SendGrid',
    expected: 'one line of base64 that begins with MFkwEwYHKoZIzj0CAQYI',
    hint: 'Copy the verification key from Settings, Mail Settings, Event Webhook of your SendGrid account.',
  })
}

function requireVariable(provider: string, variable: string, holds: string, env: Environment): string {
  const value = env[variable]?.trim()
  if (value !== undefined && value !== '') return value
  throw new UserError({
    code: 'secret-missing',
    message: `webhooks.${provider} takes its secret from the environment variable ${variable}, which is not set`,
    expected: `${variable}=${holds}`,
    hint: `Set ${variable} where the command runs, or take webhooks.${provider} out of the configuration.`,
  })
}
