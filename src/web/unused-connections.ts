import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Ends those connections of a server on which nothing was ever asked, when it is called: browsers open some in advance, and Node does not count them as idle. Made before
 * the server listens.
 */
export function watchUnusedConnections(server: Server): () => void {
  const open = new Set<Socket>()
  server.on('connection', socket => {
    open.add(socket)
    socket.once('close', () => void open.delete(socket))
  })
  return () => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
  }
}
