import { readSettings } from '../config/read-config.ts'
import type { IncomingEntry } from '../delivery/bounces/incoming.ts'
import { UserError } from '../errors.ts'
import { formatBounces } from '../report/format-bounces.ts'
import { takeBounces } from '../run-bounces.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { hasLedger, ledgerPlaceOf } from './ledger-place.ts'
import type { Flags } from './program.ts'
import { nothingSent } from './status.ts'

/** Reads what came back and does what follows. With `--json`, every decision. */
export async function runBounces(_: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const paths = requirePaths(flags.paths)
  const settings = await readSettings({ cwd: context.cwd, file: typeof flags.config === 'string' ? flags.config : null })
  const place = ledgerPlaceOf(settings, process.env)
  if (!hasLedger(place)) throw nothingSent(place)
  const entries: IncomingEntry[] = []
  const result = await takeBounces({
    settings,
    place,
    paths,
    standardInput: process.stdin,
    secret: process.env.NEWS_DIGEST_SECRET,
    now: context.now,
    dryRun: flags.dryRun === true,
    onProgress: context.progress,
    ...(flags.json === true ? { onEntry: entry => void entries.push(entry) } : {}),
  })
  return { exitCode: 0, json: { bounces: { ...result, entries } }, ...formatBounces(result, context.columns, context.paint) }
}

function requirePaths(paths: unknown): readonly string[] {
  if (Array.isArray(paths) && paths.length > 0) return paths.map(String)
  throw new UserError({
    code: 'usage',
    message: 'nothing was named to be read',
    expected: 'news-digest bounces /var/mail/bounces/Maildir',
    hint: 'Name a maildir, an mbox, .eml files, or - for standard input.',
  })
}
