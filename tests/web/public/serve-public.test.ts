import { once } from 'node:events'
import { request as askByHttp } from 'node:http'
import { connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../../src/config/read-config.ts'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import { createLinkToken } from '../../../src/message/link-token.ts'
import { parseSecret } from '../../../src/message/secret-keys.ts'
import { type Patience, servePublic } from '../../../src/web/public/serve-public.ts'
import { createPublication, quick, secret, settingsWith } from '../../delivery/publication.ts'

const patience: Patience = { headers: 300, request: 600, look: 50, drain: 500 }

async function start(readers: number, settings?: string) {
  const publication = await createPublication({ readers, ...(settings === undefined ? {} : { settings }) })
  const ledger = await openLedger(publication.place)
  const faults: unknown[] = []
  const config = await readConfig({ cwd: publication.cwd, file: null })
  const running = await servePublic({
    config,
    publicUrl: config.links.publicUrl ?? '',
    ledger,
    secret: parseSecret(secret),
    clock: () => new Date(),
    host: '127.0.0.1',
    port: 0,
    patience,
    onFault: error => void faults.push(error),
  })
  onTestFinished(async () => {
    await running.close()
    await ledger.close()
  })
  return { ...running, publication, ledger, faults }
}

it.each([
  ['headers that never end', 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: '],
  ['a body that never ends', 'POST /preferences/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx'],
])('closes a connection with %s', async (_, text) => {
  const { port } = await start(1)
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const startedAt = performance.now()
  socket.write(text)
  socket.resume()
  await once(socket, 'close')
  expect(performance.now() - startedAt).toBeLessThan(3000)
})

it('reads forms that come in chunks, as clients behind some proxies send them, and takes none that are endless', async () => {
  const settings = settingsWith(`${quick}signUp: {}\n`)
  const { port, ledger, faults } = await start(1, settings)
  const { id } = await ledger.db.selectFrom('subscribers').select('id').executeTakeFirstOrThrow()
  const linkTo = (purpose: 'preferences' | 'unsubscribe') =>
    `/${purpose}/${createLinkToken({ purpose, list: 'digest', subscriber: id, epoch: 0 }, parseSecret(secret))}`
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
  expect(await post(linkTo('preferences'), 'name=A', 'da&pause=none')).toBe(200)
  expect(await ledger.db.selectFrom('subscribers').select('name').executeTakeFirst()).toEqual({ name: 'Ada' })
  expect(await post('/subscribe', 'email=bo%40', 'gull.example')).toBe(200)
  expect(await post(linkTo('unsubscribe'), 'List-Unsubscribe=', 'One-Click')).toBe(200)
  expect(await post(`${linkTo('unsubscribe')}/reason`, 'reason=too', '-many')).toBe(200)
  expect(await post(linkTo('preferences'), ...Array.from({ length: 9 }, () => 'x'.repeat(10_000)))).toBe(400)
  expect(await post('/subscribe', 'email=', 'x'.repeat(20_000))).toBe(413)
  expect(faults).toEqual([])
})
