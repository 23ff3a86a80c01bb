import { formatSubscribers } from '../report/format-subscribers.ts'
import { countSubscribers, pageSubscribers } from '../subscribers/page-subscribers.ts'
import { type SubscriberJson, subscriberJson } from '../subscribers/subscriber-json.ts'
import type { CommandContext, CommandResult } from './command.ts'
import type { Flags } from './program.ts'
import { whereOf, withList } from './subscriber-flags.ts'

/** Shows who is on the list, the first to join first. */
export function runSubscribersList(_: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  return withList(flags, context, async (ledger, settings) => {
    const limit = typeof flags.limit === 'number' ? flags.limit : 50
    const query = { list: settings.list.id, segment: whereOf(flags, settings), limit }
    const total = await countSubscribers(ledger, query)
    const subscribers: SubscriberJson[] = []
    for await (const page of pageSubscribers(ledger, query)) subscribers.push(...page.map(subscriberJson))
    return {
      exitCode: 0,
      text: formatSubscribers(subscribers, total, context.columns, context.paint),
      json: { total, subscribers },
      notes: '',
    }
  })
}
