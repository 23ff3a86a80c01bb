import { formatTestHeading, formatTestProblems, formatTestResults, type TestHeading } from '../report/format-test-send.ts'
import { sendTest } from '../run-test-send.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { partsOf } from './flag-values.ts'
import { interruptible } from './interruption.ts'
import type { Flags } from './program.ts'
import { readBuiltConfig } from './read-built-config.ts'

/** Sends a built edition as a test to the addresses of `--test`. Exit code 1 when the relay did not accept all of them. */
export async function runSendTest(argument: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const addresses = partsOf(flags.test)
  const { config, id: editionId } = await readBuiltConfig(argument ?? '', flags, context)
  const { now, paint, progress: onProgress } = context
  const onStart = (heading: TestHeading) => context.announce(formatTestHeading(heading, paint), null, '')
  return interruptible(async signal => {
    const sent = await sendTest({ config, editionId, addresses, env: process.env, now, onProgress, onStart, signal })
    const isDone = sent.results.every(({ outcome }) => outcome.kind === 'accepted')
    return {
      exitCode: signal.aborted ? 130 : isDone ? 0 : 1,
      json: { test: sent },
      text: formatTestResults(sent.results, paint),
      notes: flags.quiet === true ? formatTestProblems(sent.results, paint) : '',
    }
  })
}
