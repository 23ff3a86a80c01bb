import { UserError } from '../errors.ts'
import { formatReconcile } from '../report/format-reconcile.ts'
import { reconcileEdition } from '../run-reconcile.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { listOf } from './flag-values.ts'
import { readLedgerSettings, requireSent } from './ledger-place.ts'
import type { Flags } from './program.ts'

/** Settles uncertain deliveries of an edition. Exit code 1 while some stay uncertain, or are to be sent again. */
export async function runReconcile(edition: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const logs = listOf(flags.log)
  const mailboxes = listOf(flags.bounces)
  requireSources(logs, mailboxes)
  const { settings, place } = await readLedgerSettings(flags, context)
  requireSent(place)
  const result = await reconcileEdition({
    settings,
    place,
    edition: edition ?? 'latest',
    logs,
    mailboxes,
    standardInput: process.stdin,
    timeZone: zoneOf(flags.logTimeZone),
    secret: process.env.NEWS_DIGEST_SECRET,
    now: context.now,
    dryRun: flags.dryRun === true,
    onProgress: context.progress,
  })
  const isOpen = result.deliveries.some(({ result: each }) => each === 'uncertain' || each === 'again')
  return { exitCode: isOpen ? 1 : 0, text: formatReconcile(result, context.columns, context.paint), json: { reconcile: result }, notes: '' }
}

function requireSources(logs: readonly string[], mailboxes: readonly string[]): void {
  const all = [...logs, ...mailboxes]
  if (all.length === 0)
    throw new UserError({
      code: 'usage',
      message: 'nothing was named that could tell',
      expected: 'news-digest reconcile 2026-w06 --log /var/log/mail.log',
      hint: "Name the relay's mail log with --log, or a mailbox of reports with --bounces, or both.",
    })
  if (all.filter(each => each === '-').length > 1)
    throw new UserError({
      code: 'usage',
      message: 'standard input can be read only once',
      expected: 'one - in all, behind --log or behind --bounces',
      hint: 'Name files instead of the others.',
    })
}

/** Syslog writes the local time of the relay, and that is this machine's more often than any other. */
function zoneOf(given: unknown): string {
  const zone = typeof given === 'string' ? given : Intl.DateTimeFormat().resolvedOptions().timeZone
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    throw new UserError({
      code: 'usage',
      message: '--log-time-zone names no time zone',
      expected: 'an IANA zone such as Europe/Berlin, or UTC',
      got: zone,
      hint: "Write the zone of the relay's machine.",
    })
  }
}
