import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addresses, requestHeader } from '../../../src/web/preview/api.ts'
import { ownNames, refusalOf } from '../../../src/web/preview/guard-requests.ts'
import { createTempFolder } from '../../temp-folder.ts'
import { files, openApp, post } from './open-app.ts'

const everyAddress = [
  '/',
  addresses.state,
  addresses.edition('2026-w07'),
  addresses.frame('2026-w07'),
  '/assets/gulls.png',
  addresses.events,
]

describe('who may ask', () => {
  it.each(['rebound.example', 'localhost.rebound.example', '127.0.0.1.rebound.example:4321', '', '10.0.0.7', 'localhost:4321@x'])(
    'answers nothing to the Host "%s"',
    async host => {
      const { ask } = await openApp()
      for (const address of everyAddress) expect((await ask(address, { headers: { host } })).status, address).toBe(403)
    },
  )

  it('answers to its own names', async () => {
    const { ask } = await openApp()
    for (const host of ['localhost:4321', '127.0.0.1:4321', '[::1]:4321', 'LOCALHOST']) {
      expect((await ask('/', { headers: { host } })).status, host).toBe(200)
    }
  })

  it.each(['https://elsewhere.example', 'http://localhost:3000', 'null', 'https://localhost:4321'])(
    'answers nothing to pages of %s',
    async origin => {
      const { ask } = await openApp()
      for (const address of everyAddress) expect((await ask(address, { headers: { origin } })).status, address).toBe(403)
    },
  )

  it('lets another site open its page in a tab, and nothing else', async () => {
    const { ask } = await openApp()
    const open = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect((await ask('/', { headers: open })).status).toBe(200)
    expect((await ask('/', { headers: { ...open, 'sec-fetch-dest': 'iframe' } })).status).toBe(403)
    expect((await ask(addresses.state, { headers: { ...open, 'sec-fetch-mode': 'no-cors' } })).status).toBe(403)
    expect((await ask('/assets/gulls.png', { headers: { 'sec-fetch-site': 'same-site' } })).status).toBe(403)
  })

  it('takes no POST without the header that no form can send', async () => {
    const { ask } = await openApp()
    const body = JSON.stringify({ edition: '2026-w07', template: null, addresses: ['me@harbour.example'] })
    expect((await ask(addresses.testSend, { method: 'POST', body })).status).toBe(403)
    const long = { method: 'POST', body: 'x'.repeat(100_000), headers: { [requestHeader.name]: requestHeader.value } }
    expect((await ask(addresses.testSend, long)).status).toBe(413)
  })

  it('lets any address of the machine in when it listens on its whole network, and still no name of others', () => {
    const asked = (host: string) =>
      refusalOf({ method: 'GET', path: '/', header: name => (name === 'host' ? host : undefined) }, ownNames('0.0.0.0'))
    expect(['192.168.1.5:4321', '[fe80::1]:4321', 'localhost'].map(asked)).toEqual([null, null, null])
    expect(asked('rebound.example:4321')).not.toBeNull()
  })

  it('is never talked into a Host by odd writing', () => {
    const own = ownNames('127.0.0.1')
    const names = ['localhost', '127.0.0.1', '[::1]']
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 40 }), host => {
        const refused = refusalOf({ method: 'GET', path: '/', header: name => (name === 'host' ? host : undefined) }, own) !== null
        return refused || names.includes(host.toLowerCase().replace(/:\d{1,5}$/, ''))
      }),
    )
  })
})

describe('what an answer may do', () => {
  it('lets nothing in the frame run, and loads no picture from elsewhere unless asked', async () => {
    const { ask } = await openApp()
    const policy = async (address: string) => (await ask(address)).headers.get('content-security-policy') ?? ''
    const shut = await policy(addresses.frame('2026-w07'))
    expect(shut).toContain("script-src 'none'")
    expect(shut).toContain("img-src 'self' data:;")
    expect(shut).toMatch(/sandbox allow-same-origin$/)
    expect(await policy(addresses.frame('2026-w07', { remote: true }))).toContain("img-src 'self' data: https: http:;")
    expect(await policy('/')).toContain("frame-ancestors 'none'")
    expect(await policy('/assets/gulls.png')).toMatch(/default-src 'none'.*sandbox$/)
  })

  it('is never stored, guessed at or read by other sites', async () => {
    const { ask } = await openApp()
    for (const address of everyAddress) {
      const { headers } = await ask(address)
      expect(headers.get('x-content-type-options'), address).toBe('nosniff')
      expect(headers.get('cross-origin-resource-policy'), address).toBe('same-origin')
      expect(headers.get('cache-control'), address).toMatch(/^no-(store|cache)$/)
      expect(headers.get('access-control-allow-origin'), address).toBeNull()
    }
  })
})

describe('hostile words', () => {
  it('of a recipient stay words in the frame and in the message', async () => {
    const greeting = '{{merge "name" fallback="reader"}}'
    const { ask } = await openApp({
      ...files,
      'templates/partials/intro.mjml.hbs': `<mj-section><mj-column><mj-text>${greeting}</mj-text></mj-column></mj-section>`,
    })
    const html = await (await ask(addresses.frame('2026-w07', { recipient: 'hostile' }))).text()
    expect(html).toContain('&lt;script&gt;alert(1)')
    expect(html).not.toMatch(/<script|<img src=x/)
    const view = (await (await ask(addresses.edition('2026-w07', { recipient: 'hostile' }))).json()) as {
      message: { headers: { name: string }[] }
    }
    expect(view.message.headers.map(({ name }) => name)).not.toContain('Bcc')
  })

  it('of a post stay words', async () => {
    const { ask } = await openApp({ ...files, 'posts/gulls.md': post('<script>alert(1)</script>{{unsubscribeUrl}}') })
    for (const simulation of [null, 'gmail', 'outlook-windows', 'plain-text', 'screen-reader']) {
      const html = await (await ask(addresses.frame('2026-w07', { simulation }))).text()
      expect(html, String(simulation)).not.toContain('<script')
    }
  })
})

describe('GET /assets/', () => {
  const escapes = [
    '/assets/../news-digest.yaml',
    '/assets/..%2fnews-digest.yaml',
    '/assets/%2e%2e/news-digest.yaml',
    '/assets/%2e%2e%2fposts%2fgulls.md',
    '/assets/..%5cnews-digest.yaml',
    '/assets//etc/passwd.png',
    '/assets/%00gulls.png',
    '/assets/%zz.png',
    '/assets/notes.txt',
    '/assets/',
    '/page/../../news-digest.yaml',
    '/news-digest.yaml',
  ]

  it.each(escapes)('gives nothing for %s', async address => {
    const { ask } = await openApp({ ...files, 'public/notes.txt': 'not for you' })
    const response = await ask(address)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toMatch(/Harbour|Gulls|root:|not for you/)
  })

  it('follows no link out of the folder', async () => {
    const { cwd, ask } = await openApp()
    const elsewhere = await createTempFolder({ 'secret.png': 'secret' })
    await symlink(elsewhere, join(cwd, 'public/elsewhere'))
    await symlink(join(elsewhere, 'secret.png'), join(cwd, 'public/picture.png'))
    expect((await ask('/assets/elsewhere/secret.png')).status).toBe(404)
    expect((await ask('/assets/picture.png')).status).toBe(404)
  })

  it('gives a picture once, and again only when it has changed', async () => {
    const { cwd, ask } = await openApp()
    const first = await ask('/assets/gulls.png')
    expect(first.headers.get('content-type')).toBe('image/png')
    const etag = first.headers.get('etag') ?? ''
    expect((await ask('/assets/gulls.png', { headers: { 'if-none-match': etag } })).status).toBe(304)
    await writeFile(join(cwd, 'public/gulls.png'), 'another picture')
    expect((await ask('/assets/gulls.png', { headers: { 'if-none-match': etag } })).status).toBe(200)
  })

  it('gives nothing where the configuration names no folder', async () => {
    const { ask } = await openApp({ ...files, 'news-digest.yaml': 'site:\n  url: https://harbour.example\ncontent:\n  dir: posts\n' })
    expect((await ask('/assets/gulls.png')).status).toBe(404)
  })
})
