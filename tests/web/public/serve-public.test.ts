import { once } from 'node:events'
import { request as askByHttp } from 'node:http'
import { connect } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { withLedger } from '../../../src/ledger/open-ledger.ts'
import type { Patience } from '../../../src/web/public/serve-public.ts'
import { readMailWay } from '../../../src/web/public/sign-up/mail-way.ts'
import { createPublication, environmentOf, quick, settingsWith } from '../../delivery/publication.ts'
import { startPublic } from './start-public.ts'

const patience: Patience = { headers: 300, request: 600, look: 50, drain: 500 }

async function start(changes: Partial<Patience> = {}) {
  const publication = await createPublication({ readers: 1, built: false, settings: settingsWith(`${quick}signUp: {}\n`) })
  return startPublic(publication, () => ({ patience: { ...patience, ...changes } }))
}

async function openSocket(port: number) {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket.resume()
}

it.each([
  ['headers that never end', 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: '],
  ['a body that never ends', 'POST /preferences/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx'],
])('closes a connection with %s', async (_, text) => {
  const { port } = await start()
  const socket = await openSocket(port)
  const startedAt = performance.now()
  socket.write(text)
  await once(socket, 'close')
  expect(performance.now() - startedAt).toBeLessThan(3000)
})

it('takes a client that goes away in the middle of its form for no fault', async () => {
  const { port, faults, answered } = await start()
  const socket = await openSocket(port)
  const type = 'application/x-www-form-urlencoded'
  socket.write(`POST /subscribe HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: 100\r\n\r\nemail=`)
  // The answer to it tells that the server has begun to read the form of the first.
  const other = await openSocket(port)
  other.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(other, 'data')
  socket.destroy()
  await expect.poll(() => answered.map(({ route, status }) => [route, status])).toContainEqual(['/subscribe', 400])
  other.destroy()
  expect(faults).toEqual([])
})

it('ends with the answers under way, whose connections would have stayed open for more', async () => {
  const { port, close } = await start({ drain: 60_000 })
  const socket = await openSocket(port)
  socket.write('POST /preferences/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n')
  const begunAt = performance.now()
  await close()
  expect(performance.now() - begunAt).toBeLessThan(3000)
})

it('ends in time though another program keeps the ledger locked, and the outbox waits for it', async () => {
  const publication = await createPublication({ readers: 1, built: false, settings: settingsWith(`${quick}signUp: {}\n`) })
  // Of long ago, so the outbox begins with removing it.
  const old = { subscriberId: 1, requestedAt: 1, expiresAt: 1000, mailbox: '', language: 'en', wording: '' }
  await withLedger(publication.place, ({ db }) => db.insertInto('signUps').values(old).execute())
  const locker = new DatabaseSync(publication.place.file)
  const { close } = await startPublic(publication, async config => {
    locker.exec('BEGIN IMMEDIATE')
    return { patience: { ...patience, drain: 100 }, mail: await readMailWay(config, environmentOf(1)) }
  })
  const begunAt = performance.now()
  await close()
  expect(performance.now() - begunAt).toBeLessThan(5000)
  locker.close()
})

it('reads forms that come in chunks, as clients behind some proxies send them, and takes none that are endless', async () => {
  const { port, ledger, faults, linkOf } = await start()
  const { id } = await ledger.db.selectFrom('subscribers').select('id').executeTakeFirstOrThrow()
  const post = async (path: string, ...pieces: readonly string[]) => {
    const asked = askByHttp({
      port,
      path,
      method: 'POST',
      headers: { host: 'letter.harbour.example', 'content-type': 'application/x-www-form-urlencoded' },
    })
    for (const piece of pieces) asked.write(piece)
    asked.end()
    const [answer] = await once(asked, 'response')
    answer.resume()
    return answer.statusCode
  }
  expect(await post(linkOf(id, 'preferences'), 'name=A', 'da&pause=none')).toBe(200)
  expect(await ledger.db.selectFrom('subscribers').select('name').executeTakeFirst()).toEqual({ name: 'Ada' })
  expect(await post('/subscribe', 'email=bo%40', 'gull.example')).toBe(200)
  expect(await post(linkOf(id, 'unsubscribe'), 'List-Unsubscribe=', 'One-Click')).toBe(200)
  expect(await post(`${linkOf(id, 'unsubscribe')}/reason`, 'reason=too', '-many')).toBe(200)
  expect(await post(linkOf(id, 'preferences'), ...Array.from({ length: 9 }, () => 'x'.repeat(10_000)))).toBe(400)
  expect(await post('/subscribe', 'email=', 'x'.repeat(20_000))).toBe(413)
  expect(faults).toEqual([])
})
