import { expect, it } from 'vitest'
import { countWork } from './count-work.ts'
import { openSignUp, type SignUpOptions } from './open-sign-up.ts'
import { openSite } from './open-site.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const jsonType = { 'content-type': 'application/json' }
const states = ['subscribed', 'unsubscribed', 'bounced', 'complained', 'pending'] as const

async function everyKind(options: SignUpOptions = {}) {
  const site = await openSignUp({ signUp: '  perAddress: 1\n', ...options })
  const { publication, linkFor, person, token, ask } = site
  for (const state of states) await publication.add([`${state}@gull.example`], { state })
  await publication.add(['forgotten@gull.example'])
  const { id } = await person('forgotten@gull.example')
  await ask(`/preferences/${token({ subscriber: id, purpose: 'preferences' })}/forget`, { method: 'POST' })
  await linkFor('limit@gull.example')
  return site
}

const kinds = [...states, 'forgotten', 'limit', 'new', 'bot']

it('answers alike whoever the address is of: by form and as JSON, status, headers and body', async () => {
  const { post, json, relay, sendDue, ledger } = await everyKind()
  const before = await ledger.db.selectFrom('subscribers').select(['address', 'state']).execute()
  const answers: string[] = []
  for (const kind of kinds) {
    const email = `${kind}@gull.example`
    const fields = { email, name: 'Somebody', language: 'en', ...(kind === 'bot' ? { homepage: 'https://spam.example' } : {}) }
    for (const answer of [await post(fields), await json(fields)]) {
      const headers = [...answer.headers].filter(([name]) => name !== 'date')
      answers.push(JSON.stringify([answer.status, headers, (await answer.text()).replaceAll(kind, 'somebody')]))
    }
  }
  expect(new Set(answers).size).toBe(2)
  await sendDue()
  expect(relay.recipients()).toEqual(
    ['bounced', 'complained', 'forgotten', 'limit', 'new', 'pending', 'unsubscribed'].map(each => `${each}@gull.example`),
  )
  const after = await ledger.db.selectFrom('subscribers').select(['address', 'state']).execute()
  expect(after.filter(({ address }) => before.some(each => each.address === address))).toEqual(before)
})

it('takes one and the same path to the one commit: the same statements, whoever the address is of, and only a mail to come adds its rows', async () => {
  const work = countWork()
  const { post } = await everyKind({ watched: work.watched })
  const done = new Map<string, string>()
  for (const kind of kinds) {
    work.done.length = 0
    await post({ email: `${kind}@gull.example`, ...(kind === 'bot' ? { homepage: 'x' } : {}) })
    done.set(kind, work.done.join('\n'))
  }
  const silent = done.get('subscribed') ?? ''
  expect(silent.split('\n').filter(each => each === 'transaction')).toHaveLength(1)
  expect(silent).toContain('insert into "settings"')
  for (const kind of ['limit', 'bot']) expect([kind, done.get(kind)]).toEqual([kind, silent])
  for (const kind of kinds) expect([kind, done.get(kind)?.startsWith(silent)]).toEqual([kind, true])
})

it.each([
  'ada',
  'ada@',
  '@gull.example',
  'ada@gull.example\r\nBcc: <e@x.example>',
  'ada@gull.example, bob@gull.example',
  'ada@gull.example> RCPT TO:<e@x.example',
  '"ada@evil"@gull.example',
  `${'a'.repeat(65)}@gull.example`,
  'ada@192.0.2.1',
  'ada@gu\u00adll.example',
])('says of %j that it is no address, keeps what was written, and writes nothing down', async email => {
  const { post, json, ledger, faults } = await openSignUp()
  const page = await post({ email, name: 'Ada "&<' })
  expect(page.status).toBe(400)
  const text = await page.text()
  expect(text).toContain('This is not an email address.')
  expect(text).toContain('value="Ada &quot;&amp;&lt;"')
  const answer = await json({ email })
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { ok: false, error: 'address-invalid', message: 'This is not an email address. Write it like ada@example.com.' },
  ])
  expect([await ledger.db.selectFrom('subscribers').selectAll().execute(), faults]).toEqual([[], []])
})

it.each<[string, RequestInit, number]>([
  ['a body that is too large', { headers: form, body: `email=${'x'.repeat(20_000)}` }, 413],
  ['JSON that is too large', { headers: jsonType, body: JSON.stringify({ email: 'x'.repeat(20_000) }) }, 413],
  ['JSON that is none', { headers: jsonType, body: '{"email"' }, 400],
  ['JSON of another shape', { headers: jsonType, body: '["ada@gull.example"]' }, 400],
  ['a list where the address belongs', { headers: jsonType, body: '{"email":["ada@gull.example"]}' }, 400],
  ['a form without an address', { headers: form, body: 'name=Ada' }, 400],
  ['multipart that is broken', { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: '--b\r\nx' }, 400],
  ['JSON called plain text', { headers: { 'content-type': 'text/plain' }, body: '{"email":"ada@gull.example"}' }, 415],
  ['a body of no kind', { headers: { 'content-type': '' }, body: 'email=ada@gull.example' }, 415],
])('refuses %s, and writes nothing down', async (_, init, status) => {
  const { ask, ledger, faults } = await openSignUp()
  expect((await ask('/subscribe', { method: 'POST', ...init })).status).toBe(status)
  expect([await ledger.db.selectFrom('subscribers').selectAll().execute(), faults]).toEqual([[], []])
})

it('takes a multipart form, and says in JSON what a page would', async () => {
  const { ask, json, signUps } = await openSignUp()
  const body = new FormData()
  body.append('email', 'ada@gull.example')
  expect((await ask('/subscribe', { method: 'POST', body })).status).toBe(200)
  const answer = await json({ email: 'bob@gull.example', language: 'de-AT', more: 1 })
  expect(await answer.json()).toEqual({ ok: true, message: expect.stringContaining('Eine E-Mail geht an bob@gull.example.') })
  expect((await signUps()).map(({ language }) => language)).toEqual(['en', 'de'])
  expect(await (await json({ email: 'no address', language: 'de' })).json()).toMatchObject({
    message: expect.stringContaining('E-Mail-Adresse'),
  })
})

it('is in the language that the address of the page, the form, or the browser asks for, and never in one that there is not', async () => {
  const { ask, post } = await openSignUp()
  expect(await (await ask('/subscribe?language=fa')).text()).toContain('<html lang="fa" dir="rtl">')
  expect(await (await ask('/subscribe', { headers: { 'accept-language': 'de' } })).text()).toContain('<html lang="de"')
  expect(await (await ask('/subscribe?language=../x')).text()).toContain('<html lang="en"')
  expect(await (await post({ email: 'ada@gull.example', language: 'fa' })).text()).toContain('<html lang="fa"')
})

it('shows the wording of the configuration, and keeps it with the sign-up', async () => {
  const { ask, post, signUps } = await openSignUp({ signUp: '  wording: Tell me <all> of the harbour.\n' })
  expect(await (await ask('/subscribe')).text()).toContain('Tell me &lt;all&gt; of the harbour.')
  await post({ email: 'ada@gull.example' })
  expect(await signUps()).toMatchObject([{ wording: 'Tell me <all> of the harbour.' }])
})

it('is not there without signUp in the configuration', async () => {
  const { ask } = await openSite()
  expect((await ask('/subscribe')).status).toBe(404)
  expect((await ask('/subscribe', { method: 'POST', body: new URLSearchParams({ email: 'ada@gull.example' }) })).status).toBe(404)
  expect(await (await ask('/')).text()).not.toContain('/subscribe')
})
