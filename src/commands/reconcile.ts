import { readSettings } from '../config/read-config.ts'
import { UserError } from '../errors.ts'
import { formatReconcile } from '../report/format-reconcile.ts'
import { reconcileEdition } from '../run-reconcile.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { hasLedger, ledgerPlaceOf } from './ledger-place.ts'
import type { Flags } from './program.ts'
import { nothingSent } from './status.ts'

/** Settles uncertain deliveries of an edition. Exit code 1 while some stay uncertain, or are to be sent again. */
export async function runReconcile(edition: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const logs = pathsOf(flags.log)
  const mailboxes = pathsOf(flags.bounces)
  requireSources(logs, mailboxes)
  const settings = await readSettings({ cwd: context.cwd, file: typeof flags.config === 'string' ? flags.config : null })
  const place = ledgerPlaceOf(settings, process.env)
  if (!hasLedger(place)) throw nothingSent(place)
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

function pathsOf(paths: unknown): readonly string[] {
  return Array.isArray(paths) ? paths.map(String) : []
}

function requireSources(logs: readonly string[], mailboxes: readonly string[]): void {
  const all = [...logs, ...mailboxes]
  const problem =
    all.length === 0
      ? 'nothing was named that could tell'
      : all.filter(each => each === '-').length > 1
        ? 'standard input can be read once'
        : null
  if (problem === null) return
  throw new UserError({
    code: 'usage',
    message: problem,
    expected: 'news-digest reconcile 2026-w06 --log /var/log/mail.log',
    hint: "Name the relay's mail log with --log, or a mailbox of reports with --bounces, or both.",
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
