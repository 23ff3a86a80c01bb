import type { Config } from '../config/config.ts'
import { parseLocalTime } from '../content/local-time.ts'
import type { SendProposal, SendReport } from '../delivery/send-report.ts'
import { UserError } from '../errors.ts'
import type { SendingKind } from '../ledger/tables.ts'
import { formatProblems } from '../report/format-problems.ts'
import { formatSendProposal } from '../report/format-send-proposal.ts'
import { formatSendReport } from '../report/format-send-report.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { ledgerPlaceOf } from './ledger-place.ts'
import type { Flags } from './program.ts'
import { readBuiltConfig } from './read-built-config.ts'
import { watchInterruptions } from './watch-interruptions.ts'
import { createSendProgress } from './write-send-progress.ts'

/** Sends a built edition: as a test, as a dry run, or to the list. Exit code 1 where something of it is left to do. */
export async function runSend(argument: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  if (flags.test !== undefined) return (await import('./send-test.ts')).runSendTest(argument, flags, context)
  if (flags.dryRun === true) return (await import('./send-dry.ts')).runSendDry(argument, flags, context)
  return sendToList(argument ?? '', flags, context)
}

async function sendToList(argument: string, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const { config, id: editionId } = await readBuiltConfig(argument, flags, context)
  const { sendEdition } = await import('../run-send.ts')
  const progress = createSendProgress(process.stderr, { silent: flags.quiet === true, json: flags.json === true })
  const interruptions = watchInterruptions(progress.say)
  try {
    const report = await sendEdition({
      config,
      editionId,
      env: process.env,
      ledgerPlace: ledgerPlaceOf(config, process.env),
      kind: kindOf(flags),
      to: textOf(flags.to),
      at: timeOf(flags.at, config),
      cancel: flags.cancel === true,
      force: textOf(flags.force),
      retryUncertain: flags.retryUncertain === true,
      winner: flags.winner === 'A' || flags.winner === 'B' ? flags.winner : undefined,
      ledgerIsPersistent: flags.ledgerIsPersistent === true,
      confirm: proposal => confirm(proposal, flags, context),
      onProgress: progress.report,
      onWait: progress.waitUntil,
      drain: interruptions.first,
      abort: interruptions.second,
    })
    progress.end()
    return toResult(report, context)
  } finally {
    progress.end()
    interruptions.stop()
  }
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
function exitCodeOf({ outcome, sum }: SendReport): 0 | 1 {
  const isDone = ['finished', 'over', 'cancelled', 'waits-for-winner'].includes(outcome.kind)
  return isDone && (sum?.uncertain ?? 0) === 0 ? 0 : 1
}

async function confirm(proposal: SendProposal, flags: Flags, context: CommandContext): Promise<boolean> {
  const { paint, interactive, announce } = context
  announce(formatSendProposal(proposal, paint), null, '')
  if (flags.yes === true) return true
  if (!interactive)
    throw new UserError({
      code: 'confirmation-missing',
      message: 'nobody can be asked here whether this is to be sent, so nothing was sent',
      expected: '--yes',
      hint: 'Look at what it would do with --dry-run, then add --yes.',
    })
  const { openPrompt } = await import('./read-answer.ts')
  const prompt = openPrompt()
  try {
    const answer = await prompt.ask(proposal.scheduledFor === null ? 'Send it? [y/N] ' : 'Send it then? [y/N] ')
    return /^\s*y(es)?\s*$/i.test(answer ?? '')
  } finally {
    prompt.close()
  }
}

function kindOf({ late, welcome }: Flags): SendingKind {
  if (late === true) return 'late'
  return welcome === true ? 'welcome' : 'edition'
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

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
