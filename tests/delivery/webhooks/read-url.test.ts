import { createServer as createPlainServer } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createReadUrl } from '../../../src/delivery/webhooks/read-url.ts'
import { selfSigned } from '../../transport/self-signed.ts'

const host = 'sns.eu-west-1.amazonaws.com'
const { key, cert } = selfSigned(host)
const limits = { mostBytes: 1000, patience: 2000 }
const here = createReadUrl({ ca: cert, lookup: (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) })

/** A server that stands in for SNS, and what it was asked for. */
async function start(
  answer: Parameters<typeof createServer>[1],
  make: (listener: typeof answer) => Server = listener => createServer({ key, cert }, listener),
) {
  const asked: (string | undefined)[] = []
  const server = make((request, response) => {
    asked.push(request.url)
    answer?.(request, response)
  })
  server.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: new URL(`https://${host}:${(server.address() as AddressInfo).port}/x.pem`), asked }
}

it('reads what lies there', async () => {
  const { url } = await start((_, response) => response.end('pem'))
  expect(Buffer.from(await here(url, limits)).toString()).toBe('pem')
})

it('reads by HTTP what is asked for by HTTP', async () => {
  const { url } = await start(
    (_, response) => response.end('cer'),
    listener => createPlainServer(listener) as Server,
  )
  url.protocol = 'http:'
  expect(Buffer.from(await here(new URL(url.href.replace('https:', 'http:')), limits)).toString()).toBe('cer')
})

it.each([301, 302, 307, 308, 404, 500, 204])('takes nothing of an answer with %i, and goes nowhere else', async status => {
  const { url, asked } = await start((_, response) => response.writeHead(status, { location: '/other' }).end('pem'))
  await expect(here(url, limits)).rejects.toThrow(`answered ${status}`)
  expect(asked).toEqual(['/x.pem'])
})

it('stops reading what is too large', async () => {
  const { url } = await start((_, response) => response.end('x'.repeat(5_000_000)))
  await expect(here(url, limits)).rejects.toThrow('more than 1000 bytes')
})

it.each<[string, Parameters<typeof createServer>[1]]>([
  ['does not answer', () => {}],
  ['answers without an end', (_, response) => void response.write('x')],
])('waits no longer than it was told for a server that %s', async (_, answer) => {
  const { url } = await start(answer)
  const startedAt = performance.now()
  await expect(here(url, { ...limits, patience: 300 })).rejects.toThrow()
  expect(performance.now() - startedAt).toBeLessThan(5000)
})

it('rejects where an answer breaks off', async () => {
  const { url } = await start((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('x')
    setTimeout(() => response.destroy(), 50)
  })
  await expect(here(url, limits)).rejects.toThrow()
})

it('trusts no certificate that the system does not trust, and none of another host', async () => {
  const { url } = await start((_, response) => response.end('pem'))
  const lookup: NonNullable<Parameters<typeof createReadUrl>[0]>['lookup'] = (_, __, done) =>
    done(null, [{ address: '127.0.0.1', family: 4 }])
  await expect(createReadUrl({ lookup })(url, limits)).rejects.toThrow(/self-signed/)
  await expect(here(new URL(url.href.replace(host, 'sns.us-east-1.amazonaws.com')), limits)).rejects.toThrow(/does not match/)
})
