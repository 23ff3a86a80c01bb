import type { Config } from '../config/config.ts'
import type { Problem } from '../errors.ts'
import { formatProblems } from '../report/format-problems.ts'
import { isLoopbackHost } from '../web/preview/guard-requests.ts'
import { openBrowser } from '../web/preview/open-browser.ts'
import { servePreview } from '../web/preview/serve-preview.ts'
import { viewRelay } from '../web/preview/view-relay.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { readConfigFor } from './plan-request.ts'
import type { Flags } from './program.ts'

/** Shows every edition in the browser, and shows it again whenever a file is saved; until it is interrupted. */
export async function runPreview(_: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const { now } = flags
  const preview = await servePreview({
    readConfig: () => readConfigFor(flags, context),
    clock: () => (now instanceof Date ? now : new Date()),
    host: String(flags.host),
    port: Number(flags.port),
    env: process.env,
  })
  const { url } = preview
  const host = String(flags.host)
  const problems = relayProblems(await readConfigFor(flags, context))
  const reach = isLoopbackHost(host) ? '' : `Whoever can reach ${host} in your network can read it and send tests: there is no password.\n`
  context.announce(
    `Preview: ${context.paint.cyan(url)}\nSave a post, an edition file, a template or the configuration, and it is shown. Ctrl+C ends it.\n${reach}`,
    { url, problems },
    formatProblems(problems, context.paint),
  )
  // Known once the posts have been read, which the address does not wait for.
  preview.problems().then(
    found => context.announce('', null, formatProblems(found, context.paint)),
    () => undefined,
  )
  if (flags.open !== false && context.interactive) openBrowser(url)
  await interrupted()
  await preview.close()
  return { exitCode: 0, text: '', json: null, notes: '' }
}

/** A relay that cannot be used keeps nothing from being shown. */
function relayProblems(config: Config): readonly Problem[] {
  const relay = viewRelay(config, process.env)
  return relay.kind === 'unusable' ? relay.problems.map(problem => ({ ...problem, severity: 'warning' })) : []
}

function interrupted(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
