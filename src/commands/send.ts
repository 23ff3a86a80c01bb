import { UserError } from '../errors.ts'
import { formatTestHeading, formatTestProblems, formatTestResults, type TestHeading } from '../report/format-test-send.ts'
import { sendTest } from '../run-test-send.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { interruptible } from './interruption.ts'
import type { Flags } from './program.ts'
import { readBuiltConfig } from './read-built-config.ts'
import { splitList } from './split-list.ts'

/** Sends a built edition as a test to the addresses of `--test`. Exit code 1 when the relay did not accept all of them. */
export async function runSend(argument: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const addresses = splitList(requireTest(flags.test, argument ?? ''))
  const { config, id: editionId } = await readBuiltConfig(argument ?? '', flags, context)
  const { SMTP_URL: smtpUrl } = process.env
  const { now, paint, progress: onProgress } = context
  const onStart = (heading: TestHeading) => context.announce(formatTestHeading(heading, paint), null, '')
  return interruptible(async signal => {
    const sent = await sendTest({ config, editionId, addresses, smtpUrl, now, onProgress, onStart, signal })
    const isDone = sent.results.every(({ outcome }) => outcome.kind === 'accepted')
    return {
      exitCode: signal.aborted ? 130 : isDone ? 0 : 1,
      json: { test: sent },
      text: formatTestResults(sent.results, paint),
      notes: flags.quiet === true ? formatTestProblems(sent.results, paint) : '',
    }
  })
}

function requireTest(test: unknown, edition: string): readonly string[] {
  if (Array.isArray(test)) return test.map(String)
  throw new UserError({
    code: 'usage',
    message: 'this version sends tests only; sending to a list is not part of it',
    expected: `news-digest send ${edition} --test you@example.com`,
    hint: 'For the list, build with --for mailchimp, brevo, listmonk or buttondown, send it there, and record it with "news-digest mark-sent".',
  })
}
