import { expect, it } from 'vitest'
import { changeState } from '../../../src/subscribers/change-state.ts'
import { claimMail, dueMails } from '../../../src/subscribers/sign-up-mail.ts'
import { readMailWay } from '../../../src/web/public/sign-up/mail-way.ts'
import { refusalOf } from '../../delivery/observe-send.ts'
import { environmentOf } from '../../delivery/publication.ts'
import { createDatabase } from '../../ledger/create-database.ts'
import { makeRsaKey } from '../../message/signing-keys.ts'
import { verifyDkim } from '../../message/verify-dkim.ts'
import { linkIn, openSignUp, type SignUpOptions } from './open-sign-up.ts'

const ada = 'ada@gull.example'
const minute = 60_000

it('tries again what the relay defers, as long as the link works, with the same Message-ID', async () => {
  let isBusy = true
  const decide = ({ stage }: { stage: string }) => (stage === 'dot' && isBusy ? { say: '451 4.3.0 try later\r\n' } : undefined)
  const { post, sendDue, relay, later, results, signUps } = await openSignUp({ relay: { decide } })
  await post({ email: ada })
  await sendDue()
  await sendDue()
  expect(results).toMatchObject([{ outcome: 'rejected', code: 451, next: 'later' }])
  expect(await signUps()).toMatchObject([{ mailTries: 1, mailedAt: null, mailReply: expect.stringContaining('451') }])
  later(2 * minute)
  isBusy = false
  await sendDue()
  expect(results[1]).toMatchObject({ outcome: 'accepted', next: 'accepted' })
  expect(new Set(relay.messages.map(({ messageId }) => messageId)).size).toBe(1)
  expect(await signUps()).toMatchObject([{ mailTries: 2, mailDueAt: null, mailedAt: expect.any(Number) }])
})

it.each([
  ['there is no such mailbox', 'RCPT', '550 5.1.1 no such mailbox\r\n', 'given-up'],
  ['the mail is refused for policy', 'dot', '554 5.7.1 not wanted\r\n', 'given-up'],
  ['the relay blames the sender, which may be mended', 'MAIL', '550 5.1.8 bad sender\r\n', 'later'],
  ['the relay closes', 'MAIL', '421 4.3.2 closing\r\n', 'later'],
] as const)('does what fits where %s', async (_, stage, say, next) => {
  const decide = (step: { stage: string }) => (step.stage === stage ? { say } : undefined)
  const { post, sendDue, results, signUps, person } = await openSignUp({ relay: { decide } })
  await post({ email: ada })
  await sendDue()
  expect(results).toMatchObject([{ next }])
  const [signUp] = await signUps()
  expect([signUp?.mailDueAt === null, signUp?.mailedAt, (await person(ada)).state]).toEqual([next === 'given-up', null, 'pending'])
})

it('does not send again what the relay may have taken', async () => {
  const decide = ({ stage }: { stage: string }) => (stage === 'dot' ? { next: 'reset' as const } : undefined)
  const { post, sendDue, later, results, signUps, relay } = await openSignUp({ relay: { decide } })
  await post({ email: ada })
  await sendDue()
  later(60 * minute)
  await sendDue()
  expect(results).toMatchObject([{ outcome: 'uncertain', next: 'uncertain' }])
  expect(relay.messages).toHaveLength(1)
  expect(await signUps()).toMatchObject([
    { mailDueAt: null, mailedAt: expect.any(Number), mailReply: expect.stringContaining('uncertain') },
  ])
})

it('waits while the relay is down, asks it once and not for each mail, and sends all when it is back', async () => {
  const { post, sendDue, relay, later, results } = await openSignUp()
  await relay.goAway()
  for (const email of [ada, 'bob@gull.example', 'cleo@gull.example']) await post({ email })
  await sendDue()
  await sendDue()
  expect(results).toMatchObject([{ outcome: 'no-connection', next: 'later', relayFailed: true }])
  later(minute)
  await sendDue()
  expect(results).toHaveLength(2)
  await relay.comeBack()
  later(minute)
  await sendDue()
  expect(relay.messages).toHaveLength(3)
})

it('gives up when the link ends, and sends no link that has ended', async () => {
  const { post, sendDue, relay, later, results } = await openSignUp()
  await relay.goAway()
  await post({ email: ada })
  later(72 * 60 * minute - 10_000)
  await sendDue()
  expect(results).toMatchObject([{ next: 'given-up' }])
  await post({ email: 'bob@gull.example' })
  later(72 * 60 * minute)
  await relay.comeBack()
  await sendDue()
  expect(relay.messages).toEqual([])
})

const kinds: readonly [string, () => Promise<SignUpOptions>][] = [
  ['SQLite', async () => ({})],
  ['PostgreSQL', async () => ({ databaseUrl: await createDatabase() })],
]

it.each(kinds)('on %s goes from form to list, with two outboxes that send each mail once', async (_, options) => {
  const { post, newOutbox, relay, ask, person, ledger } = await openSignUp(await options())
  const people = Array.from({ length: 12 }, (_each, at) => `reader${at}@gull.example`)
  await Promise.all(people.map((email, at) => post({ email }, {}, `192.0.2.${at}`)))
  const outboxes = [newOutbox(), newOutbox()]
  await Promise.all(outboxes.map(outbox => outbox.sendDue()))
  expect(relay.recipients()).toEqual(people.toSorted())
  const paths = await Promise.all(relay.messages.map(({ bytes }) => linkIn(bytes)))
  await Promise.all([...paths, ...paths].map(path => ask(path, { method: 'POST' })))
  for (const email of people) expect(await person(email)).toMatchObject({ state: 'subscribed', epoch: 1 })
  const events = await ledger.db.selectFrom('subscriberEvents').select('toState').execute()
  expect(events).toHaveLength(2 * people.length)
})

it.each(kinds)('on %s keeps to the limit of a mailbox when many ask at once', async (_, options) => {
  const { post, signUps } = await openSignUp({ ...(await options()), signUp: '  perAddress: 3\n' })
  await Promise.all(Array.from({ length: 12 }, (_each, at) => post({ email: `ada+${at}@gull.example` })))
  expect(await signUps()).toHaveLength(3)
})

it.each(kinds)('on %s a mail whose process ended before it began is sent later, one that had begun never', async (_, options) => {
  const { post, sendDue, relay, later, ledger, site, newOutbox } = await openSignUp(await options())
  await post({ email: ada })
  const now = site.clock().getTime()
  const [mail] = await dueMails(ledger.db, 'digest', now, 10)
  if (mail === undefined) throw new Error('a mail is due')
  const until = now + 30 * minute
  expect(await claimMail(ledger.db, mail, until)).toBe(true)
  expect(await claimMail(ledger.db, mail, until)).toBe(false)
  await sendDue()
  expect(relay.messages).toEqual([])
  later(31 * minute)
  await newOutbox().sendDue()
  expect(relay.recipients()).toEqual([ada])
  await post({ email: 'bob@gull.example' })
  await ledger.db.updateTable('signUps').set({ mailDueAt: null, mailedAt: now, mailReply: null }).where('mailedAt', 'is', null).execute()
  later(71 * 60 * minute)
  await newOutbox().sendDue()
  expect(relay.recipients()).toEqual([ada])
})

it('holds a mail back whose person was forgotten when it was about to go', async () => {
  let meanwhile = async () => {}
  const decide = ({ stage }: { stage: string }) => {
    if (stage === 'RCPT') void meanwhile()
    return stage === 'DATA' ? { delay: 300 } : undefined
  }
  const { post, sendDue, relay, ledger, results, faultsOfOutbox } = await openSignUp({ relay: { decide } })
  await post({ email: ada })
  meanwhile = async () => {
    await ledger.db.deleteFrom('subscribers').execute()
  }
  await sendDue()
  expect([relay.messages, results, faultsOfOutbox]).toEqual([[], [], []])
})

it.each(kinds)(
  'on %s sends nothing to somebody who has complained or left since they asked, also while the mail is about to go',
  async (_, options) => {
    let meanwhile = async () => {}
    const decide = ({ stage }: { stage: string }) => {
      if (stage === 'RCPT') void meanwhile()
      return stage === 'DATA' ? { delay: 300 } : undefined
    }
    const { post, sendDue, relay, ledger, person, later, faultsOfOutbox, site } = await openSignUp({
      ...(await options()),
      relay: { decide },
    })
    const leave = async (address: string, to: 'unsubscribed' | 'complained') => {
      const { id: subscriberId } = await person(address)
      await ledger.write(db => changeState(db, { subscriberId, to, why: 'x', source: 'test', at: site.clock().getTime() + 1 }))
    }
    await post({ email: ada })
    await leave(ada, 'complained')
    await sendDue()
    meanwhile = () => leave('bob@gull.example', 'unsubscribed')
    await post({ email: 'bob@gull.example' })
    await sendDue()
    later(60 * minute)
    await sendDue()
    expect([relay.messages, faultsOfOutbox]).toEqual([[], []])
  },
)

it('goes over the next relay where the first cannot be reached', async () => {
  const { post, newOutbox, relay, way } = await openSignUp()
  const [one] = way.relays
  if (one === undefined) throw new Error('there is a relay')
  const away = { ...one, name: 'away', relay: { ...one.relay, port: 1 } }
  await post({ email: ada })
  await newOutbox({ way: { ...way, relays: [away, one] } }).sendDue()
  expect(relay.recipients()).toEqual([ada])
})

it('works by itself beside the server: soon after a sign-up, and ends when it is told to', async () => {
  const { post, newOutbox, relay } = await openSignUp()
  const outbox = newOutbox()
  outbox.start()
  await post({ email: ada })
  await expect.poll(() => relay.messages.length, { timeout: 5000 }).toBe(1)
  await outbox.close(1000)
  await post({ email: 'bob@gull.example' })
  expect(await outbox.sendDue()).toBe(0)
})

it('signs the mail where the configuration asks for DKIM, in a way that verifies', async () => {
  const { privateKeyPem, publicKey } = makeRsaKey()
  const { post, newOutbox, relay, site } = await openSignUp({ more: 'dkim:\n  selector: news\n', key: privateKeyPem })
  const way = await readMailWay(site.config, { ...environmentOf(relay.port), NEWS_DIGEST_DKIM_KEY: privateKeyPem })
  await post({ email: ada })
  await newOutbox({ way }).sendDue()
  const [message] = relay.messages
  expect(verifyDkim(message?.bytes ?? new Uint8Array(), publicKey)).toMatchObject({ kind: 'pass' })
})

it('does not begin without a relay or a sender, and says how it can', async () => {
  const { site } = await openSignUp()
  const { config } = site
  expect((await refusalOf(readMailWay(config, {}))).problems).toMatchObject([
    { code: 'relay-missing', message: expect.stringContaining('signUp is on'), expected: expect.stringContaining('SMTP_URL=') },
  ])
  const nobody = { ...config, sender: { ...config.sender, email: undefined } }
  expect((await refusalOf(readMailWay(nobody, environmentOf(25)))).code).toBe('config-missing')
})
