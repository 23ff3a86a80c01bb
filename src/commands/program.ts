import { Command, InvalidArgumentError, Option } from 'commander'
import type { CommandContext, CommandResult } from './command.ts'
import { addCommonFlags, examples } from './common-flags.ts'
import { addDeliveryCommands } from './delivery-program.ts'
import { addPublicationFlags, addSelectionFlags, addWindowFlags, nowOption, parsePort } from './flags.ts'
import { addSendFlags } from './send-flags.ts'
import { addSubscriberCommands } from './subscriber-program.ts'
import { type EditionCommand, takeEdition } from './take-edition.ts'

/** Options as commander hands them over: checked for form by their parsers, checked for meaning by the commands. */
export type Flags = Readonly<Record<string, unknown>>

/** One command, loaded only when it is called. */
export type RunCommand = (argument: string | undefined, flags: Flags, context: CommandContext) => Promise<CommandResult>

/** Called by the chosen command with what loads it, its argument and its flags. */
export type Execute = (load: () => Promise<RunCommand>, argument: string | undefined, flags: Flags) => Promise<void>

/** The command line: every command with its flags, help and examples. Parsing it calls `execute` once. */
export function createProgram(version: string, execute: Execute): Command {
  const program = new Command('news-digest')
    .description('Builds a newsletter the way a site is built: from a folder of Markdown posts to finished emails.')
    .version(version)
    .helpCommand(false)
    .showHelpAfterError(false)
    .addHelpText('after', examples('news-digest init', 'news-digest plan latest', 'news-digest build 2026-w06'))

  const run = (load: () => Promise<RunCommand>) => (argument: string | undefined, flags: Flags) => execute(load, argument, flags)
  // The argument is optional to commander, which would not look for it among the values of a flag.
  const runOnEdition = (command: EditionCommand, load: () => Promise<RunCommand>) => async (argument: string | undefined, flags: Flags) => {
    const taken = await takeEdition(argument, flags, command)
    return execute(load, taken.edition, taken.flags)
  }
  const runWithoutArgument = (load: () => Promise<RunCommand>) => (flags: Flags) => execute(load, undefined, flags)

  const init = addCommonFlags(program.command('init'))
    .description('Find the content, ask for what is missing, write news-digest.yaml.')
    .option('--content <dir>', 'folder of Markdown posts (default: found by looking)')
    .option('--site-url <url>', 'where the site lives')
    .option('--name <text>', 'name of the publication')
    .option('--language <tag>', 'language of the publication')
    .option('--time-zone <zone>', 'IANA zone in which days and weeks begin')
    .option('--sender-email <address>', 'address the digest comes from')
    .option('--address <text>', 'postal address for the footer')
    .option('--yes', 'ask nothing, take what was found and given')
    .option('--force', 'write over an existing file')
    .addHelpText('after', examples('news-digest init', 'news-digest init --yes --site-url https://blog.example --time-zone Europe/Berlin'))
  init.action(runWithoutArgument(async () => (await import('./init.ts')).runInit))

  const plan = addSelectionFlags(addWindowFlags(addPublicationFlags(addCommonFlags(program.command('plan [edition]')))))
    .description('Show which posts an edition takes, which not, and why.')
    .option('--write', 'write content/editions/<id>.md for you to edit')
    .option('--force', 'with --write: replace a file that is there')
    .addHelpText(
      'after',
      examples('news-digest plan', 'news-digest plan 2026-w06', 'news-digest plan --last 7d --all', 'news-digest plan 2026-w06 --write'),
    )
  plan.action(run(async () => (await import('./plan.ts')).runPlan))

  const build = addSelectionFlags(addWindowFlags(addPublicationFlags(addCommonFlags(program.command('build [edition]')))))
    .description('Plan, render and check an edition, into out/<edition>/.')
    .option('--out <dir>', 'folder to write to (default: out)')
    .option('--template <name>', 'weekly, brief, spotlight, or one of your own')
    .addOption(
      new Option('--for <service>', "also write it with this service's merge fields").choices([
        'mailchimp',
        'brevo',
        'listmonk',
        'buttondown',
      ]),
    )
    .option('--no-check', 'leave out the checks of the finished email')
    .addHelpText(
      'after',
      examples(
        'news-digest build latest',
        'news-digest build 2026-w06',
        'news-digest build --from 2026-02-01 --to 2026-02-28',
        'news-digest build latest --for mailchimp',
      ),
    )
  build.action(run(async () => (await import('./build.ts')).runBuild))

  const preview = addPublicationFlags(addCommonFlags(program.command('preview')))
    .description('Show every edition in the browser, and show it again whenever a file is saved.')
    .addOption(new Option('--port <port>', 'port to listen on; the next free one is taken').argParser(parsePort).default(4321))
    .option('--host <host>', 'name or address to listen on; only this machine can ask 127.0.0.1', '127.0.0.1')
    .option('--no-open', 'do not open the browser')
    .option('--out <dir>', 'folder of built editions (default: out)')
    .addOption(nowOption())
    .addHelpText(
      'after',
      examples('news-digest preview', 'news-digest preview --port 8080 --no-open', 'news-digest preview --now 2026-02-09'),
    )
  preview.action(runWithoutArgument(async () => (await import('./preview.ts')).runPreview))

  const serve = addCommonFlags(program.command('serve'))
    .description(
      'Serve what messages link to: unsubscribing, preferences, and the archive of what was sent; and signing up, where it is configured.',
    )
    .addOption(new Option('--port <port>', 'port to listen on').argParser(parsePort).default(8080))
    .option('--host <host>', 'name or address to listen on; a proxy on this machine asks 127.0.0.1', '127.0.0.1')
    .option('--out <dir>', 'folder of built editions (default: out)')
    .addHelpText('after', examples('news-digest serve', 'news-digest serve --host 0.0.0.0 --port 80'))
  serve.action(runWithoutArgument(async () => (await import('./serve.ts')).runServe))

  const send = addSendFlags(addPublicationFlags(addCommonFlags(program.command('send [edition]').usage('<edition> [options]'))))
    .description('Send a built edition to the list; the same command resumes. With --test to yourself.')
    .addHelpText(
      'after',
      examples(
        'news-digest send latest --test you@example.com',
        'news-digest send 2026-w06 --dry-run',
        'news-digest send 2026-w06',
        'news-digest send 2026-w06 --yes --json',
        'news-digest send 2026-w06 --at 2026-02-09T09:00',
        "news-digest send 2026-w06 --to 'tag = press and language = de'",
        'news-digest send 2026-w06 --winner B',
        'news-digest send latest --late',
      ),
    )
  send.action(runOnEdition({ command: 'send', list: 'test' }, async () => (await import('./send.ts')).runSend))

  const shoot = addPublicationFlags(addCommonFlags(program.command('shoot [edition]').usage('<edition> [options]')))
    .description('Take pictures of a built edition, into out/<edition>/shots/.')
    .option('--out <dir>', 'folder the edition was built into (default: out)')
    .option(
      '--view <name...>',
      'only these views, also with commas between them, or all (default: desktop, mobile, dark, outlook-windows, images-off)',
    )
    .option('--against <edition>', 'compare with another edition, or with this one as a git revision makes it')
    .addOption(new Option('--fail-over <percent>', 'exit 1 when more than this of a picture has changed').argParser(parsePercent))
    .addOption(new Option('--scale <factor>', 'pixels of the picture for each of the page').choices(['1', '2']))
    .option('--remote', 'fetch pictures that lie elsewhere')
    .addOption(nowOption())
    .addHelpText(
      'after',
      examples(
        'news-digest shoot 2026-w06',
        'news-digest shoot latest --view desktop mobile --scale 2',
        'news-digest shoot 2026-w06 --against 2026-w05',
        'news-digest shoot 2026-w06 --against main --fail-over 1',
      ),
    )
  shoot.action(runOnEdition({ command: 'shoot', list: 'view' }, async () => (await import('./shoot.ts')).runShoot))

  const check = addPublicationFlags(addCommonFlags(program.command('check [edition]')))
    .description('Check a built edition: everything a mail program, a filter or a reader could stumble over.')
    .option('--out <dir>', 'folder the edition was built into (default: out)')
    .addOption(
      new Option('--format <format>', 'how to print the findings (default: pretty; json is the same as --json)').choices([
        'pretty',
        'json',
        'github',
        'sarif',
      ]),
    )
    .option('--network', 'also ask for every link and picture')
    .option('--spam', 'also ask the SpamAssassin of this machine')
    .addHelpText(
      'after',
      examples('news-digest check', 'news-digest check 2026-w06 --network', 'news-digest check 2026-w06 --format sarif > findings.sarif'),
    )
  check.action(run(async () => (await import('./check.ts')).runCheck))

  const markSent = addPublicationFlags(addCommonFlags(program.command('mark-sent <edition>')))
    .description('Record that an edition went out by another service, so that its posts never run again.')
    .option('--out <dir>', 'folder the edition was built into (default: out)')
    .option('--at <instant>', 'when it was sent (default: now)')
    .addOption(nowOption())
    .addHelpText('after', examples('news-digest mark-sent 2026-w06', 'news-digest mark-sent 2026-w06 --at 2026-02-09T09:00:00+01:00'))
  markSent.action(run(async () => (await import('./mark-sent.ts')).runMarkSent))

  addDeliveryCommands(program, execute)
  addSubscriberCommands(program, execute)
  return program
}

function parsePercent(value: string): number {
  const percent = Number(value)
  if (!/^\d{1,3}(\.\d+)?$/.test(value) || percent > 100) throw new InvalidArgumentError('Expected a number from 0 to 100.')
  return percent
}
