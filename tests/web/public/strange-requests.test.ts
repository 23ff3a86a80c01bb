/** Requests as no browser writes them, over a socket. */

import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { createPublication, quick, settingsWith } from '../../delivery/publication.ts'
import { startPublic } from './start-public.ts'

const host = 'Host: letter.harbour.example\r\n'
const form = 'Content-Type: application/x-www-form-urlencoded\r\n'

const strange: readonly (readonly [string, string, readonly number[]])[] = [
  ['HTTP/1.0 for /healthz without a host, as balancers ask', 'GET /healthz HTTP/1.0\r\n\r\n', [200]],
  ['HTTP/1.0 for a page without a host', 'GET / HTTP/1.0\r\n\r\n', [421]],
  ['HTTP/1.1 without a host', 'GET / HTTP/1.1\r\n\r\n', [400]],
  ['two hosts', `GET / HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`, [421]],
  ['the address of another host', `GET http://evil.example/ HTTP/1.1\r\n${host}\r\n`, [421]],
  ['our address, in a request to another host', 'GET http://letter.harbour.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n', [421]],
  ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n', [400]],
  ['two lengths', `POST /subscribe HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`, [400]],
  [
    'a length beside chunks, with a request smuggled in',
    `POST /subscribe HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n${host}\r\n`,
    [400],
  ],
  ['a blank before the colon', `POST /subscribe HTTP/1.1\r\n${host}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`, [400]],
  ['a path of backslashes', `GET /\\evil.example HTTP/1.1\r\n${host}\r\n`, [400]],
  ['a path that leaves the root', `GET /a/../../etc/passwd HTTP/1.1\r\n${host}\r\n`, [404]],
  ['a per cent alone', `GET /% HTTP/1.1\r\n${host}\r\n`, [404]],
  ['octets that are no UTF-8', `GET /%ff%fe HTTP/1.1\r\n${host}\r\n`, [404]],
  ['too long a path', `GET /${'a'.repeat(60_000)} HTTP/1.1\r\n${host}\r\n`, [431]],
  ['two thousand headers', `GET / HTTP/1.1\r\n${host}${'a: b\r\n'.repeat(2500)}\r\n`, [431]],
  ['an upgrade', `GET /healthz HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, [200]],
  ['TRACE', `TRACE / HTTP/1.1\r\n${host}\r\n`, [404]],
  ['a method that there is not', `FOO / HTTP/1.1\r\n${host}\r\n`, [400]],
  ['ten requests at once', `GET /healthz HTTP/1.1\r\n${host}\r\n`.repeat(10), Array.from({ length: 10 }, () => 200)],
  [
    'a body that nobody reads, before the next request',
    `POST /unsubscribe/x HTTP/1.1\r\n${host}Content-Length: 200000\r\n\r\n${'x'.repeat(200_000)}GET /healthz HTTP/1.1\r\n${host}\r\n`,
    [404, 200],
  ],
  [
    'a form that waits to be asked for',
    `POST /subscribe HTTP/1.1\r\n${host}${form}Expect: 100-continue\r\nContent-Length: 18\r\n\r\nemail=a%40b.exampl`,
    [100, 200],
  ],
]

it('answers each strange request by a refusal or by what it asks for, and goes on', async () => {
  const { ask, faults } = await start()
  const answers = await Promise.all(strange.map(async ([name, text]) => [name, await ask(text)]))
  expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(strange.map(([name, , statuses]) => [name, statuses])))
  expect(await ask(`GET /readyz HTTP/1.1\r\n${host}\r\n`)).toEqual([200])
  expect(faults).toEqual([])
})

it('does not wait, when it ends, for connections on which nothing was asked', async () => {
  const { port, close, ask } = await start()
  const unused = Array.from({ length: 200 }, () => connect(port, '127.0.0.1'))
  await Promise.all(
    unused.map(each =>
      once(
        each.on('error', () => {}),
        'connect',
      ),
    ),
  )
  expect(await ask(`GET /healthz HTTP/1.1\r\n${host}\r\n`)).toEqual([200])
  const startedAt = performance.now()
  await close()
  expect(performance.now() - startedAt).toBeLessThan(5000)
})

async function start() {
  const publication = await createPublication({ readers: [], built: false, settings: settingsWith(`${quick}signUp: {}\n`) })
  const { port, close, faults } = await startPublic(publication)
  return { port, close, ask: (text: string) => askBySocket(port, text), faults }
}

/** Writes it, and returns the statuses of what is answered until nothing more comes. */
function askBySocket(port: number, text: string): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => void socket.write(text))
    let answered = ''
    socket.setEncoding('latin1').setTimeout(400, () => socket.destroy())
    socket.on('data', piece => {
      answered += piece
    })
    // What is still being written when the answer is a refusal is of no use to anybody.
    socket.on('error', error => ('code' in error && ['EPIPE', 'ECONNRESET'].includes(String(error.code)) ? undefined : reject(error)))
    socket.once('close', () => resolve([...answered.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))))
  })
}
