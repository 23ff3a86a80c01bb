import { describe, expect, it } from 'vitest'
import { createClientLimit } from '../../../src/web/public/sign-up/client-limit.ts'
import { clientGroup, createClientFinder, normalClient } from '../../../src/web/public/sign-up/client-of.ts'
import { openSignUp } from './open-sign-up.ts'

const hour = 3_600_000
const ada = 'ada@gull.example'

it('sends one mailbox no more mails than it may have in a day, whatever is written behind a plus, and tells nobody', async () => {
  const { post, sendDue, relay, later } = await openSignUp({ signUp: '  perAddress: 2\n' })
  for (const email of [ada, 'Ada+x@gull.example', 'ada+y@GULL.example', ada]) {
    expect((await post({ email })).status).toBe(200)
    await sendDue()
    later(hour)
  }
  expect(relay.recipients()).toEqual(['ada+x@gull.example', ada])
  later(24 * hour)
  await post({ email: ada })
  await sendDue()
  expect(relay.messages).toHaveLength(3)
})

it('counts the dots of a Gmail address for nothing', async () => {
  const { post, sendDue, relay } = await openSignUp({ signUp: '  perAddress: 1\n' })
  for (const email of ['ada.l@gmail.com', 'a.dal@gmail.com', 'adal@googlemail.com']) {
    await post({ email })
    await sendDue()
  }
  expect(relay.messages).toHaveLength(1)
})

it('writes one mail for two requests that come before it is sent, also at the same time', async () => {
  const { post, sendDue, relay } = await openSignUp()
  await Promise.all([post({ email: ada }), post({ email: ada }), post({ email: ada })])
  await sendDue()
  expect(relay.messages).toHaveLength(1)
})

it('refuses a client that asks too often, says when it may again, and goes on with others', async () => {
  const { post, json, later, signUps } = await openSignUp({ signUp: '  perClient: 3\n' })
  const ask = (at: number, client?: string) => post({ email: `reader${at}@gull.example` }, {}, client)
  for (let at = 0; at < 3; at++) {
    expect((await ask(at)).status).toBe(200)
    later(1000)
  }
  const page = await ask(3)
  expect([page.status, page.headers.get('retry-after')]).toEqual([429, '3597'])
  expect(await page.text()).toContain('Too many sign-ups')
  const answer = await json({ email: ada })
  expect([answer.status, await answer.json()]).toEqual([
    429,
    { ok: false, error: 'too-many', message: expect.stringContaining('Try again later.') },
  ])
  expect((await ask(4, '192.0.2.77')).status).toBe(200)
  expect(await signUps()).toHaveLength(4)
  later(3_597_000)
  expect((await ask(5)).status).toBe(200)
})

it('takes all addresses of an IPv6 /64 for one client, and those of another for another', async () => {
  const { post } = await openSignUp({ signUp: '  perClient: 2\n' })
  const statuses: number[] = []
  for (const client of ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:2:3:4:5:6', '2001:db8:1:3::1'])
    statuses.push((await post({ email: ada }, {}, client)).status)
  expect(statuses).toEqual([200, 200, 429, 200])
})

it('believes no X-Forwarded-For of a client, and that of a trusted proxy', async () => {
  const forged = (at: number) => ({ 'x-forwarded-for': `198.51.100.${at}` })
  const open = await openSignUp({ signUp: '  perClient: 1\n' })
  expect((await open.post({ email: ada }, forged(1))).status).toBe(200)
  expect((await open.post({ email: ada }, forged(2))).status).toBe(429)
  const behind = await openSignUp({ signUp: '  perClient: 1\n', more: 'serve:\n  trustProxy: 1\n' })
  for (const at of [1, 2]) expect((await behind.post({ email: `ada${at}@gull.example` }, forged(at))).status).toBe(200)
  expect((await behind.post({ email: ada }, { 'x-forwarded-for': '203.0.113.5, 198.51.100.2' })).status).toBe(429)
  expect((await behind.signUps()).map(({ client }) => client)).toEqual(['198.51.100.1', '198.51.100.2'])
})

describe('createClientFinder()', () => {
  const find = (trust: number | readonly string[], socket: string, forwarded?: string) => createClientFinder(trust)({ socket, forwarded })

  it.each<[number | readonly string[], string, string | undefined, string | null]>([
    [0, '192.0.2.1', '198.51.100.1', '192.0.2.1'],
    [1, '10.0.0.1', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
    [2, '10.0.0.1', '1.1.1.1, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
    [2, '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    [1, '10.0.0.1', undefined, '10.0.0.1'],
    [1, '10.0.0.1', 'unknown', '10.0.0.1'],
    [1, '::ffff:10.0.0.1', '[2001:DB8::1]:4711', '2001:db8::1'],
    [1, '10.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
    [['10.0.0.0/8'], '10.0.0.1', '1.1.1.1, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    [['10.0.0.0/8'], '192.0.2.1', '198.51.100.1', '192.0.2.1'],
    [['127.0.0.1', '::1'], '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    [['fd00::/8'], 'fd12::1', '2001:db8::7, fd00::2', '2001:db8::7'],
    [['10.0.0.0/8'], '10.0.0.1', '198.51.100.1, x y', '10.0.0.1'],
  ])('with %j finds behind %s, "%s", the client %s', (trust, socket, forwarded, client) => {
    expect(find(trust, socket, forwarded)).toBe(client)
  })
})

it('clientGroup() is the first half of an IPv6 address, however it is written', () => {
  const groups = ['2001:db8::', '2001:0db8:0:0:1:2:3:4', '2001:db8::ffff', '::1', 'fe80::1%eth0'].map(each =>
    clientGroup(normalClient(each) ?? ''),
  )
  expect(groups).toEqual(['2001:db8:0:0', '2001:db8:0:0', '2001:db8:0:0', '0:0:0:0', 'fe80:0:0:0'])
  expect(clientGroup('192.0.2.1')).toBe('192.0.2.1')
})

it('createClientLimit() remembers no more clients than it may, those that asked last', () => {
  const limit = createClientLimit(1, 2)
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(client => limit.take(client, 0).kind)).toEqual(['free', 'free', 'over', 'free', 'over', 'free'])
})

it('keeps below the ceiling of mails in an hour, lets the others wait, and says so once', async () => {
  const ceilings: number[] = []
  const { post, newOutbox, relay, later } = await openSignUp({ signUp: '  mailsPerHour: 2\n' })
  const outbox = newOutbox({ onCeiling: mails => void ceilings.push(mails) })
  for (let at = 0; at < 5; at++) await post({ email: `reader${at}@gull.example` })
  await outbox.sendDue()
  await outbox.sendDue()
  expect([relay.messages.length, ceilings]).toEqual([2, [2]])
  later(hour)
  await outbox.sendDue()
  expect(relay.messages).toHaveLength(4)
})

it('takes no more on than can be sent in a day, and answers as always', async () => {
  const { post, signUps, later } = await openSignUp({ signUp: '  mailsPerHour: 1\n  perClient: 100\n' })
  for (let at = 0; at < 26; at++) expect((await post({ email: `reader${at}@gull.example` })).status).toBe(200)
  expect(await signUps()).toHaveLength(24)
  // Nobody waits any more for a mail whose link has ended.
  later(72 * hour)
  await post({ email: ada })
  expect(await signUps()).toHaveLength(25)
})
