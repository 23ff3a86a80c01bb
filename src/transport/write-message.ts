/** Our side of DATA: the message, then the final dot, straight to the socket. */

import type { Socket } from 'node:net'
import type { StuffedBytes } from '../message/dot-stuff.ts'

/** One message on its way. `dotLeft` is true from the moment that the final dot was handed to the socket: from then on it may arrive. */
export interface MessageWriter {
  readonly dotLeft: () => boolean
  /** Writes no more. Returns whether that kept the final dot from leaving. */
  readonly stop: () => boolean
}

/** How long the socket may be silent, in milliseconds: while the message goes out, and until the reply to its dot. */
export interface WriteTimeouts {
  readonly dataBlock: number
  readonly finalReply: number
}

const finalDot = Buffer.from('.\r\n', 'latin1')

/**
 * Writes the message and, once the system has taken all of it, the final dot. The dot waits for one turn of the event loop, so that a lost connection
 * or a reply that came too early is heard first: then the dot never leaves, and the message is known not to have been taken.
 */
export function writeMessage(socket: Socket, message: StuffedBytes, timeouts: WriteTimeouts): MessageWriter {
  let state: 'writing' | 'stopped' | 'done' = 'writing'
  const writeDot = () => {
    if (state !== 'writing' || !socket.writable) return
    state = 'done'
    socket.setTimeout(timeouts.finalReply)
    socket.write(finalDot)
  }
  socket.setTimeout(timeouts.dataBlock)
  socket.write(message, error => {
    if (!error) setImmediate(writeDot)
  })
  return {
    dotLeft: () => state === 'done',
    stop: () => {
      if (state === 'writing') state = 'stopped'
      return state === 'stopped'
    },
  }
}
