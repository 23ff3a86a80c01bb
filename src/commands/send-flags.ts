import { type Command, Option } from 'commander'
import { nowOption } from './flags.ts'

/** Flags of `send`. */
export function addSendFlags(command: Command): Command {
  return command
    .addOption(
      new Option('--test <address...>', 'only to these addresses, as a test').conflicts([
        'dryRun',
        'late',
        'welcome',
        'at',
        'cancel',
        'winner',
      ]),
    )
    .addOption(
      new Option('--dry-run', 'send everything to a server of our own on this machine, and tell how it went').conflicts(['at', 'cancel']),
    )
    .option('--to <segment>', 'a segment by name, or an expression (default: send.to, else everybody)')
    .option('--yes', 'ask nothing')
    .addOption(
      new Option('--at <time>', 'wait until then, e.g. 2026-02-09T09:00 in the zone of the site').conflicts([
        'late',
        'welcome',
        'cancel',
        'winner',
        'retryUncertain',
      ]),
    )
    .addOption(
      new Option('--cancel', 'take back the time that --at has set').conflicts(['late', 'welcome', 'winner', 'retryUncertain', 'to']),
    )
    .addOption(new Option('--late', 'to those who joined since it was sent').conflicts(['welcome', 'winner']))
    .addOption(new Option('--welcome', 'to those who confirmed since it was sent').conflicts('winner'))
    .option('--force <reason>', 'send although a check or the edition file speaks against it; the reason is stored')
    .addOption(
      new Option('--as-begun', 'what the sending began with, although it was built anew since').conflicts(['test', 'at', 'cancel']),
    )
    .option('--retry-uncertain', 'once more to those of whom nobody knows whether it arrived')
    .addOption(new Option('--winner <subject>', 'the subject that all who wait get').choices(['A', 'B']))
    .option('--ledger-is-persistent', 'with CI set: the file of the ledger is kept')
    .option('--out <dir>', 'folder the edition was built into (default: out)')
    .addOption(nowOption())
}
