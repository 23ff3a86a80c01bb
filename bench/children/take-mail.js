// A relay that takes everything and does as little as can be done with it: what is measured is who sends. Prints its port as JSON.
// It looks for the final dot only at the end of what arrives, as a client that waits for each reply puts it there (smtp-sink does the same).

import { createServer } from 'node:net'

const end = '\r\n.\r\n'
const replies = {
  EHLO: '250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n',
  DATA: '354 go ahead\r\n',
  QUIT: '221 bye\r\n',
}

let messages = 0
let bytes = 0

const server = createServer({ noDelay: true }, socket => {
  let tail = ''
  let inData = false
  socket.on('error', () => {})
  socket.on('data', chunk => {
    bytes += chunk.length
    if (inData) {
      tail = (tail + chunk.latin1Slice(Math.max(0, chunk.length - end.length))).slice(-end.length)
      if (tail !== end) return
      messages += 1
      inData = false
      tail = ''
      socket.write(`250 2.0.0 Ok: queued as S${messages}\r\n`)
      return
    }
    let reply = ''
    const lines = (tail + chunk.latin1Slice()).split('\r\n')
    tail = lines.pop() ?? ''
    for (const line of lines) {
      const verb = line.slice(0, 4).toUpperCase()
      reply += replies[verb] ?? '250 2.0.0 Ok\r\n'
      if (verb === 'DATA') inData = true
    }
    if (inData) tail = ''
    socket.write(reply)
    if (reply.endsWith(replies.QUIT)) socket.end()
  })
  socket.write('220 sink ESMTP\r\n')
})

server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })))
process.on('SIGTERM', () => {
  console.log(JSON.stringify({ messages, bytes }))
  process.exit(0)
})
