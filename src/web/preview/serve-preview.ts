/** The preview: a publication, watched, behind a server of this machine. */

import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Config } from '../../config/config.ts'
import { simulations } from '../../inspect/simulate/simulations.ts'
import { listen } from '../listen.ts'
import type { PreviewProblem } from './api.ts'
import { createApp } from './create-app.ts'
import { ownNames } from './guard-requests.ts'
import { openPublication, type Publication } from './publication.ts'
import { readPage } from './read-page.ts'
import { type Watch, watchFiles } from './watch-files.ts'

/** What a preview is started with. */
export interface PreviewRequest {
  /** Reads the configuration, at the start and whenever its file has changed. Throws UserError. */
  readonly readConfig: () => Promise<Config>
  /** What time it is; a fixed one shows the publication as of another day. */
  readonly clock: () => Date
  /** A name or address of this machine. */
  readonly host: string
  /** The first port to try; the next free one is taken. 0 leaves the choice to the system. */
  readonly port: number
  /** What test messages are sent with: SMTP_URL, and the password of a configured relay. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A preview that runs. */
export interface RunningPreview {
  readonly url: string
  readonly port: number
  /** What has to be mended before everything can be shown: what `PreviewState.problems` holds now. */
  readonly problems: () => Promise<readonly PreviewProblem[]>
  readonly close: () => Promise<void>
}

/**
 * Starts the preview.
 * @throws UserError when the configuration cannot be read, or the server cannot listen
 */
export async function servePreview({ readConfig, clock, host, port, env }: PreviewRequest): Promise<RunningPreview> {
  const publication = await openPublication({ readConfig, clock, simulations, env })
  const watching = keepWatching(publication)
  const app = createApp({ publication, page: await readPage(), own: ownNames(host) })
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  // The first answer takes longest; while the folders are walked there is time for it.
  publication.state().catch(() => undefined)
  const listening = await listen(server, host, { first: port, tries: 21 }).catch(async error => {
    await watching.close()
    throw error
  })
  await watching.ready
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listening}/`,
    port: listening,
    problems: async () => (await publication.state()).problems,
    close: async () => {
      await watching.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Watches the files, and starts over where the configuration has come to name other folders. */
function keepWatching(publication: Publication): Watch & { readonly ready: Promise<void> } {
  let watched = publication.config()
  let closed = false
  // One change after the other: a configuration that is being read must not overtake a later one.
  let last: Promise<void> = Promise.resolve()
  const start = (config: Config): Promise<Watch> =>
    watchFiles(config, (parts, files) => {
      // Where folders cannot be watched anew, those that are watched go on to be: the server lives whatever happens.
      last = last.then(() => publication.change(parts, files)).then(restart, () => undefined)
    })
  const restart = async () => {
    const config = publication.config()
    if (closed || JSON.stringify(config.paths) === JSON.stringify(watched.paths)) return
    watched = config
    const [old, next] = [watch, start(config)]
    watch = next.catch(() => old)
    await next.then(async () => (await old).close()).catch(() => undefined)
  }
  let watch = start(watched)
  return {
    ready: watch.then(() => undefined),
    close: async () => {
      closed = true
      await last
      await (await watch).close()
    },
  }
}
