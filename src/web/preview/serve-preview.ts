/** The preview: a publication, watched, behind a server of this machine. */

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Config } from '../../config/config.ts'
import { UserError } from '../../errors.ts'
import { simulations } from '../../inspect/simulate/simulations.ts'
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
  /** SMTP_URL, for test messages; undefined where none is set. */
  readonly smtpUrl: string | undefined
}

/** A preview that runs. */
export interface RunningPreview {
  readonly url: string
  readonly port: number
  readonly close: () => Promise<void>
}

/**
 * Starts the preview.
 * @throws UserError when the configuration cannot be read, or the server cannot listen
 */
export async function servePreview({ readConfig, clock, host, port, smtpUrl }: PreviewRequest): Promise<RunningPreview> {
  const publication = await openPublication({ readConfig, clock, simulations, smtpUrl })
  const watching = keepWatching(publication)
  const app = createApp({ publication, page: await readPage(), own: ownNames(host) })
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  // The first answer takes longest; while the folders are walked there is time for it.
  publication.state().catch(() => undefined)
  const listening = await listen(server, host, port).catch(async error => {
    await watching.close()
    throw error
  })
  await watching.ready
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listening}/`,
    port: listening,
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

const portsToTry = 20

async function listen(server: Server, host: string, first: number): Promise<number> {
  const last = first === 0 ? 0 : Math.min(first + portsToTry, 65_535)
  for (let port = first; port <= last; port++) {
    const error = await tryToListen(server, host, port)
    if (error === null) return (server.address() as AddressInfo).port
    if (error.code !== 'EADDRINUSE') throw cannotListen(host, port, error)
  }
  throw new UserError({
    code: 'usage',
    message: `the ports ${first} to ${last} are all in use`,
    hint: 'Choose another with --port.',
  })
}

function tryToListen(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise(resolve => {
    const fail = (error: NodeJS.ErrnoException) => resolve(error)
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      resolve(null)
    })
  })
}

function cannotListen(host: string, port: number, error: NodeJS.ErrnoException): UserError {
  return new UserError({
    code: 'usage',
    message: `the preview cannot listen on ${host}, port ${port}: ${error.code ?? error.message}`,
    expected: '--host 127.0.0.1 (this machine only), 0.0.0.0 (its whole network) or a name of this machine',
    hint:
      error.code === 'EACCES'
        ? 'Ports below 1024 belong to the system: choose another with --port.'
        : 'Choose another with --host or --port.',
  })
}
