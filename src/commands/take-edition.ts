import { UserError } from '../errors.ts'
import type { Flags } from './program.ts'

/** The edition that a command is about, and its flags. */
export interface TakenEdition {
  readonly edition: string
  readonly flags: Flags
}

/** A command that needs an edition, and a flag of it that takes several values. */
export interface EditionCommand {
  readonly command: string
  readonly list: string
}

/**
 * The edition of `send --test you@example.com 2026-w06`: a flag that takes several values takes everything behind it, the edition too, where that comes
 * last. No address and no view is called like an edition.
 * @throws UserError `usage` where none is named
 */
export async function takeEdition(argument: string | undefined, flags: Flags, { command, list }: EditionCommand): Promise<TakenEdition> {
  if (argument !== undefined) return { edition: argument, flags }
  const { isEditionId } = await import('../selection/edition-id.ts')
  const given = flags[list]
  const values: readonly unknown[] = Array.isArray(given) ? given : []
  const last = values.at(-1)
  if (typeof last === 'string' && (last === 'latest' || isEditionId(last.toLowerCase())))
    return { edition: last, flags: { ...flags, [list]: values.length === 1 ? undefined : values.slice(0, -1) } }
  throw new UserError({
    code: 'usage',
    message: 'no edition is named',
    expected: `news-digest ${command} latest${values.length === 0 ? '' : ` --${list} ${values.join(' ')}`}`,
    hint: `Name the edition right behind "${command}": latest, or one such as 2026-w06.`,
  })
}
