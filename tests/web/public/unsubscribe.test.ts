import { rm } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { quick, secret, settingsWith } from '../../delivery/publication.ts'
import { ada, formOf, multipart, openSite, withAda } from './open-site.ts'

const otherKey = 'another0123456789-ABCDEFGHIJKLMNOP'

const oneClick: readonly (readonly [string, RequestInit])[] = [
  ['urlencoded, as RFC 8058 shows it', formOf({ 'List-Unsubscribe': 'One-Click' })],
  ['multipart', multipart('b', '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n')],
  ['multipart that is broken', multipart('b', '--b\r\nContent-Disp')],
  ['without a body', { method: 'POST' }],
  ['with a megabyte', { method: 'POST', body: 'x'.repeat(1_000_000) }],
  ['with a type that is none', { method: 'POST', headers: { 'content-type': ';;' }, body: 'x' }],
]

it.each(oneClick)('a POST %s unsubscribes at once: 200, no redirect, no cookie', async (_, init) => {
  const { ask, path, person, faults } = await withAda()
  const answer = await ask(path, init)
  expect([answer.status, answer.headers.get('set-cookie'), answer.headers.get('location')]).toEqual([200, null, null])
  expect(await answer.text()).toContain('You are unsubscribed')
  expect((await person(ada)).state).toBe('unsubscribed')
  expect((await person('bob@gull.example')).state).toBe('subscribed')
  expect(faults).toEqual([])
})

it.each(['>', '%3E', '.', ')', '=', '",', '/', '%E2%80%9D', '?utm_source=x'])(
  'unsubscribes by a link that a text has ended with %s',
  async end => {
    const { ask, path, person } = await withAda()
    expect((await ask(`${path}${end}`)).status).toBe(200)
    expect((await ask(`${path}${end}`, { method: 'POST' })).status).toBe(200)
    expect((await person(ada)).state).toBe('unsubscribed')
  },
)

it('says the same when it is asked again, and writes it down once', async () => {
  const { ask, path, ledger } = await withAda()
  const answers = [await ask(path, { method: 'POST' }), await ask(path, { method: 'POST' })]
  const [one, other] = await Promise.all(answers.map(each => each.text()))
  expect([one === other, ...answers.map(({ status }) => status)]).toEqual([true, 200, 200])
  expect(await ledger.db.selectFrom('subscriberEvents').select(['toState', 'source']).execute()).toEqual([
    { toState: 'unsubscribed', source: 'unsubscribe link' },
  ])
})

it.each<[string, RequestInit]>([
  ['GET', {}],
  ['HEAD', { method: 'HEAD' }],
  ['OPTIONS', { method: 'OPTIONS' }],
  ['a prefetch', { headers: { 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch' } }],
  ['PUT', { method: 'PUT', body: 'List-Unsubscribe=One-Click' }],
  ['DELETE', { method: 'DELETE' }],
])('%s changes nothing', async (_, init) => {
  const { ask, path, person } = await withAda()
  await ask(path, init)
  expect((await person(ada)).state).toBe('subscribed')
})

it('shows one page with one button, which no cache keeps and no search engine lists', async () => {
  const { ask, path } = await withAda()
  const answer = await ask(path)
  const page = await answer.text()
  expect(page.match(/<button/g)).toHaveLength(1)
  expect(page).not.toContain(ada)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': expect.stringContaining('max-age'),
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  })
})

it('shows no button to a link that leads nowhere, and to whoever has left already that they have', async () => {
  const { ask, path } = await withAda()
  const nowhere = await ask('/unsubscribe/..%2fpreferences%2fx%2fforget%3f')
  expect([nowhere.status, (await nowhere.text()).includes('<form')]).toEqual([404, false])
  expect(await (await ask(path)).text()).toContain(`action="${path}"`)
  await ask(path, { method: 'POST' })
  const again = await (await ask(path)).text()
  expect(again).not.toContain(`action="${path}"`)
  expect(again).toContain(`action="${path}/undo"`)
})

it('gives one and the same answer for every token that leads nowhere, and reads and writes the same for it', async () => {
  const { ask, path, token, id, person, publication } = await withAda()
  const good = path.slice('/unsubscribe/'.length)
  const other = good.at(-1) === 'A' ? 'B' : 'A'
  const broken: Readonly<Record<string, string>> = {
    forged: token({ subscriber: id }, otherKey),
    cut: good.slice(0, -3),
    longer: `${good}A`,
    changed: good.slice(0, -2) + other + good.slice(-1),
    ofAnotherList: token({ subscriber: id, list: 'other' }),
    ofAnotherPurpose: token({ subscriber: id, purpose: 'preferences' }),
    forNobody: token({ subscriber: 999_999 }),
    nonsense: '%F0%9F%8C%8A',
    empty: '%20',
  }
  const answers = await Promise.all(
    Object.entries(broken).map(async ([name, each]) => {
      const answer = await ask(`/unsubscribe/${each}`, { method: 'POST' })
      return { name, status: answer.status, headers: JSON.stringify([...answer.headers]), body: await answer.text() }
    }),
  )
  const [first] = answers
  for (const answer of answers) expect({ ...answer, name: '' }).toEqual({ ...first, name: '' })
  expect(first?.status).toBe(404)
  expect((await person(ada)).state).toBe('subscribed')
  expect(await publication.sendings()).toEqual([])
})

it('takes links that an older key has signed, and none of a key that is gone', async () => {
  const { ask, token, person } = await openSite({ readers: [ada], keys: `${otherKey},${secret}` })
  const { id } = await person(ada)
  expect((await ask(`/unsubscribe/${token({ subscriber: id })}`, { method: 'POST' })).status).toBe(200)
  const rotated = await openSite({ readers: [ada], keys: otherKey })
  expect((await rotated.ask(`/unsubscribe/${rotated.token({ subscriber: id })}`, { method: 'POST' })).status).toBe(404)
})

it('takes a link of long ago, from before the person came back', async () => {
  const { ask, path, person, ledger } = await withAda()
  await ledger.db.updateTable('subscribers').set({ epoch: 7 }).execute()
  expect((await ask(path, { method: 'POST' })).status).toBe(200)
  expect((await person(ada)).state).toBe('unsubscribed')
})

it('takes it back within a day, and not later', async () => {
  const { ask, path, person, at } = await withAda()
  await ask(path, { method: 'POST' })
  const undone = await ask(`${path}/undo`, { method: 'POST' })
  expect([undone.status, (await person(ada)).state]).toEqual([200, 'subscribed'])
  await ask(path, { method: 'POST' })
  at(new Date('2026-02-12T08:00:00Z'))
  const late = await ask(`${path}/undo`, { method: 'POST' })
  expect([late.status, (await person(ada)).state]).toEqual([404, 'unsubscribed'])
})

it('brings nobody back who complained, whatever they pressed before', async () => {
  const { ask, path, person, ledger } = await withAda()
  await ask(path, { method: 'POST' })
  await ledger.db.updateTable('subscribers').set({ state: 'complained' }).execute()
  await ledger.db
    .insertInto('subscriberEvents')
    .values({ subscriberId: (await person(ada)).id, at: 1, fromState: 'unsubscribed', toState: 'complained', why: 'x', source: 'x' })
    .execute()
  expect((await ask(`${path}/undo`, { method: 'POST' })).status).toBe(404)
  expect((await person(ada)).state).toBe('complained')
})

it('writes no token and no address down', async () => {
  const { ask, path, answered } = await withAda()
  await ask(path)
  await ask(path, { method: 'POST' })
  await ask(`${path}/reason`, formOf({ reason: 'other' }))
  await ask(`${path}/undo`, { method: 'POST' })
  expect(answered.map(({ method, route, status }) => [method, route, status])).toEqual([
    ['GET', '/unsubscribe/:token', 200],
    ['POST', '/unsubscribe/:token', 200],
    ['POST', '/unsubscribe/:token/reason', 200],
    ['POST', '/unsubscribe/:token/undo', 200],
  ])
})

it('answers to its own name only', async () => {
  const { app, path, person } = await withAda()
  const stranger = await app.request(`https://evil.example${path}`, { method: 'POST', headers: { host: 'evil.example' } })
  expect([stranger.status, (await person(ada)).state]).toEqual([421, 'subscribed'])
})

it('answers to its own name however it is written, and not where the target of a request names another host than its header', async () => {
  const { ask, app } = await openSite()
  for (const host of ['LETTER.harbour.example', 'letter.harbour.example:443', 'letter.harbour.example.', '[::1]:8080'])
    expect((await ask('/', { headers: { host } })).status).toBe(200)
  for (const host of ['letter.harbour.example..', 'letter.harbour.example.evil.example', 'x@letter.harbour.example', ''])
    expect((await ask('/', { headers: { host } })).status).toBe(421)
  const named = { headers: { host: 'letter.harbour.example' } }
  expect((await app.request('https://evil.example/', named)).status).toBe(421)
})

it('says what holds for all pages outside of its own path, too', async () => {
  const settings = settingsWith(quick).replace(
    'publicUrl: https://letter.harbour.example',
    'publicUrl: https://letter.harbour.example/letter',
  )
  const { ask, answered } = await openSite({ settings })
  for (const each of ['/', '/wp-login.php', '/letterbox']) {
    const answer = await ask(each)
    expect([answer.status, answer.headers.get('x-content-type-options')]).toEqual([404, 'nosniff'])
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  }
  expect((await ask('/', { headers: { host: 'evil.example' } })).status).toBe(421)
  expect((await ask('/letter/')).status).toBe(200)
  expect(answered).toHaveLength(5)
})

it('says no 200 for what would be lost: where the file of the ledger was taken away, and is not ready then', async () => {
  const { ask, token, publication } = await openSite({ readers: [ada] })
  expect((await ask('/readyz')).status).toBe(200)
  for (const end of ['', '-wal', '-shm']) await rm(`${publication.place.file}${end}`, { force: true })
  expect((await ask(`/unsubscribe/${token({ subscriber: 1 })}`, { method: 'POST' })).status).toBe(503)
  expect((await ask('/readyz')).status).toBe(503)
})

it('answers 503 where the ledger fails, without telling why', async () => {
  const { ask, path, ledger, faults } = await withAda()
  await ledger.db.schema.dropTable('subscriberEvents').execute()
  const answer = await ask(path, { method: 'POST' })
  expect([answer.status, answer.headers.get('retry-after'), faults.length]).toEqual([503, '60', 1])
  expect(await answer.text()).not.toMatch(/sqlite|table/i)
})

it('puts back whoever takes it back as they were: with their first word, and with links that go on working', async () => {
  const { ask, path, token, id, person, ledger } = await withAda()
  const proofJson = JSON.stringify({ how: 'signed up at the fair', at: 1 })
  await ledger.db.updateTable('subscribers').set({ proofJson, confirmedAt: 1 }).where('id', '=', id).execute()
  const preferences = `/preferences/${token({ subscriber: id, purpose: 'preferences' })}`
  await ask(path, { method: 'POST' })
  await ask(`${path}/undo`, { method: 'POST' })
  expect(await person(ada)).toMatchObject({ state: 'subscribed', epoch: 0, proofJson, confirmedAt: 1 })
  expect((await ask(preferences)).status).toBe(200)
})
