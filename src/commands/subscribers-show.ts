import { formatSubscriber } from '../report/format-subscriber.ts'
import { requireNormalAddress, requireSubscriber } from '../subscribers/require-subscriber.ts'
import { showSubscriber } from '../subscribers/show-subscriber.ts'
import { subscriberFileJson } from '../subscribers/subscriber-json.ts'
import type { CommandContext, CommandResult } from './command.ts'
import type { Flags } from './program.ts'
import { withList } from './subscriber-flags.ts'

/** Shows all that the ledger knows of a person. */
export function runSubscribersShow(address: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const normal = requireNormalAddress(address ?? '')
  return withList(flags, context, async (ledger, { list }) => {
    const file = await showSubscriber(ledger, await requireSubscriber(ledger.db, list.id, normal.address))
    return {
      exitCode: 0,
      text: formatSubscriber(file, context.paint),
      json: subscriberFileJson(file),
      notes: '',
    }
  })
}
