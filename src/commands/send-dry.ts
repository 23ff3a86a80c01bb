import type { DryRunReport } from '../delivery/dry-run/dry-run.ts'
import { formatDrySend } from '../report/format-dry-send.ts'
import { formatSendProposal } from '../report/format-send-proposal.ts'
import { dryRunSend } from '../run-dry-send.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { findLatest } from './find-latest.ts'
import { sendingKindOf, textOf, winnerOf } from './flag-values.ts'
import { instantJson } from './json.ts'
import { ledgerPlaceOf } from './ledger-place.ts'
import type { Flags } from './program.ts'
import { readBuiltConfig } from './read-built-config.ts'
import { watchInterruptions } from './watch-interruptions.ts'
import { createSendProgress } from './write-send-progress.ts'

/** Sends to nobody but ourselves. Exit code 1 where a message has a fault, would not be accepted, or a check would keep the edition from being sent. */
export async function runSendDry(argument: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const { config, id } = await readBuiltConfig(argument ?? '', flags, context)
  const place = ledgerPlaceOf(config, process.env)
  const progress = createSendProgress(process.stderr, { silent: flags.quiet === true, json: flags.json === true })
  const interruptions = watchInterruptions(() => progress.say('Finishing what is under way; Ctrl-C again stops at once.'))
  const force = textOf(flags.force) ?? undefined
  try {
    const report = await dryRunSend({
      config,
      editionId: argument === 'latest' ? await findLatest(flags, { config, place, newest: id }) : id,
      env: process.env,
      ledgerPlace: place,
      kind: sendingKindOf(flags),
      to: textOf(flags.to) ?? undefined,
      force,
      asBegun: flags.asBegun === true,
      retryUncertain: flags.retryUncertain === true,
      winner: winnerOf(flags),
      onStart: proposal => context.announce(formatSendProposal({ ...proposal, findings: [] }, context.paint, context.columns), null, ''),
      onCopy: (done, total) => context.progress('copying the recipients', done, total),
      onProgress: progress.report,
      drain: interruptions.first,
      abort: interruptions.second,
    })
    progress.end()
    return {
      exitCode: exitCodeOf(report, force),
      text: formatDrySend(report, context.columns, context.paint),
      json: { dryRun: { ...report, forecast: { ...report.forecast, endsAt: instantJson(report.forecast.endsAt) } } },
      notes: '',
    }
  } finally {
    progress.end()
    interruptions.stop()
  }
}

function exitCodeOf({ outcome, sum, verdict, findings, forecast }: DryRunReport, force = ''): 0 | 1 | 130 {
  if (outcome.kind === 'interrupted') return 130
  const isRefused = force.trim() === '' && findings.some(({ severity }) => severity === 'error')
  if (isRefused || verdict.faulty > 0 || forecast.wouldExpire) return 1
  if (outcome.kind === 'over') return 0
  return outcome.kind === 'finished' && sum !== null && sum.accepted + sum.suppressed === sum.recipients ? 0 : 1
}
