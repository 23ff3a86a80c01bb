import type { Config } from '../config/config.ts'
import { parseLocalTime } from '../content/local-time.ts'
import type { SendReport } from '../delivery/send-report.ts'
import { UserError } from '../errors.ts'
import { formatProblems } from '../report/format-problems.ts'
import { formatSendProposal } from '../report/format-send-proposal.ts'
import { formatSendReport } from '../report/format-send-report.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { findLatest } from './find-latest.ts'
import { sendingKindOf, textOf, winnerOf } from './flag-values.ts'
import { ledgerPlaceOf } from './ledger-place.ts'
import { readConfigFor } from './plan-request.ts'
import type { Flags } from './program.ts'
import { readBuiltConfig } from './read-built-config.ts'
import { watchInterruptions } from './watch-interruptions.ts'
import { createSendProgress } from './write-send-progress.ts'

/** Sends a built edition: as a test, as a dry run, or to the list. Exit code 1 where something of it is left to do, 130 where it was interrupted. */
export async function runSend(argument: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  if (flags.test !== undefined) return (await import('./send-test.ts')).runSendTest(argument, flags, context)
  if (flags.dryRun === true) return (await import('./send-dry.ts')).runSendDry(argument, flags, context)
  return sendToList(argument ?? '', flags, context)
}

async function sendToList(argument: string, flags: Flags, context: CommandContext): Promise<CommandResult> {
  if (flags.cancel === true) return cancel(argument, flags, context)
  const { config, id } = await readBuiltConfig(argument, flags, context)
  const at = timeOf(flags.at, config)
  const ledgerPlace = ledgerPlaceOf(config, process.env)
  const editionId = argument === 'latest' ? await findLatest(flags, { config, place: ledgerPlace, newest: id }) : id
  const { sendEdition } = await import('../run-send.ts')
  const progress = createSendProgress(process.stderr, { silent: flags.quiet === true, json: flags.json === true })
  let isSending = false
  const interruptions = watchInterruptions(() => {
    if (isSending) progress.say('Finishing what is under way; Ctrl-C again stops at once.')
  })
  let answer: boolean | null = true
  try {
    const report = await sendEdition({
      config,
      editionId,
      env: process.env,
      ledgerPlace,
      kind: sendingKindOf(flags),
      to: textOf(flags.to) ?? undefined,
      at,
      force: textOf(flags.force) ?? undefined,
      asBegun: flags.asBegun === true,
      retryUncertain: flags.retryUncertain === true,
      winner: winnerOf(flags),
      ledgerIsPersistent: flags.ledgerIsPersistent === true,
      confirm: async proposal => {
        context.announce(formatSendProposal(proposal, context.paint, context.columns), null, '')
        if (flags.yes === true) return true
        requirePerson(flags, context)
        const { askForYes } = await import('./read-answer.ts')
        answer = await askForYes(proposal.scheduledFor === null ? 'Send it? [y/N] ' : 'Send it then? [y/N] ', interruptions.first)
        return answer === true
      },
      onProgress: now => {
        isSending = true
        progress.report(now)
      },
      onWait: progress.waitUntil,
      drain: interruptions.first,
      abort: interruptions.second,
    })
    progress.end()
    const result = toResult(report, context)
    // The cursor still stands behind the question.
    return answer === null ? { ...result, exitCode: 130, text: `\n${result.text}` } : result
  } finally {
    progress.end()
    interruptions.stop()
  }
}

/** Needs no more than the list and its ledger, so that a time can be taken back from anywhere. */
async function cancel(argument: string, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const config = await readConfigFor(flags, context)
  const { cancelSending } = await import('../run-cancel-send.ts')
  return toResult(await cancelSending({ config, editionId: argument, ledgerPlace: ledgerPlaceOf(config, process.env) }), context)
}

function toResult(report: SendReport, { paint, columns }: CommandContext): CommandResult {
  return {
    exitCode: exitCodeOf(report),
    text: formatSendReport(report, paint, columns),
    json: { sending: report },
    notes: formatProblems(report.problems, paint),
  }
}

/** 0 where all is done that was asked for; what is uncertain waits for the editor. */
function exitCodeOf({ outcome, sum }: SendReport): 0 | 1 | 130 {
  if (outcome.kind === 'interrupted' || outcome.kind === 'still-scheduled') return 130
  if ((outcome.kind === 'finished' || outcome.kind === 'over') && (sum?.expired ?? 0) > 0) return 1
  const isDone = ['finished', 'over', 'cancelled', 'waits-for-winner'].includes(outcome.kind)
  return isDone && (sum?.uncertain ?? 0) === 0 ? 0 : 1
}

function requirePerson(flags: Flags, { interactive }: CommandContext): void {
  // With --quiet and --json nobody would see what is asked about.
  if (interactive && flags.quiet !== true && flags.json !== true) return
  throw new UserError({
    code: 'confirmation-missing',
    message: 'nobody can be asked here whether this is to be sent, so nothing was sent',
    expected: '--yes',
    hint: 'Look at what it would do with --dry-run, then add --yes.',
  })
}

function timeOf(at: unknown, { site }: Config): { readonly instant: number; readonly zone: string } | undefined {
  if (typeof at !== 'string') return undefined
  const instant = parseLocalTime(at, site.timeZone)
  if (instant !== null) return { instant, zone: site.timeZone }
  throw new UserError({
    code: 'time-invalid',
    message: '--at is not a time',
    expected: `a day and a time in ${site.timeZone}, such as 2026-02-09T09:00, or with an offset`,
    got: JSON.stringify(at.slice(0, 40)),
    hint: 'Write day, T and time.',
  })
}
