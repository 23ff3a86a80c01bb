import { formatStats } from '../report/format-stats.ts'
import { subscriberStats } from '../subscribers/subscriber-stats.ts'
import type { CommandContext, CommandResult } from './command.ts'
import type { Flags } from './program.ts'
import { whereOf, withList } from './subscriber-flags.ts'

/** Shows the list in figures. */
export function runSubscribersStats(_: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  return withList(flags, context, async (ledger, settings) => {
    const { id } = settings.list
    const stats = await subscriberStats(ledger, id, whereOf(flags, settings), context.now.getTime())
    return { exitCode: 0, text: formatStats(id, stats, context.columns, context.paint), json: { list: id, ...stats }, notes: '' }
  })
}
