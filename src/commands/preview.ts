import { isLoopbackHost } from '../web/preview/guard-requests.ts'
import { openBrowser } from '../web/preview/open-browser.ts'
import { servePreview } from '../web/preview/serve-preview.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { readConfigFor } from './plan-request.ts'
import type { Flags } from './program.ts'

/** Shows every edition in the browser, and shows it again whenever a file is saved; until it is interrupted. */
export async function runPreview(_: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const { now } = flags
  const { SMTP_URL: smtpUrl } = process.env
  const preview = await servePreview({
    readConfig: () => readConfigFor(flags, context),
    clock: () => (now instanceof Date ? now : new Date()),
    host: String(flags.host),
    port: Number(flags.port),
    smtpUrl,
  })
  const { url } = preview
  const host = String(flags.host)
  const reach = isLoopbackHost(host) ? '' : `Whoever can reach ${host} in your network can read it and send tests: there is no password.\n`
  context.announce(
    `Preview: ${context.paint.cyan(url)}\nSave a post, an edition file, a template or the configuration, and it is shown. Ctrl+C ends it.\n${reach}`,
    { url },
  )
  if (flags.open !== false && context.interactive) openBrowser(url)
  await interrupted()
  await preview.close()
  return { exitCode: 0, text: '', json: null, notes: '' }
}

function interrupted(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
