import { UserError } from '../../errors.ts'
import { sendTest } from '../../run-test-send.ts'
import { describeOutcome } from '../../transport/describe-outcome.ts'
import type { TestSendAnswer } from './api.ts'
import type { ShownEdition } from './shown-edition.ts'

/** Where a test goes, by which relay, and when. */
export interface ShownTest {
  readonly addresses: readonly string[]
  /** SMTP_URL, and the password of a configured relay. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: Date
}

/** Sends what is shown as a test message. Throws UserError as `sendTest` does, and where there is nothing to send. */
export async function sendShown(shown: ShownEdition, { addresses, env, now }: ShownTest): Promise<TestSendAnswer> {
  if (shown.kind === 'nothing-to-send') {
    throw new UserError({
      code: 'nothing-to-send',
      message: `${shown.selection.window.id} has nothing to send`,
      hint: 'Open an edition that has posts. Nothing was sent to anybody.',
    })
  }
  const { config, edition, email } = shown
  const { subject, from, relay, results } = await sendTest({ config, editionId: edition.id, email, addresses, env, now })
  const told = results.map(({ address, variant = null, outcome }) => ({
    address,
    variant,
    accepted: outcome.kind === 'accepted',
    says: describeOutcome(outcome),
  }))
  return { subject, from, relay, results: told }
}
