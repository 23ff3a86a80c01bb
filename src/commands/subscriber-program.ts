import { type Command, InvalidArgumentError, Option } from 'commander'
import { addCommonFlags, examples } from './common-flags.ts'
import { nowOption, parseCount } from './flags.ts'
import type { Execute, Flags, RunCommand } from './program.ts'

/** Adds `news-digest subscribers …` to the command line. Further arguments of a subcommand reach it as the flag `more`. */
export function addSubscriberCommands(program: Command, execute: Execute): void {
  const subscribers = program
    .command('subscribers')
    .description('Keep the list: import, export, add, remove, tag, list, show, stats, forget.')
    .helpCommand(false)
    .addHelpText(
      'after',
      examples(
        'news-digest subscribers import readers.csv --dry-run',
        'news-digest subscribers list --where "tag = berlin"',
        'news-digest subscribers stats',
      ),
    )

  const define = (usage: string, description: string, ...lines: readonly string[]) =>
    addCommonFlags(subscribers.command(usage))
      .description(description)
      .addOption(nowOption())
      .addHelpText('after', examples(...lines.map(line => `news-digest subscribers ${line}`)))
  const runOne = (load: () => Promise<RunCommand>) => (argument: string, flags: Flags) => execute(load, argument, flags)
  const runAny = (load: () => Promise<RunCommand>) => (flags: Flags) => execute(load, undefined, flags)
  const runMany = (load: () => Promise<RunCommand>) => (given: readonly string[], flags: Flags) =>
    execute(load, given[0], { ...flags, more: given.slice(1) })

  define(
    'import <file>',
    'Import people from a CSV file or JSON lines, all or nothing.',
    'import readers.csv --dry-run',
    'import readers.csv --consent "signed up at the fair, May 2025" --tag fair',
    'import export.csv --map email=Mail --map attribute.city=Ort --ignore Notes',
    'import export.csv --skip-refused --report report.csv',
  )
    .option('--dry-run', 'show what would happen, change nothing')
    .option('--consent <text>', 'how these people agreed to get mail; needed unless the file says when each confirmed')
    .addOption(
      new Option('--map <target=column...>', 'which column holds what: email=Mail, attribute.city=Ort').argParser(
        collectPairs('a target and a column'),
      ),
    )
    .option('--ignore <column...>', 'columns to pass over')
    .option('--tag <tag...>', 'put these tags on everybody in the file')
    .option('--language <tag>', 'language of those whose row names none')
    .option('--update', "where both have a value, the file's wins over the ledger's")
    .option('--skip-refused', 'import the rest where rows are refused')
    .option('--report <file>', 'write a CSV file with every row that is not simply new')
    .action(runOne(async () => (await import('./subscribers-import.ts')).runSubscribersImport))

  define(
    'export',
    'Write the list as CSV or JSON lines; import reads it back.',
    'export --out readers.csv',
    'export --where "tag = berlin and state = subscribed" --out berlin.jsonl',
  )
    .option('--out <file>', 'file to write to (default: standard output)')
    .addOption(new Option('--format <format>', "form of the file (default: by the file's name)").choices(['csv', 'jsonl']))
    .option('--where <segment>', 'only these: an expression, or the name of a segment')
    .action(runAny(async () => (await import('./subscribers-export.ts')).runSubscribersExport))

  define(
    'add <address>',
    'Put one person on the list, or add to what is known of them.',
    'add ada@reader.example --name "Ada Lovelace" --language en --tag berlin press',
    'add ada@reader.example --attribute city=Berlin --consent "asked by mail on 3 May"',
  )
    .option('--name <text>', 'their name')
    .option('--language <tag>', 'their language')
    .option('--tag <tag...>', 'tags to put on')
    .addOption(new Option('--attribute <name=value...>', 'free attributes').argParser(collectPairs('a name and a value')))
    .option('--consent <text>', 'how they asked for it; needed to put somebody back who left')
    .action(runOne(async () => (await import('./subscribers-add.ts')).runSubscribersAdd))

  define(
    'remove <address...>',
    'Unsubscribe people. They stay in the ledger, so that no import puts them back.',
    'remove ada@reader.example',
    'remove ada@reader.example --why "asked on the phone"',
  )
    .option('--why <text>', 'kept in their history', 'removed by hand')
    .action(runMany(async () => (await import('./subscribers-remove.ts')).runSubscribersRemove))

  for (const [name, description] of [
    ['tag', 'Put a tag on people: by address, by segment, or all of a file.'],
    ['untag', 'Take a tag off people: by address, by segment, or all of a file.'],
  ] as const) {
    define(
      `${name} <tag> [address...]`,
      description,
      `${name} press ada@reader.example bo@reader.example`,
      `${name} press --where "domain in (paper.example, radio.example)"`,
      `${name} press --file journalists.csv`,
    )
      .option('--where <segment>', 'everybody in it: an expression, or the name of a segment')
      .option('--file <file>', 'everybody whose address is in this file')
      .action((tag: string, addresses: readonly string[], flags: Flags) =>
        execute(async () => (await import('./subscribers-tag.ts')).runSubscribersTag, tag, { ...flags, action: name, more: addresses }),
      )
  }

  define(
    'list',
    'Show who is on the list.',
    'list',
    'list --where "state = bounced"',
    'list --where "joined after 2026-01-01" --json --limit 1000',
  )
    .option('--where <segment>', 'only these: an expression, or the name of a segment')
    .addOption(new Option('--limit <count>', 'at most so many').argParser(parseCount(1)).default(50))
    .action(runAny(async () => (await import('./subscribers-list.ts')).runSubscribersList))

  define('show <address>', 'Show all that the ledger knows of a person, with their history.', 'show ada@reader.example').action(
    runOne(async () => (await import('./subscribers-show.ts')).runSubscribersShow),
  )

  define('stats', 'Show the list in figures: states, languages, tags, domains, growth.', 'stats', 'stats --where "tag = berlin"')
    .option('--where <segment>', 'only these: an expression, or the name of a segment')
    .action(runAny(async () => (await import('./subscribers-stats.ts')).runSubscribersStats))

  define(
    'forget <address>',
    'Erase a person from every list. Only a salted hash stays, so that no import brings them back.',
    'forget ada@reader.example',
    'forget ada@reader.example --yes',
  )
    .option('--yes', 'do not ask')
    .action(runOne(async () => (await import('./subscribers-forget.ts')).runSubscribersForget))
}

/** Collects `name=value` into a list of pairs. */
function collectPairs(what: string) {
  return (text: string, collected: readonly (readonly [string, string])[] | undefined) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    if (name === undefined || value === undefined) throw new InvalidArgumentError(`Expected ${what} with = between them.`)
    return [...(collected ?? []), [name.trim(), value.trim()] as const]
  }
}
