import { expect, it } from 'vitest'
import { openSignUp } from './open-sign-up.ts'
import { formOf } from './open-site.ts'

const email = 'ada@gull.example'
const listed = 'https://www.harbour.example'
const strange = 'https://evil.example'
const own = 'https://letter.harbour.example'

const open = () => openSignUp({ signUp: `  origins: [${listed.toUpperCase()}]\n` })
const preflight = (origin: string) => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
})
const corsOf = (answer: Response) =>
  Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'))

it('lets pages of listed origins ask by JSON, after a preflight, without credentials', async () => {
  const { ask, json, signUps } = await open()
  const asked = await ask('/subscribe', preflight(listed))
  expect([asked.status, corsOf(asked)]).toEqual([
    204,
    {
      'access-control-allow-origin': listed,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'Content-Type',
      'access-control-max-age': '86400',
      vary: expect.stringContaining('Origin'),
    },
  ])
  const answer = await json({ email }, { origin: listed })
  expect([answer.status, corsOf(answer)]).toEqual([200, { 'access-control-allow-origin': listed, vary: 'Origin' }])
  expect(await signUps()).toHaveLength(1)
  expect(corsOf(await json({ email: 'no' }, { origin: listed }))['access-control-allow-origin']).toBe(listed)
})

it.each([
  strange,
  'null',
  'https://www.harbour.example.evil.example',
  'http://www.harbour.example',
  'https://www.harbour.example:444',
  'x',
])('refuses JSON and forms of pages at %s, and lets no page there read an answer', async origin => {
  const { ask, json, post, signUps } = await open()
  for (const answer of [await ask('/subscribe', preflight(origin)), await json({ email }, { origin }), await post({ email }, { origin })]) {
    expect(corsOf(answer)['access-control-allow-origin']).toBeUndefined()
    expect(corsOf(answer).vary).toContain('Origin')
    expect([204, 403]).toContain(answer.status)
  }
  expect(await signUps()).toEqual([])
})

it('takes forms of listed origins, of its own pages, and of programs that are no browser', async () => {
  const { post, json, signUps, later } = await open()
  for (const headers of [{ origin: listed }, { origin: own }, {}]) {
    expect((await post({ email }, headers)).status).toBe(200)
    later(72 * 3_600_000)
  }
  expect((await json({ email: 'bob@gull.example' })).status).toBe(200)
  expect(await signUps()).toHaveLength(4)
})

it('knows its own pages behind a proxy that hands on a Host of its own', async () => {
  const { ask } = await open()
  const post = (origin: string) => ask('/subscribe', { ...formOf({ email }), headers: { origin, host: '127.0.0.1:8080' } })
  expect([(await post(own)).status, (await post('http://127.0.0.1:8080')).status, (await post(strange)).status]).toEqual([200, 200, 403])
})

it('lets no page send JSON without a preflight: a kind that browsers send unasked is refused', async () => {
  const { ask, signUps } = await open()
  for (const type of ['text/plain', 'text/plain;application/json', 'application/jsonx']) {
    const headers = { origin: listed, 'content-type': type }
    expect((await ask('/subscribe', { method: 'POST', headers, body: JSON.stringify({ email }) })).status).toBe(415)
  }
  expect(await signUps()).toEqual([])
})

it('says its origin to nobody else, and so can know its own forms', async () => {
  const { ask } = await open()
  expect((await ask('/subscribe')).headers.get('referrer-policy')).toBe('same-origin')
  expect((await ask('/confirm/x')).headers.get('referrer-policy')).toBe('no-referrer')
})
