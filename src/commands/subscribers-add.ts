import { cleanLine } from '../content/clean-text.ts'
import { type Added, addSubscriber } from '../subscribers/add-subscriber.ts'
import { attributeValue, normalAttributeName } from '../subscribers/attributes.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { listOf, textOf } from './flag-values.ts'
import type { Flags } from './program.ts'
import { commandLine, languageFlag, pairsOf, tagsFlag, withList } from './subscriber-flags.ts'

/** Puts one person on the list, or adds to what is known of them. */
export function runSubscribersAdd(address: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  return withList(
    flags,
    context,
    async (ledger, { list }) => {
      const consent = textOf(flags.consent)?.trim() || null
      const added = await addSubscriber(ledger, {
        list: list.id,
        address: address ?? '',
        name: cleanLine(textOf(flags.name) ?? '') || null,
        language: languageFlag(flags.language),
        tags: tagsFlag(listOf(flags.tag)),
        attributes: attributesFlag(pairsOf(flags.attribute)),
        consent,
        source: commandLine,
        at: context.now.getTime(),
      })
      return {
        exitCode: 0,
        text: `${context.paint.green('✓')} ${describe(added)}\n`,
        json: { subscriber: added },
        notes: notesOn(added, consent),
      }
    },
    { make: true },
  )
}

function attributesFlag(pairs: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...pairs].flatMap(([name, value]) => {
      const normal = normalAttributeName(name)
      return normal === null ? [] : [[normal, attributeValue(value)] as const]
    }),
  )
}

/** The law of most countries asks for it later, when nobody remembers. */
function notesOn({ kind }: Added, consent: string | null): string {
  if (kind !== 'added' || consent !== null) return ''
  return 'How they agreed to get mail is not known now. To keep it with them: --consent "asked by mail on 3 May"\n'
}

function describe({ kind, address, state }: Added): string {
  const waits = state === 'pending' ? '; waits to be confirmed' : ''
  switch (kind) {
    case 'added':
      return `${address} is on the list`
    case 'returned':
      return `${address} is back on the list`
    case 'updated':
      return `${address} was on the list; what is known of them was changed${waits}`
    case 'unchanged':
      return `${address} was on the list already; nothing was changed${waits}`
  }
}
