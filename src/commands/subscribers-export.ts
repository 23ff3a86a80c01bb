import { existsSync } from 'node:fs'
import path from 'node:path'
import { displayPath } from '../config/display-path.ts'
import { UserError } from '../errors.ts'
import { count } from '../report/count.ts'
import { type ExportFormat, exportSubscribers } from '../subscribers/export-subscribers.ts'
import { countSubscribers } from '../subscribers/page-subscribers.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { textOf } from './flag-values.ts'
import type { Flags } from './program.ts'
import { whereOf, withList } from './subscriber-flags.ts'
import { type WriteText, writeToFile, writeToOutput } from './write-rows.ts'

/** Writes the list, or a segment of it, to a file or to standard output. */
export function runSubscribersExport(_: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const out = textOf(flags.out)
  if (out === null && flags.json === true) throw needsFile()
  return withList(flags, context, async (ledger, settings) => {
    const query = { list: settings.list.id, segment: whereOf(flags, settings) }
    const total = await countSubscribers(ledger, query)
    let done = 0
    const chunks = exportSubscribers(ledger, query, formatOf(flags, out), some => {
      done = some
      context.progress('Writing', some, total)
    })
    const work = async (write: WriteText) => {
      for await (const chunk of chunks) await write(chunk)
    }
    if (out === null) {
      await writeToOutput(work)
      return { exitCode: 0, text: '', json: null, notes: '' }
    }
    const file = path.resolve(context.cwd, out)
    const shown = displayPath(file, context.cwd)
    const isThere = existsSync(file)
    await writeToFile(file, work)
    return {
      exitCode: 0,
      text: `Wrote ${count(done, 'subscriber')} to ${context.paint.cyan(shown)}${isThere ? ', in place of what it held' : ''}\n`,
      json: { export: { file: shown, subscribers: done } },
      notes: '',
    }
  })
}

function formatOf(flags: Flags, out: string | null): ExportFormat {
  const named = textOf(flags.format)
  if (named !== null) return named === 'csv' ? 'csv' : 'json-lines'
  return /\.(jsonl|ndjson|json)$/i.test(out ?? '') ? 'json-lines' : 'csv'
}

function needsFile(): UserError {
  return new UserError({
    code: 'usage',
    message: '--json prints one object, and an export is a file',
    expected: '--out FILE beside --json, or --format jsonl without it',
    hint: 'For lines of JSON on standard output: news-digest subscribers export --format jsonl',
  })
}
