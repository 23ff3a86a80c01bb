/** Our side of DATA: the message, then the final dot, straight to the socket. */

import type { Socket } from 'node:net'
import type { StuffedBytes } from '../message/dot-stuff.ts'

/** One message on its way. */
export interface MessageWriter {
  /** Writes no more. Returns whether that kept the final dot from leaving: once it was handed to the socket, it may arrive. */
  readonly stop: () => boolean
}

/** How long the socket may be silent, in milliseconds: while the message goes out, and until the reply to its dot. */
export interface WriteTimeouts {
  readonly dataBlock: number
  readonly finalReply: number
}

const finalDot = Buffer.from('.\r\n', 'latin1')
const nothing = Buffer.alloc(0)

/**
 * Writes the message, its pieces in one system call and none of them copied, and, once the system has taken all of it, the final dot. The dot waits for one
 * turn of the event loop, so that a lost connection or a reply that came too early is heard first: then the dot never leaves, and the message is known not to
 * have been taken.
 */
export function writeMessage(socket: Socket, pieces: readonly StuffedBytes[], timeouts: WriteTimeouts): MessageWriter {
  let state: 'writing' | 'stopped' | 'done' = 'writing'
  const writeDot = () => {
    if (state !== 'writing' || !socket.writable) return
    state = 'done'
    socket.setTimeout(timeouts.finalReply)
    socket.write(finalDot)
  }
  socket.setTimeout(timeouts.dataBlock)
  const last = pieces.length - 1
  socket.cork()
  for (let at = 0; at < last; at++) socket.write(pieces[at] ?? nothing)
  socket.write(pieces[last] ?? nothing, error => {
    if (!error) setImmediate(writeDot)
  })
  socket.uncork()
  return {
    stop: () => {
      if (state === 'writing') state = 'stopped'
      return state === 'stopped'
    },
  }
}
