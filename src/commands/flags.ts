import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ConfigOverrides } from '../config/read-config.ts'
import { UserError } from '../errors.ts'
import type { WindowRequest } from '../selection/windows.ts'
import type { Flags } from './program.ts'

/** Flags that say which publication: they override the configuration file. */
export function addPublicationFlags(command: Command): Command {
  return command
    .option('--content <dir>', 'folder of Markdown posts; its editions are then looked for in <dir>/editions')
    .option('--site-url <url>', 'where the site lives')
}

/** Flags that name a window; at most one way of naming it may be used. */
export function addWindowFlags(command: Command): Command {
  return command
    .option('--from <day>', 'first day of the window, YYYY-MM-DD')
    .option('--to <day>', 'last day of the window, included')
    .addOption(new Option('--last <span>', 'the last 7d, 2w or 1m, up to now').argParser(parseSpan))
    .option('--since-last', 'everything since the last sent edition')
    .addOption(nowOption())
}

/** Flags that override the selection rules of the configuration. */
export function addSelectionFlags(command: Command): Command {
  return command
    .option('--all', 'take posts that are not featured, too')
    .addOption(new Option('--limit <count>', 'at most this many posts').argParser(parseCount(1)))
    .addOption(new Option('--min <count>', 'nothing to send with fewer posts than this').argParser(parseCount(0)))
    .addOption(new Option('--order <order>', 'order of the posts').choices(['newest', 'oldest', 'pinned']))
    .addOption(new Option('--by <date>', 'the date that counts').choices(['publishedAt', 'updatedAt']))
    .option('--category <name...>', 'only these categories')
    .option('--tag <name...>', 'only posts with one of these tags')
    .option('--language <tag>', 'language of the edition')
    .option('--strict', 'any problem in any post stops the command')
}

/** `--now`: the clock, for tests and for building as of another day. */
export function nowOption(): Option {
  return new Option('--now <instant>', 'use this as the current time, e.g. 2026-02-09T08:00:00Z').argParser(parseInstant)
}

/** What the flags override in the configuration. */
export function toOverrides(flags: Flags): ConfigOverrides {
  const overrides = {
    site: defined({ url: flags.siteUrl }),
    content: defined({ dir: flags.content }),
    selection: defined({
      featuredOnly: flags.all === true ? false : undefined,
      by: flags.by,
      order: flags.order,
      limit: flags.limit,
      min: flags.min,
      categories: flags.category === undefined ? undefined : { include: flags.category },
      tags: flags.tag === undefined ? undefined : { include: flags.tag },
    }),
    out: flags.out,
  }
  return defined(overrides) as ConfigOverrides
}

/** The window that the argument and the flags ask for. Throws UserError `usage` where they contradict each other. */
export function toWindowRequest(edition: string | undefined, flags: Flags): WindowRequest {
  const requests: WindowRequest[] = []
  if (edition === 'latest') requests.push({ kind: 'latest' })
  else if (edition !== undefined) requests.push({ kind: 'edition', id: edition })
  if (flags.from !== undefined || flags.to !== undefined) {
    const { from, to } = flags as { from?: string; to?: string }
    requests.push({ kind: 'span', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) })
  }
  if (flags.last !== undefined) requests.push({ kind: 'last', ...(flags.last as { count: number; unit: 'd' | 'w' | 'm' }) })
  if (flags.sinceLast === true) requests.push({ kind: 'since-last' })
  const [request, ...others] = requests
  if (others.length > 0) {
    throw new UserError({
      code: 'usage',
      message: 'the window is named in two ways',
      expected: 'one of: an edition such as 2026-w06, "latest", --from and --to, --last, --since-last',
      hint: 'Keep one of them.',
    })
  }
  return request ?? { kind: 'default' }
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}

/** A whole number from `least` up. */
export function parseCount(least: number): (value: string) => number {
  return value => {
    const count = Number(value)
    if (!/^\d{1,9}$/.test(value) || count < least) throw new InvalidArgumentError(`Expected a whole number from ${least} up.`)
    return count
  }
}

/** A port of a server; 0 leaves the choice to the system. */
export function parsePort(value: string): number {
  const port = Number(value)
  if (!/^\d{1,5}$/.test(value) || port > 65_535) throw new InvalidArgumentError('Expected a port, 0 to 65535.')
  return port
}

function parseSpan(value: string): { count: number; unit: string } {
  const [, count, unit] = /^([1-9]\d{0,3})([dwm])$/.exec(value) ?? []
  if (count === undefined || unit === undefined) throw new InvalidArgumentError('Expected a number and d, w or m, such as 7d.')
  return { count: Number(count), unit }
}

function parseInstant(value: string): Date {
  const instant = new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value)
  if (!/^\d{4}-\d{2}-\d{2}/.test(value) || Number.isNaN(instant.getTime()))
    throw new InvalidArgumentError('Expected an instant such as 2026-02-09T08:00:00Z.')
  return instant
}
