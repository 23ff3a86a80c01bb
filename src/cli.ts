#!/usr/bin/env node
import * as nodeModule from 'node:module'
import type { Command } from 'commander'
import type { CommandContext, CommandResult } from './commands/command.ts'
import type { Flags, RunCommand } from './commands/program.ts'
import type { ExitCode } from './errors.ts'
import { nameConfig } from './report/name-config.ts'

// Everything else is imported after this check, so that an old Node says one sentence instead of a syntax error.
const oldestNode = [24, 15] as const

if (isTooOld(process.versions.node)) {
  process.stderr.write(
    `news-digest needs Node ${oldestNode.join('.')} or newer, and this is ${process.versions.node}. In a checkout, "npm ci" and then "npx news-digest" run it on its own Node.\n`,
  )
  process.exitCode = 2
} else {
  nodeModule.enableCompileCache()
  for (const stream of [process.stdout, process.stderr]) stream.on('error', endQuietly)
  const exitCode = await main(process.argv.slice(2))
  // Whoever interrupts does not wait for a relay or a browser that still is at work.
  if (exitCode === 130) process.exit(exitCode)
  process.exitCode = exitCode
}

/** Whoever reads our output may stop reading, as `head` does: that ends the command and is no error of it. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit()
}

/** From argv to an exit code: parses, runs one command, prints what it leaves. */
async function main(argv: readonly string[]): Promise<ExitCode> {
  const { createProgram } = await import('./commands/program.ts')
  const { readVersion } = await import('./commands/read-version.ts')
  let exitCode: ExitCode = 0
  const program = createProgram(await readVersion(), async (load, argument, flags) => {
    exitCode = await run(load, argument, flags)
  })
  const refused = new Set<string>()
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({ writeErr: text => void refused.add(text) })
  }
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    // A command that only has subcommands, called without one, hands its help to where errors go.
    if (isCommanderError(error) && error.code === 'commander.help') process.stdout.write([...refused].join(''))
    return printFailure(await asUsageError(error, [...refused]), { json: asksForJson(argv), debug: argv.includes('--debug') })
  }
}

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}

async function run(load: () => Promise<RunCommand>, argument: string | undefined, flags: Flags): Promise<ExitCode> {
  const { createProgress } = await import('./commands/write-progress.ts')
  const progress = createProgress(process.stderr, flags.quiet === true || wantsJson(flags))
  try {
    const runCommand = await load()
    const result = await runCommand(argument, flags, await createContext(flags, progress.report))
    progress.end()
    print(result, flags)
    return result.exitCode
  } catch (error) {
    progress.end()
    return printFailure(error, { json: wantsJson(flags), debug: flags.debug === true, config: flags.config })
  }
}

async function createContext(flags: Flags, progress: CommandContext['progress']): Promise<CommandContext> {
  const { createPaint } = await import('./report/paint.ts')
  return {
    cwd: process.cwd(),
    now: flags.now instanceof Date ? flags.now : new Date(),
    paint: createPaint(hasColour(process.stdout)),
    columns: process.stdout.columns ?? Number.POSITIVE_INFINITY,
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true && process.env.CI === undefined,
    progress,
    announce: (text, json, notes) => print({ exitCode: 0, text, json, notes }, flags),
  }
}

function print(result: CommandResult, flags: Flags): void {
  if (wantsJson(flags)) process.stdout.write(result.json === null ? '' : `${JSON.stringify(result.json, null, 2)}\n`)
  else if (flags.quiet !== true) process.stdout.write(withConfig(result.text, flags.config))
  if (!wantsJson(flags)) process.stderr.write(withConfig(result.notes, flags.config))
}

function withConfig(text: string, config: unknown): string {
  return typeof config === 'string' ? nameConfig(text, config) : text
}

/** `check --format json` is the same as `--json`, errors too. */
function wantsJson({ json, format }: Flags): boolean {
  return json === true || format === 'json'
}

/** The same of a command line that could not be understood. */
function asksForJson(argv: readonly string[]): boolean {
  return argv.some((each, index) => each === '--json' || each === '--format=json' || (each === '--format' && argv[index + 1] === 'json'))
}

async function printFailure(
  error: unknown,
  { json, debug, config }: { readonly json: boolean; readonly debug: boolean; readonly config?: unknown },
): Promise<ExitCode> {
  if (isHelp(error)) return 0
  const { UserError } = await import('./errors.ts')
  if (!(error instanceof UserError)) return printBug(error, json)
  const { formatProblems } = await import('./report/format-problems.ts')
  const { createPaint } = await import('./report/paint.ts')
  if (json)
    process.stdout.write(`${JSON.stringify({ error: { code: error.code, message: error.message }, problems: error.problems }, null, 2)}\n`)
  else process.stderr.write(withConfig(formatProblems(error.problems, createPaint(hasColour(process.stderr))), config))
  if (debug) process.stderr.write(`${error.stack}\n`)
  return error.exitCode
}

function printBug(error: unknown, json: boolean): ExitCode {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  if (json) process.stdout.write(`${JSON.stringify({ error: { code: 'bug', message: String(error) } }, null, 2)}\n`)
  process.stderr.write(`This is a bug in news-digest; please report it with the command you ran and these lines.\n${stack}\n`)
  return 70
}

async function asUsageError(error: unknown, messages: readonly string[]): Promise<unknown> {
  if (!isCommanderError(error) || isHelp(error)) return error
  const { UserError } = await import('./errors.ts')
  const message = (messages[0] ?? error.message)
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim()
  return new UserError({
    code: 'usage',
    message,
    hint: 'Run "news-digest --help", or "news-digest COMMAND --help", for what is understood.',
  })
}

function isCommanderError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('commander.')
}

function isHelp(error: unknown): boolean {
  return isCommanderError(error) && ['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(error.code)
}

/** NO_COLOR switches colour off whatever its value (https://no-color.org). */
function hasColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
}

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])
}
