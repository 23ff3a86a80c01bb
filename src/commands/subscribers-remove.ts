import { cleanLine } from '../content/clean-text.ts'
import { removeSubscribers } from '../subscribers/remove-subscribers.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { listOf, textOf } from './flag-values.ts'
import type { Flags } from './program.ts'
import { commandLine, withList } from './subscriber-flags.ts'

/** Unsubscribes people; all of the named ones or nobody. */
export function runSubscribersRemove(address: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  return withList(flags, context, async (ledger, { list }) => {
    const removed = await removeSubscribers(ledger, {
      list: list.id,
      addresses: [...(address === undefined ? [] : [address]), ...listOf(flags.more)],
      why: cleanLine(textOf(flags.why) ?? '') || 'removed by hand',
      source: commandLine,
      at: context.now.getTime(),
    })
    const { paint } = context
    const lines = removed.map(each =>
      each.changed
        ? `${paint.green('✓')} ${each.address} is unsubscribed`
        : `${paint.yellow('·')} ${each.address} got no mail already (${each.from})`,
    )
    return { exitCode: 0, text: `${lines.join('\n')}\n`, json: { removed }, notes: '' }
  })
}
