import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { isPublicAddress } from '../../src/inspect/public-address.ts'
import { type ReadLinksOptions, readLinks } from '../../src/inspect/read-links.ts'
import { selfSigned } from '../transport/self-signed.ts'

const open: Server[] = []
afterEach(() => Promise.all(open.splice(0).map(server => new Promise(resolve => server.close(resolve)))))

/** A server on a loopback address with the list of what it was asked, `HEAD /page`. */
async function serve(answer: RequestListener, host = '127.0.0.1'): Promise<{ origin: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  return { origin: `http://${host}:${await listen(server, host)}`, asked }
}

async function listen(server: Server, host: string): Promise<number> {
  open.push(server)
  await new Promise<void>(resolve => server.listen(0, host, resolve))
  return (server.address() as AddressInfo).port
}

/** Only in these tests: the first loopback address counts as public. */
const allow = (address: string) => address === '127.0.0.1'

async function ask(address: string, options: ReadLinksOptions = { allow }, isPicture = false) {
  const answer = (await readLinks([{ address, isPicture }], options)).get(address)
  if (answer === undefined) throw new Error('no answer')
  return answer
}

describe('readLinks()', () => {
  it('asks with HEAD, and with GET where that is refused', async () => {
    const good = await serve((_, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end())
    expect((await ask(`${good.origin}/a`)).outcome).toEqual({ kind: 'answered', status: 200, type: 'text/html' })
    expect(good.asked).toEqual(['HEAD /a'])
    const shy = await serve(({ method }, response) => response.writeHead(method === 'HEAD' ? 405 : 200).end())
    expect((await ask(`${shy.origin}/a`)).outcome).toMatchObject({ status: 200 })
    expect(shy.asked).toEqual(['HEAD /a', 'GET /a'])
  })

  it('shows every redirect, and ends a circle', async () => {
    const server = await serve(({ url }, response) => {
      if (url === '/a') response.writeHead(301, { location: '/b' }).end()
      else if (url === '/b') response.writeHead(302, { location: '/c' }).end()
      else if (url === '/round') response.writeHead(302, { location: '/round' }).end()
      else response.writeHead(404).end()
    })
    const { outcome, redirects } = await ask(`${server.origin}/a`)
    expect(outcome).toMatchObject({ kind: 'answered', status: 404 })
    expect(redirects).toEqual([
      { status: 301, to: `${server.origin}/b` },
      { status: 302, to: `${server.origin}/c` },
    ])
    expect((await ask(`${server.origin}/round`)).outcome).toMatchObject({ kind: 'failed', why: 'it redirects more than 5 times' })
  })

  it('asks nobody who is not public: not by an address in any spelling, not by a name', async () => {
    const server = await serve((_, response) => response.end())
    const port = new URL(server.origin).port
    const hosts = [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '127.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '0.0.0.0',
      'localhost',
    ]
    for (const host of hosts) expect((await ask(`http://${host}:${port}/`, {})).outcome.kind, host).toBe('refused')
    expect(server.asked).toEqual([])
  })

  it('asks nobody who is not public behind a redirect either', async () => {
    const inner = await serve((_, response) => response.end('secret'), '127.0.0.2')
    const outer = await serve(({ url }, response) => response.writeHead(302, { location: decodeURIComponent(url?.slice(1) ?? '') }).end())
    for (const target of [
      inner.origin,
      'http://169.254.169.254/latest/meta-data/',
      'http://[fd00:ec2::254]/',
      'file:///etc/passwd',
      'ftp://files.example/',
    ]) {
      expect((await ask(`${outer.origin}/${encodeURIComponent(target)}`)).outcome.kind, target).toBe('refused')
    }
    expect(inner.asked).toEqual([])
  })

  it('judges the very addresses that a name leads to, and connects to no others', async () => {
    const server = await serve((_, response) => response.end())
    const judged: string[] = []
    const port = new URL(server.origin).port
    const all = await ask(`http://localhost:${port}/`, { allow: address => judged.push(address) > 0 })
    expect(all.outcome).toMatchObject({ kind: 'answered', status: 200 })
    expect(judged.length).toBeGreaterThan(0)
    expect(judged.every(address => address === '127.0.0.1' || address === '::1')).toBe(true)
    const none = await ask(`http://localhost:${port}/`, { allow: address => address !== judged[0] })
    expect(none.outcome).toMatchObject({ kind: 'refused', why: `it leads to ${judged[0]}, which is not public` })
  })

  it.each([
    ['one signed by itself', 'localhost', '491231235959Z', false, 'the certificate is signed by itself'],
    ['one that has expired', 'localhost', '210101000000Z', true, 'the certificate has expired'],
    ['one of another name', 'harbour.example', '491231235959Z', true, 'the certificate is for another name'],
    ['one in order', 'localhost', '491231235959Z', true, null],
  ] as const)('says what is wrong with a certificate: %s', async (_title, host, validTo, trusted, why) => {
    const certificate = selfSigned(host, validTo)
    const server = createTlsServer(certificate, (_, response) => response.end())
    const address = `https://localhost:${await listen(server, '127.0.0.1')}/`
    const { outcome } = await ask(address, { allow: () => true, ...(trusted ? { ca: certificate.cert } : {}) })
    expect(outcome).toEqual(why === null ? { kind: 'answered', status: 200, type: null } : { kind: 'failed', why, certificate: true })
  })

  it('says that nobody answers, answers in time, or speaks HTTP', async () => {
    const silent = await serve(() => {})
    expect((await ask(`${silent.origin}/`, { allow, timeout: 100 })).outcome).toMatchObject({ why: 'the server does not answer in time' })
    const gone = await serve((_, response) => response.end())
    await new Promise(resolve => open.splice(-1)[0]?.close(resolve))
    expect((await ask(gone.origin)).outcome).toMatchObject({ why: 'the server refuses the connection' })
    expect((await ask('https://no-such-host.invalid/')).outcome.kind).toBe('failed')
    expect((await ask('mailto:a@harbour.example')).outcome.kind).toBe('refused')
  })

  it('weighs and measures a picture', async () => {
    const file = await readFile(new URL('../../public/images/logo.png', import.meta.url))
    const server = await serve((_, response) => response.setHeader('content-type', 'image/png').end(file))
    const { picture } = await ask(`${server.origin}/logo.png`, { allow }, true)
    expect(picture).toMatchObject({ format: 'png', bytes: file.length })
    expect(picture?.width).toBe(file.readUInt32BE(16))
  })

  it('has eight requests open and no more, asks for each address once, and keeps the order', async () => {
    let [running, most] = [0, 0]
    const waiting: (() => void)[] = []
    const server = await serve((_, response) => {
      running++
      most = Math.max(most, running)
      waiting.push(() => {
        running--
        response.end()
      })
      // The last four come when the others have gone.
      if (running === 8 || server.asked.length === 20) for (const release of waiting.splice(0).reverse()) release()
    })
    const wanted = Array.from({ length: 20 }, (_, index) => ({ address: `${server.origin}/${index}`, isPicture: false }))
    const answers = await readLinks([...wanted, ...wanted], { allow })
    expect(most).toBe(8)
    expect(server.asked).toHaveLength(20)
    expect([...answers.keys()]).toEqual(wanted.map(({ address }) => address))
  })
})

describe('isPublicAddress()', () => {
  it.each(['8.8.8.8', '203.0.114.1', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001:80b::200e'])(
    'lets %s through',
    address => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  it.each(
    `127.0.0.1 127.255.255.254 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1 198.18.0.1 224.0.0.1 255.255.255.255 192.0.0.1 :: ::1 ::ffff:10.0.0.1
    ::ffff:a9fe:a9fe ::127.0.0.1 fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd00:ec2::254 ff02::1 64:ff9b::7f00:1 2002:7f00:1:: 2001:0:7f00:1:: 100::1 nonsense`.split(
      /\s+/,
    ),
  )('keeps %s away', address => {
    expect(isPublicAddress(address)).toBe(false)
  })
})
