import { UserError } from '../errors.ts'
import { writeLedgerAnew } from '../ledger/write-anew.ts'
import { count } from '../report/count.ts'
import { type Forgotten, forgetPerson } from '../subscribers/forget-person.ts'
import { requireNormalAddress } from '../subscribers/require-subscriber.ts'
import type { CommandContext, CommandResult } from './command.ts'
import type { Flags } from './program.ts'
import { askForYes } from './read-answer.ts'
import { withList } from './subscriber-flags.ts'

/** Erases a person, after asking. Exit code 130 where the question was not answered with yes. */
export function runSubscribersForget(given: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const { address } = requireNormalAddress(given ?? '')
  return withList(flags, context, async ledger => {
    if (flags.yes !== true && !(await isConfirmed(address, context))) {
      return { exitCode: 130, text: 'Nothing was erased.\n', json: { forgotten: null }, notes: '' }
    }
    const forgotten = await forgetPerson(ledger, address, context.now.getTime())
    const isClean = await writeLedgerAnew(ledger)
    const mark = forgotten.lists.length === 0 ? context.paint.yellow('!') : context.paint.green('✓')
    return {
      exitCode: 0,
      text: `${mark} ${describe(address, forgotten)}\n`,
      json: { forgotten: { ...forgotten, isClean } },
      notes: isClean ? '' : notClean,
    }
  })
}

const notClean =
  'Another process is writing, so traces may still lie in unused parts of the file: run the same command again when nothing is being sent.\n'

async function isConfirmed(address: string, { interactive }: CommandContext): Promise<boolean> {
  if (!interactive) {
    throw new UserError({
      code: 'confirmation-missing',
      message: 'erasing a person cannot be undone, and nobody can be asked here',
      expected: '--yes',
      hint: `Run it again with --yes: news-digest subscribers forget ${address} --yes`,
    })
  }
  return (await askForYes(`Erase ${address} from every list of this ledger, for good? (yes/no): `)) === true
}

function describe(address: string, { lists, deliveries }: Forgotten): string {
  if (lists.length === 0)
    return `${address} was on no list of this ledger, so nothing was erased: is it spelled as they wrote it? From now on no import puts it on one`
  const named = `${count(deliveries, 'delivery', 'deliveries')} no longer ${deliveries === 1 ? 'names' : 'name'} them`
  const sent = deliveries === 0 ? '' : `; ${named}`
  return `${address} is erased from ${lists.join(', ')}${sent}. Older backups and exports still have them`
}
