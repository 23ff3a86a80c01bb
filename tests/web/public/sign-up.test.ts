import { expect, it } from 'vitest'
import { headerOf } from '../../delivery/observe-send.ts'
import { countWork } from './count-work.ts'
import { openSignUp } from './open-sign-up.ts'

const ada = 'ada@gull.example'
const hour = 3_600_000

it('puts somebody on the list by form, mail and button, with the proof, and with what they said', async () => {
  const { ask, post, sendDue, relay, person, linkFor, later } = await openSignUp()
  expect(await (await ask('/')).text()).toContain('href="/subscribe"')
  const form = await (await ask('/subscribe')).text()
  expect(form).toContain('I want to get “Harbour Notes” by email.')
  const answer = await post({ email: ' Ada@Gull.example ', name: 'Ada <b>\r\nBcc: x', language: 'de' })
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('Sehen Sie in Ihr Postfach')
  expect(await person(ada)).toMatchObject({ state: 'pending', name: null, language: null, confirmedAt: null })
  await sendDue()
  expect(relay.recipients()).toEqual([ada])
  await sendDue()
  expect(relay.messages).toHaveLength(1)
  later(hour)
  const path = await linkFor('bob@gull.example')
  expect(await (await ask(path)).text()).toContain('Subscribe to Harbour Notes?')
  for (const method of ['GET', 'HEAD', 'OPTIONS']) await ask(path, { method })
  expect((await person('bob@gull.example')).state).toBe('pending')
  later(hour)
  const done = await ask(path, { method: 'POST' }, '192.0.2.9')
  expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('You are subscribed')])
  const bob = await person('bob@gull.example')
  const [requestedAt, confirmedAt] = [Date.parse('2026-02-10T09:00:00Z'), Date.parse('2026-02-10T10:00:00Z')]
  expect(bob).toMatchObject({ state: 'subscribed', language: 'en', tagsJson: '["site"]', joinedAt: confirmedAt, confirmedAt })
  expect(JSON.parse(bob.proofJson ?? '')).toEqual({
    how: 'signed up on the page and confirmed by the link in the mail',
    at: confirmedAt,
    ip: '192.0.2.9',
    wording: 'I want to get “Harbour Notes” by email. I can unsubscribe at any time, by the link in every message.',
    requestedAt,
    requestedIp: '192.0.2.1',
  })
})

it('sends a mail that is none to a list, and has nothing of what was typed but the address', async () => {
  const { post, sendDue, relay } = await openSignUp()
  await post({ email: ada, name: 'Win money at http://spam.example' })
  await sendDue()
  const [mail] = relay.messages
  if (mail === undefined) throw new Error('no mail came')
  const names = ['List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post', 'Precedence', 'Bcc']
  expect(names.map(name => headerOf(mail.bytes, name))).toEqual(names.map(() => undefined))
  expect(headerOf(mail.bytes, 'Auto-Submitted')).toBe('auto-generated')
  expect(headerOf(mail.bytes, 'From')).toBe('Harbour Notes <letter@harbour.example>')
  expect(headerOf(mail.bytes, 'To')).toBe(ada)
  expect(headerOf(mail.bytes, 'Feedback-ID')).toBe('confirm:none:confirmation:harbourexample')
  expect(mail.messageId).toMatch(/^<confirm-1\.[0-9a-f]{32}@harbour\.example>$/)
  expect(mail.bytes.toString()).not.toMatch(/spam\.example|Win money/)
  expect(
    Math.max(
      ...mail.bytes
        .toString()
        .split('\r\n')
        .map(line => Buffer.byteLength(line)),
    ),
  ).toBeLessThan(998)
})

it('shows that a link was used, and subscribes nobody by it who has left since', async () => {
  const { ask, linkFor, person, token } = await openSignUp()
  const path = await linkFor(ada)
  await ask(path, { method: 'POST' })
  for (const method of ['GET', 'POST']) expect(await (await ask(path, { method })).text()).toContain('You have confirmed already')
  const { id } = await person(ada)
  await ask(`/unsubscribe/${token({ subscriber: id })}`, { method: 'POST' })
  for (const method of ['GET', 'POST']) expect((await ask(path, { method })).status).toBe(404)
  expect((await person(ada)).state).toBe('unsubscribed')
})

it('takes the second of two links for done where the first has confirmed, and for nothing once the person has left', async () => {
  const { ask, linkFor, person, token, later } = await openSignUp()
  const first = await linkFor(ada)
  later(1000)
  const second = await linkFor(ada)
  expect(second).not.toBe(first)
  await ask(first, { method: 'POST' })
  expect(await (await ask(second)).text()).toContain('You have confirmed already')
  await ask(`/unsubscribe/${token({ subscriber: (await person(ada)).id })}`, { method: 'POST' })
  expect((await ask(second, { method: 'POST' })).status).toBe(404)
  expect((await person(ada)).state).toBe('unsubscribed')
})

it('sends no second mail, which the relay had deferred, once the first has confirmed, also when the person has left again', async () => {
  let isBusy = false
  const decide = ({ stage }: { stage: string }) => (stage === 'MAIL' && isBusy ? { say: '451 4.3.0 try later\r\n' } : undefined)
  const { ask, post, linkFor, sendDue, relay, results, person, token, later } = await openSignUp({ relay: { decide } })
  const first = await linkFor(ada)
  later(1000)
  isBusy = true
  await post({ email: ada })
  await sendDue()
  expect(results[1]).toMatchObject({ next: 'later' })
  isBusy = false
  await ask(first, { method: 'POST' })
  await ask(`/unsubscribe/${token({ subscriber: (await person(ada)).id })}`, { method: 'POST' })
  later(hour)
  await sendDue()
  expect(relay.messages).toHaveLength(1)
})

it('confirms nothing after 72 hours, says so, and removes whom nobody knows a day later', async () => {
  const { ask, linkFor, person, later, sendDue, ledger } = await openSignUp()
  const path = await linkFor(ada)
  later(72 * hour)
  const answer = await ask(path, { method: 'POST' })
  expect(await answer.text()).toContain('This link has ended')
  expect((await person(ada)).state).toBe('pending')
  later(24 * hour)
  await sendDue()
  expect(await ledger.db.selectFrom('subscribers').selectAll().execute()).toEqual([])
  expect(await (await ask(path)).text()).toContain('This link has ended')
  const again = await linkFor(ada)
  expect(await (await ask(again, { method: 'POST' })).text()).toContain('You are subscribed')
})

it.each(['unsubscribed', 'bounced', 'complained'] as const)(
  'brings somebody back who %s, by their own word and not before',
  async state => {
    const { ask, linkFor, person, ledger, publication } = await openSignUp()
    await publication.add([ada], { state, name: 'Ada', tagsJson: '["press"]', language: 'fa' })
    const path = await linkFor(ada, { name: 'Ada L.' })
    expect(await person(ada)).toMatchObject({ state, name: 'Ada' })
    await ask(path, { method: 'POST' })
    expect(await person(ada)).toMatchObject({ state: 'subscribed', name: 'Ada L.', language: 'fa', tagsJson: '["press","site"]', epoch: 1 })
    const events = await ledger.db.selectFrom('subscriberEvents').select(['fromState', 'toState', 'source']).execute()
    expect(events).toEqual([{ fromState: state, toState: 'subscribed', source: 'sign-up form' }])
  },
)

it('does not confirm by a link whose person was taken off after it was asked for', async () => {
  const { ask, linkFor, ledger, person, later } = await openSignUp()
  const path = await linkFor(ada)
  later(1000)
  const { id } = await person(ada)
  await ledger.db.updateTable('subscribers').set({ state: 'unsubscribed' }).execute()
  await ledger.db
    .insertInto('subscriberEvents')
    .values({
      subscriberId: id,
      at: Date.parse('2026-02-10T08:00:01Z'),
      fromState: 'pending',
      toState: 'unsubscribed',
      why: '',
      source: '',
    })
    .execute()
  expect((await ask(path, { method: 'POST' })).status).toBe(404)
})

it('brings back whoever was forgotten once they confirm, and forgets their sign-ups with them', async () => {
  const { ask, linkFor, person, token, ledger, signUps } = await openSignUp({ readers: [ada] })
  const { id } = await person(ada)
  await ask(`/preferences/${token({ subscriber: id, purpose: 'preferences' })}/forget`, { method: 'POST' })
  const path = await linkFor(ada)
  expect(await ledger.db.selectFrom('forgotten').selectAll().execute()).toHaveLength(1)
  await ask(path, { method: 'POST' })
  expect(await ledger.db.selectFrom('forgotten').selectAll().execute()).toEqual([])
  const back = await person(ada)
  expect(back.state).toBe('subscribed')
  const preferences = `/preferences/${token({ subscriber: back.id, purpose: 'preferences', epoch: 1 })}`
  const file = (await (await ask(`${preferences}/data.json`)).json()) as { sign_ups: unknown[] }
  expect(file.sign_ups).toMatchObject([{ client: '192.0.2.1', language: 'en' }])
  await ask(`${preferences}/forget`, { method: 'POST' })
  expect(await signUps()).toEqual([])
})

it('gives broken, forged and strange links one answer, by the same steps', async () => {
  const work = countWork()
  const { ask, linkFor, person, token } = await openSignUp({ watched: work.watched })
  const path = await linkFor(ada)
  const { id } = await person(ada)
  const expires = new Date('2026-02-13T08:00:00Z')
  const strange = [
    `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`,
    path.slice(0, -4),
    '/confirm/x',
    `/confirm/${token({ subscriber: id })}`,
    `/confirm/${token({ subscriber: id, purpose: 'confirm', expires: new Date('2026-02-12T00:00:00Z') })}`,
    `/confirm/${token({ subscriber: 99, purpose: 'confirm', expires })}`,
    `/confirm/${token({ subscriber: id, purpose: 'confirm', epoch: 3, expires })}`,
    `/confirm/${token({ subscriber: id, purpose: 'confirm', list: 'other', expires })}`,
  ]
  // The ledger's salt is made once.
  await ask('/confirm/warm', { method: 'POST' })
  for (const method of ['GET', 'POST']) {
    const answers = new Set<string>()
    for (const each of strange) {
      work.done.length = 0
      const answer = await ask(each, { method })
      answers.add(JSON.stringify([answer.status, [...answer.headers], await answer.text(), work.done]))
    }
    expect([...answers].map(each => JSON.parse(each)[0])).toEqual([404])
  }
  expect((await person(ada)).state).toBe('pending')
})

it('names routes in what it tells of requests, and no token and no address', async () => {
  const { ask, linkFor, answered } = await openSignUp()
  await ask(await linkFor(ada), { method: 'POST' })
  expect(answered.map(({ method, route }) => `${method} ${route}`)).toEqual(['POST /subscribe', 'POST /confirm/:token'])
})
