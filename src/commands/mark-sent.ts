import { displayPath } from '../config/display-path.ts'
import type { Edition } from '../edition/edition.ts'
import { markSent } from '../edition/write-edition-file.ts'
import { UserError } from '../errors.ts'
import { readEdition } from '../output/read-edition.ts'
import { formatInstant } from '../report/format-instant.ts'
import type { CommandContext, CommandResult } from './command.ts'
import type { Flags } from './program.ts'
import { readBuiltConfig } from './read-built-config.ts'

/** Records in content/editions/<id>.md that a built edition went out, so that its posts never run again. */
export async function runMarkSent(argument: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const { config, id } = await readBuiltConfig(argument ?? '', flags, context)
  const { out, displayRoot } = config.paths
  const edition = await readEdition({ out, id, displayRoot })
  const sentAt = typeof flags.at === 'string' ? instantOf(flags.at) : context.now
  const where = { folder: config.paths.editions, displayRoot: context.cwd }
  const written = await markSent(where, { edition, sentAt: sentAt.toISOString() })
  const file = displayPath(written.path, context.cwd)
  return {
    exitCode: 0,
    text: written.changed ? marked(edition, file, context) : markedAlready(edition, file, written.sentAt, context),
    json: { edition: edition.id, sentAt: written.sentAt, changed: written.changed, files: [file] },
    notes: '',
  }
}

function marked({ id, items }: Edition, file: string, { paint }: CommandContext): string {
  const posts = items.length === 1 ? 'its post' : `its ${items.length} posts`
  return `${paint.green('✓')} ${id} is marked as sent in ${paint.cyan(file)}; ${posts} will not run again. Commit that file.\n`
}

function markedAlready({ id }: Edition, file: string, sentAt: string | null, { paint }: CommandContext): string {
  const when = sentAt === null ? '' : `, on ${formatInstant(sentAt)}`
  return `${paint.yellow('·')} ${id} was marked as sent already${when}, in ${paint.cyan(file)}; nothing was changed.\n`
}

function instantOf(text: string): Date {
  const instant = new Date(text)
  if (!Number.isNaN(instant.getTime()) && /^\d{4}-\d{2}-\d{2}T/.test(text)) return instant
  throw new UserError({
    code: 'usage',
    message: '--at is not an instant',
    expected: 'an instant such as 2026-02-09T09:00:00+01:00',
    got: text,
    hint: 'Write day, time and offset.',
  })
}
