import { formatSubscriber } from '../report/format-subscriber.ts'
import { requireNormalAddress, requireSubscriber } from '../subscribers/require-subscriber.ts'
import { showSubscriber } from '../subscribers/show-subscriber.ts'
import { subscriberJson } from '../subscribers/subscriber-json.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { instantJson } from './json.ts'
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
      json: {
        subscriber: subscriberJson(file.subscriber),
        history: file.history.map(each => ({ ...each, at: instantJson(each.at) })),
        sign_ups: file.signUps.map(({ requestedAt, mailedAt, confirmedAt, ...each }) => ({
          ...each,
          requested_at: instantJson(requestedAt),
          mailed_at: instantJson(mailedAt),
          confirmed_at: instantJson(confirmedAt),
        })),
        leave_reasons: file.leaveReasons.map(each => ({ ...each, at: instantJson(each.at) })),
        deliveries: file.deliveries.map(({ changedAt, ...each }) => ({ ...each, changed_at: instantJson(changedAt) })),
      },
      notes: '',
    }
  })
}
