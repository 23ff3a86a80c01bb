import type { IncomingEntry } from '../delivery/bounces/incoming.ts'
import { UserError } from '../errors.ts'
import { formatBounces, type MarkedPerson, mostMarked } from '../report/format-bounces.ts'
import { takeBounces } from '../run-bounces.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { listOf } from './flag-values.ts'
import { readLedgerSettings, requireSent } from './ledger-place.ts'
import type { Flags } from './program.ts'

/** Reads what came back and does what follows. With `--json`, every decision. */
export async function runBounces(_: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const paths = requirePaths(flags.paths)
  const { settings, place } = await readLedgerSettings(flags, context)
  requireSent(place)
  const entries: IncomingEntry[] = []
  const first: MarkedPerson[] = []
  const result = await takeBounces({
    settings,
    place,
    paths,
    standardInput: process.stdin,
    secret: process.env.NEWS_DIGEST_SECRET,
    now: context.now,
    dryRun: flags.dryRun === true,
    onProgress: context.progress,
    onEntry: entry => {
      if (flags.json === true) entries.push(entry)
      const { address, changedTo, decision } = entry
      if (changedTo !== null && first.length < mostMarked) first.push({ address: address ?? '', state: changedTo, why: decision })
    },
  })
  return { exitCode: 0, json: { bounces: { ...result, entries } }, ...formatBounces({ ...result, first }, context.columns, context.paint) }
}

function requirePaths(paths: unknown): readonly string[] {
  const given = listOf(paths)
  if (given.length > 0) return given
  throw new UserError({
    code: 'usage',
    message: 'nothing was named to be read',
    expected: 'news-digest bounces /var/mail/bounces/Maildir',
    hint: 'Name a maildir, an mbox, .eml files, or - for standard input.',
  })
}
