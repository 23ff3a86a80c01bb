import path from 'node:path'
import { displayPath } from '../config/display-path.ts'
import { cleanLine } from '../content/clean-text.ts'
import { UserError } from '../errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { describeSource, formatImport } from '../report/format-import.ts'
import { stopHeapGrowth } from '../run-heap-limit.ts'
import { csvLine } from '../subscribers/csv-line.ts'
import { type ColumnChoice, targetFault } from '../subscribers/import-columns.ts'
import type { RowNote } from '../subscribers/import-report.ts'
import { type ImportReport, importSubscribers } from '../subscribers/import-subscribers.ts'
import { openRows } from '../subscribers/read-rows.ts'
import type { RowSource } from '../subscribers/row-source.ts'
import type { CommandContext, CommandResult } from './command.ts'
import type { Flags } from './program.ts'
import { languageFlag, listOf, pairsOf, tagsFlag, textOf, withList } from './subscriber-flags.ts'
import { writeToFile } from './write-rows.ts'

/** Rows that stand in the terminal or in `--json`; `--report` has all of them. */
const notesInText = 10
const notesInJson = 1000

/** Imports a file of people. Exit code 2 where rows are refused, so that nothing was imported; 1 where a dry run says so. */
export function runSubscribersImport(argument: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const file = path.resolve(context.cwd, argument ?? '')
  const shownFile = displayPath(file, context.cwd)
  const choice = choiceOf(flags)
  return withList(
    flags,
    context,
    async (ledger, settings) => {
      const source = await openRows({ file, shownFile, choice })
      const dryRun = flags.dryRun === true
      const consent = cleanLine(textOf(flags.consent) ?? '') || null
      const consentMissing = consent === null && !saysHowTheyAgreed(source)
      if (consentMissing && !dryRun) throw unknownConsent(shownFile)
      stopHeapGrowth()
      const report = await importSubscribers(ledger, {
        source,
        list: settings.list.id,
        name: path.basename(file),
        rules: {
          tags: tagsFlag(listOf(flags.tag)),
          language: languageFlag(flags.language),
          // A dry run goes on as if it were given, to show all the rest.
          consent: consentMissing ? 'unknown' : consent,
          timeZone: settings.site.timeZone,
          now: context.now.getTime(),
        },
        update: flags.update === true,
        skipRefused: flags.skipRefused === true,
        dryRun,
        notesEach: flags.json === true ? notesInJson : notesInText,
        ...reportTo(textOf(flags.report), context),
        onProgress: context.progress,
      })
      if (report.kind === 'refused') throw refusal(report, shownFile, ledger)
      const rowsRefused = dryRun && report.outcomes.refused > 0 && flags.skipRefused !== true
      const shown = { file: shownFile, source, report, rowsRefused, consentMissing, list: settings.list.id }
      return {
        exitCode: rowsRefused || consentMissing ? 1 : 0,
        text: formatImport(shown, context.columns, context.paint),
        json: { import: { file: shownFile, ...describeSource(source), ...report } },
        notes: '',
      }
    },
    { make: true },
  )
}

function choiceOf(flags: Flags): ColumnChoice {
  const map = pairsOf(flags.map)
  for (const target of map.keys()) {
    const fault = targetFault(target)
    if (fault !== null) throw fault
  }
  return { map, ignore: listOf(flags.ignore) }
}

/** Whether the rows can say of themselves how people agreed, or that they get no mail. */
function saysHowTheyAgreed({ format, columns }: RowSource): boolean {
  const telling: readonly string[] = ['confirmed', 'consent', 'state', 'left', 'bounced', 'wanted', 'unwanted']
  return format === 'json-lines' || columns.some(({ target }) => telling.includes(target.kind))
}

function unknownConsent(file: string): UserError {
  return new UserError({
    code: 'import-refused',
    message: 'it is not known how these people agreed to get mail',
    place: { file },
    expected: 'a column that says when each of them confirmed, or --consent',
    hint: 'Say it in words, kept with each of them: --consent "signed up at the fair, May 2025"',
  })
}

function reportTo(name: string | null, { cwd }: CommandContext) {
  if (name === null) return {}
  const onNotes = (notes: AsyncIterable<readonly RowNote[]>) =>
    writeToFile(path.resolve(cwd, name), async write => {
      await write(csvLine(['row', 'line', 'address', 'outcome', 'detail']))
      for await (const some of notes) {
        await write(some.map(({ row, line, address, outcome, detail }) => csvLine([row, line, address, outcome, detail])).join(''))
      }
    })
  return { onNotes }
}

function refusal({ outcomes, rows, notes }: ImportReport, file: string, { description }: Ledger): UserError {
  const refused = notes.filter(({ outcome }) => outcome === 'refused')
  const shown = refused.slice(0, 20).map(({ row, line, address, detail }) => ({
    code: 'import-refused' as const,
    message: `row ${row} is refused: ${detail ?? ''}`,
    place: { file, line },
    ...(address === '' ? {} : { got: address }),
    hint: 'Mend it in the file.',
  }))
  return new UserError(
    {
      code: 'import-refused',
      message: `${outcomes.refused.toLocaleString('en')} of ${rows.toLocaleString('en')} rows ${outcomes.refused === 1 ? 'is' : 'are'} refused, so nothing was imported`,
      place: { file },
      hint: `Mend them, or import the others with --skip-refused; --report FILE writes down all of them. The ledger (${description}) is as it was.`,
    },
    ...shown,
  )
}
