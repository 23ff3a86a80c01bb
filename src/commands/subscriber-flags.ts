/** What the commands of `news-digest subscribers` have in common. */

import type { Settings } from '../config/config.ts'
import { displayPath } from '../config/display-path.ts'
import { UserError } from '../errors.ts'
import { hasLedger } from '../ledger/has-ledger.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { withLedger } from '../ledger/open-ledger.ts'
import { languageOf } from '../subscribers/language-of.ts'
import type { Segment } from '../subscribers/segment.ts'
import { segmentOf } from '../subscribers/segment-of.ts'
import { splitTags } from '../subscribers/tags.ts'
import type { CommandContext } from './command.ts'
import { textOf } from './flag-values.ts'
import { readLedgerSettings } from './ledger-place.ts'
import type { Flags } from './program.ts'

/** What the history says of changes by these commands. */
export const commandLine = 'command line'

/**
 * Reads the configuration, which need not know a site, opens the ledger and works with both. A ledger that is not there is made only by commands that put
 * somebody in.
 * @throws UserError `ledger-unavailable` where there is none and `make` is not set
 */
export async function withList<Result>(
  flags: Flags,
  context: CommandContext,
  work: (ledger: Ledger, settings: Settings) => Promise<Result>,
  { make = false }: { readonly make?: boolean } = {},
): Promise<Result> {
  const { settings, place } = await readLedgerSettings(flags, context)
  if (!make && !hasLedger(place)) throw noLedger(displayPath(place.file, context.cwd))
  return withLedger(place, ledger => work(ledger, settings))
}

function noLedger(file: string): UserError {
  return new UserError({
    code: 'ledger-unavailable',
    message: 'there is no ledger yet, so nobody is on the list',
    place: { file },
    hint: 'Run this in the folder of news-digest.yaml, or put people on the list first: news-digest subscribers import FILE',
  })
}

/** The segment of `--where`; null without it. */
export function whereOf(flags: Flags, settings: Settings): Segment | null {
  return segmentOf(settings, textOf(flags.where) ?? undefined)
}

/** The pairs of a flag such as `--map`. */
export function pairsOf(value: unknown): ReadonlyMap<string, string> {
  return new Map(Array.isArray(value) ? (value as [string, string][]) : [])
}

/** The language of `--language` in its usual spelling; null without it. @throws UserError `usage` */
export function languageFlag(value: unknown): string | null {
  const language = languageOf(textOf(value) ?? '')
  if (language !== undefined) return language
  throw new UserError({
    code: 'usage',
    message: '--language is no language tag',
    expected: 'a tag such as en, de or pt-BR',
    got: String(value),
    hint: 'Write the tag of the language.',
  })
}

/** Tags in their normal form. @throws UserError `usage` where one of them is none */
export function tagsFlag(given: readonly string[], flag = '--tag'): readonly string[] {
  return given.flatMap(text => {
    const tags = splitTags(text)
    if (tags.length > 0) return tags
    throw new UserError({
      code: 'usage',
      message: `${flag} is no tag`,
      expected: 'a short word or two, such as berlin',
      got: text.slice(0, 100),
      hint: 'Write letters and digits; a comma parts two tags.',
    })
  })
}
