import { describe, expect, it } from 'vitest'
import { addresses, type PreviewState, type Refusal, requestHeader } from '../../../src/web/preview/api.ts'
import { files, openApp } from './open-app.ts'

describe('POST /api/test-send', () => {
  const send = (body: unknown) => ({
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', [requestHeader.name]: requestHeader.value, origin: 'http://localhost:4321' },
  })

  it('says plainly when no relay is configured', async () => {
    const { ask } = await openApp()
    const response = await ask(addresses.testSend, send({ edition: '2026-w07', template: null, addresses: ['me@harbour.example'] }))
    expect(response.status).toBe(422)
    expect(((await response.json()) as Refusal).problems[0]?.code).toBe('relay-missing')
  })

  it('names the first relay of the configuration, and not the one of SMTP_URL', async () => {
    const yaml = `${files['news-digest.yaml']}relays:\n  - name: own\n    url: smtp://smtp.harbour.example\n`
    const { ask } = await openApp({ ...files, 'news-digest.yaml': yaml }, 'smtp://localhost:1')
    const { relay } = (await (await ask(addresses.state)).json()) as PreviewState
    expect(relay).toEqual({ kind: 'usable', name: 'smtp.harbour.example, port 587, TLS required' })
  })

  it('names every address that no mail can go to', async () => {
    const { ask } = await openApp(files, 'smtp://localhost:1')
    const response = await ask(
      addresses.testSend,
      send({ edition: '2026-w07', template: null, addresses: ['no address', 'nor\r\nBcc: this'] }),
    )
    expect(((await response.json()) as Refusal).problems.map(({ code }) => code)).toEqual(['address-invalid', 'address-invalid'])
  })

  it.each([null, {}, { edition: '2026-w07', addresses: 'me@harbour.example' }])('refuses the body %j', async body => {
    const { ask } = await openApp()
    expect((await ask(addresses.testSend, send(body))).status).toBe(400)
  })
})
