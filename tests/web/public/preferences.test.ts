import { expect, it } from 'vitest'
import { formOf, openSite, type SiteOptions } from './open-site.ts'

const ada = 'ada@gull.example'

async function withAda(options: SiteOptions = {}) {
  const site = await openSite({ readers: [ada], ...options })
  const { id } = await site.person(ada)
  return { ...site, id, path: `/preferences/${site.token({ subscriber: id, purpose: 'preferences' })}` }
}

it('shows what is known and keeps what is changed', async () => {
  const { ask, path, person } = await withAda()
  expect(await (await ask(path)).text()).toContain(ada)
  const answer = await ask(path, formOf({ name: '  Ada <b>Lovelace</b>\r\nBcc: x ', language: 'de', pause: '4' }))
  const page = await answer.text()
  expect(page).toContain('Gespeichert.')
  expect(page).toContain('value="Ada &lt;b&gt;Lovelace&lt;/b&gt; Bcc: x"')
  expect(await person(ada)).toMatchObject({
    name: 'Ada <b>Lovelace</b> Bcc: x',
    language: 'de',
    pausedUntil: Date.parse('2026-03-10T08:00:00Z'),
  })
  await ask(path, formOf({ name: '', language: '', pause: 'none' }))
  expect(await person(ada)).toMatchObject({ name: null, language: null, pausedUntil: null })
})

it('speaks the language that the person has chosen, or one near to it', async () => {
  const { ask, path, ledger } = await withAda()
  await ledger.db.updateTable('subscribers').set({ language: 'de-AT' }).execute()
  const page = await (await ask(path, { headers: { 'accept-language': 'fa' } })).text()
  expect(page).toContain('<html lang="de"')
  expect(page).toContain('<option value="de-AT" selected')
})

it('takes nothing that was not offered', async () => {
  const { ask, path, person } = await withAda()
  await ask(path, formOf({ language: 'tlh', pause: '99999', state: 'complained', epoch: '9' }))
  expect(await person(ada)).toMatchObject({ language: null, pausedUntil: null, state: 'subscribed', epoch: 0 })
})

it('leaves a paused person out of the next sending', async () => {
  const { ask, path, publication } = await withAda({ built: true })
  await publication.add(['bob@gull.example'])
  await ask(path, formOf({ pause: '12' }))
  const proposals: unknown[] = []
  await publication.send(9, {
    clock: { now: () => Date.parse('2026-02-11T08:00:00Z'), elapsed: () => performance.now(), sleep: async () => {} },
    confirm: async proposal => {
      proposals.push(proposal.audience)
      return false
    },
  })
  expect(proposals).toMatchObject([{ recipients: 1 }])
})

it('changes nothing by GET or HEAD', async () => {
  const { ask, path, person } = await withAda()
  const before = await person(ada)
  for (const method of ['GET', 'HEAD']) for (const end of ['', '/forget', '/data.json']) await ask(`${path}${end}?name=x`, { method })
  expect(await person(ada)).toEqual(before)
})

it('gives people what is known of them', async () => {
  const { ask, path } = await withAda()
  const answer = await ask(`${path}/data.json`)
  expect(answer.headers.get('content-disposition')).toContain('attachment')
  expect(await answer.json()).toMatchObject({
    subscriber: { email: ada, state: 'subscribed', tags: [], joined_at: expect.stringMatching(/^\d{4}-/) },
    history: [],
    bounces: [],
    deliveries: [],
  })
})

it('forgets, and the link is nobody’s then', async () => {
  const { ask, path, ledger } = await withAda()
  expect(await (await ask(`${path}/forget`, { method: 'POST' })).text()).toContain('You are forgotten')
  expect(await ledger.db.selectFrom('subscribers').selectAll().execute()).toEqual([])
  expect((await ask(path)).status).toBe(404)
})

it('shows nothing by a link of before the person came back, by a link that unsubscribes, or by a forged one', async () => {
  const { ask, path, token, id, ledger } = await withAda()
  expect((await ask(`/preferences/${token({ subscriber: id })}`)).status).toBe(404)
  expect((await ask(`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404)
  await ledger.db.updateTable('subscribers').set({ epoch: 1 }).execute()
  expect((await ask(path)).status).toBe(404)
})

it.each<[string, RequestInit, number]>([
  ['a body that is too large', formOf({ name: 'x'.repeat(100_000) }), 400],
  [
    'a multipart body that is broken',
    { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: '--b\r\nx' },
    400,
  ],
  ['a file where a name belongs', multipartFile(), 400],
])('refuses %s, and changes nothing', async (_, init, status) => {
  const { ask, path, person, faults } = await withAda()
  const answer = await ask(path, init)
  expect([answer.status, (await person(ada)).name, faults]).toEqual([status, null, []])
  expect(await answer.text()).toContain('The form has arrived incomplete or broken.')
})

function multipartFile(): RequestInit {
  const body = new FormData()
  body.append('name', new File(['x'], 'x.txt'))
  return { method: 'POST', body }
}
