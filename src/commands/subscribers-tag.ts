import path from 'node:path'
import type { Settings } from '../config/config.ts'
import { displayPath } from '../config/display-path.ts'
import { UserError } from '../errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { formatNumber } from '../report/format-number.ts'
import { normalAddress } from '../subscribers/normal-address.ts'
import { openRows } from '../subscribers/read-rows.ts'
import { requireNormalAddress, requireSubscriber } from '../subscribers/require-subscriber.ts'
import { type Tagged, type TagRequest, tagAddresses, tagSegment } from '../subscribers/tag-subscribers.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { listOf, textOf } from './flag-values.ts'
import type { Flags } from './program.ts'
import { tagsFlag, whereOf, withList } from './subscriber-flags.ts'

/** Puts tags on people or takes them off. Exit code 1 where a file names people who are not on the list. */
export function runSubscribersTag(tag: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const tags = tagsFlag([tag ?? ''], 'the tag')
  const action = flags.action === 'untag' ? 'untag' : 'tag'
  requireOneWay(flags, action)
  return withList(flags, context, async (ledger, settings) => {
    const request: TagRequest = { list: settings.list.id, tags, action, onProgress: done => context.progress('Tagging', done, done) }
    const tagged = await tagAll(ledger, settings, request, flags, context)
    const verb = action === 'tag' ? 'has' : 'no longer has'
    const { paint } = context
    return {
      exitCode: tagged.unknownCount > 0 ? 1 : 0,
      text: `${paint.green('✓')} ${formatNumber(tagged.found)} found; ${formatNumber(tagged.changed)} changed: each ${verb} ${tags.join(', ')}\n`,
      json: { [action]: { tags, ...tagged } },
      notes: unknownNote(tagged, context),
    }
  })
}

/** `unknown` holds the first of those who are not on the list. */
type TaggedAll = Tagged & { readonly unknown: readonly string[]; readonly unknownCount: number }

const mostUnknown = 1000

async function tagAll(ledger: Ledger, settings: Settings, request: TagRequest, flags: Flags, context: CommandContext): Promise<TaggedAll> {
  const file = textOf(flags.file)
  if (file !== null) return tagFile(ledger, path.resolve(context.cwd, file), request, context)
  const addresses = listOf(flags.more).map(address => requireNormalAddress(address).address)
  if (addresses.length === 0) return { ...(await tagSegment(ledger, whereOf(flags, settings), request)), unknown: [], unknownCount: 0 }
  for (const address of addresses) await requireSubscriber(ledger.db, request.list, address)
  const tagged = await tagAddresses(ledger, addresses, request)
  return { ...tagged, unknownCount: tagged.unknown.length }
}

/** Everybody in a file, some at a time. An address that is none counts as unknown. */
async function tagFile(ledger: Ledger, file: string, request: TagRequest, context: CommandContext): Promise<TaggedAll> {
  const source = await openRows({ file, shownFile: displayPath(file, context.cwd), choice: { map: new Map(), ignore: [] } })
  let [found, changed] = [0, 0]
  const unknown: string[] = []
  let unknownCount = 0
  const note = (addresses: readonly string[]) => {
    unknownCount += addresses.length
    unknown.push(...addresses.slice(0, Math.max(0, mostUnknown - unknown.length)))
  }
  for await (const { rows } of source.batches) {
    const given = rows.flatMap(({ cells }) => cells.filter(([target]) => target.kind === 'email').map(([, text]) => text))
    const normal = given.map(normalAddress)
    note(normal.flatMap((each, index) => (each.kind === 'refused' ? [given[index] ?? ''] : [])))
    const addresses = new Set(normal.flatMap(each => (each.kind === 'address' ? [each.address] : [])))
    const tagged = await tagAddresses(ledger, [...addresses], {
      ...request,
      onProgress: done => context.progress('Tagging', found + done, found + done),
    })
    found += tagged.found
    changed += tagged.changed
    note(tagged.unknown)
  }
  return { found, changed, unknown, unknownCount }
}

function requireOneWay(flags: Flags, action: string): void {
  const ways = [flags.where !== undefined, flags.file !== undefined, listOf(flags.more).length > 0].filter(given => given).length
  if (ways === 1) return
  throw new UserError({
    code: 'usage',
    message: ways === 0 ? 'it is not said whom it concerns' : 'it is said in several ways whom it concerns',
    expected: 'addresses, --where, or --file',
    hint: `For everybody who is subscribed: news-digest subscribers ${action} TAG --where "state = subscribed"`,
  })
}

function unknownNote({ unknown, unknownCount }: TaggedAll, { paint }: CommandContext): string {
  if (unknown.length === 0) return ''
  const shown = unknown.slice(0, 5).map(address => address.slice(0, 80))
  const rest = unknownCount > shown.length ? ` and ${formatNumber(unknownCount - shown.length)} more` : ''
  return `${paint.yellow('·')} not on the list: ${shown.join(', ')}${rest}\n`
}
