/** The commands that look after a sending: what became of it, and what came back. */

import type { Command } from 'commander'
import { addCommonFlags, examples } from './common-flags.ts'
import { nowOption } from './flags.ts'
import type { Execute, Flags } from './program.ts'
import { takeEdition } from './take-edition.ts'

/** Adds `status`, `bounces` and `reconcile` to the command line. */
export function addDeliveryCommands(program: Command, execute: Execute): void {
  const status = addCommonFlags(program.command('status [edition]'))
    .description('Say what became of every recipient of an edition; without one, list what was sent.')
    .option('--csv', 'print a line for each recipient')
    .option('--out <file>', 'with --csv: write it to this file')
    .addOption(nowOption())
    .addHelpText(
      'after',
      examples(
        'news-digest status',
        'news-digest status latest',
        'news-digest status 2026-w06 --json',
        'news-digest status 2026-w06 --csv --out recipients.csv',
      ),
    )
  status.action((edition: string | undefined, flags: Flags) => execute(async () => (await import('./status.ts')).runStatus, edition, flags))

  const bounces = addCommonFlags(program.command('bounces [paths...]'))
    .description(
      'Read what came back: bounces, complaints and mail that unsubscribes, from a maildir, mbox, .eml files, or - for standard input.',
    )
    .option('--dry-run', 'say what would happen, and change nothing')
    .addOption(nowOption())
    .addHelpText(
      'after',
      examples(
        'news-digest bounces /var/mail/bounces/Maildir',
        'news-digest bounces bounces.mbox complaint.eml --dry-run',
        'news-digest bounces - < message.eml',
      ),
    )
  bounces.action((paths: readonly string[], flags: Flags) =>
    execute(async () => (await import('./bounces.ts')).runBounces, undefined, { ...flags, paths }),
  )

  const reconcile = addCommonFlags(program.command('reconcile [edition]'))
    .description("Settle what is uncertain, from the relay's log or from reports that came back.")
    .option('--log <file...>', "Postfix's mail log, the oldest file first; .gz is uncompressed, - is standard input")
    .option('--bounces <path...>', 'maildir, mbox or .eml files with reports')
    .option('--log-time-zone <zone>', "IANA zone of a log that does not name its own (default: this machine's)")
    .option('--dry-run', 'say what would happen, and change nothing')
    .addOption(nowOption())
    .addHelpText(
      'after',
      examples(
        'news-digest reconcile 2026-w06 --log /var/log/mail.log',
        'news-digest reconcile latest --log mail.log.2.gz mail.log.1 mail.log --dry-run',
        'journalctl -o short-iso | news-digest reconcile 2026-w06 --log -',
        'news-digest reconcile 2026-w06 --bounces /var/mail/bounces/Maildir',
      ),
    )
  reconcile.action(async (argument: string | undefined, given: Flags) => {
    const { edition, flags } = await takeEdition(argument, given, {
      command: 'reconcile',
      list: given.log === undefined ? 'bounces' : 'log',
    })
    return execute(async () => (await import('./reconcile.ts')).runReconcile, edition, flags)
  })
}
