import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { UserError } from '../errors.ts'

/** Which ports to try: `tries` of them from `first` on. For 0 the system chooses one. */
export interface PortsToTry {
  readonly first: number
  readonly tries: number
}

/**
 * Lets a server listen on the first free port; returns it.
 * @throws UserError `usage` where no port is free, or the server cannot listen there at all
 */
export async function listen(server: Server, host: string, { first, tries }: PortsToTry): Promise<number> {
  const last = first === 0 ? 0 : Math.min(first + tries - 1, 65_535)
  for (let port = first; port <= last; port++) {
    const error = await tryToListen(server, host, port)
    if (error === null) return (server.address() as AddressInfo).port
    if (error.code !== 'EADDRINUSE') throw cannotListen(host, port, error)
  }
  throw new UserError({
    code: 'usage',
    message: first === last ? `port ${first} is in use` : `the ports ${first} to ${last} are all in use`,
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
    message: `the server cannot listen on ${host}, port ${port}: ${error.code ?? error.message}`,
    expected: '--host 127.0.0.1 (this machine only), 0.0.0.0 (its whole network) or a name of this machine',
    hint:
      error.code === 'EACCES'
        ? 'Ports below 1024 belong to the system: choose another with --port.'
        : 'Choose another with --host or --port.',
  })
}
