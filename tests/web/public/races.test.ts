/** What several servers, and people who press everything at once, do to one person: on PostgreSQL, where transactions run side by side. */

import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import { addSubscriber } from '../../../src/subscribers/add-subscriber.ts'
import { changeState, unsubscribeAll } from '../../../src/subscribers/change-state.ts'
import { createDatabase } from '../../ledger/create-database.ts'
import { openSignUp } from './open-sign-up.ts'
import { openSite } from './open-site.ts'

const ada = 'ada@gull.example'
const when = Date.parse('2026-02-10T08:00:10Z')

/** Takes somebody off the list in a transaction that stays open while `meanwhile` begins. */
async function leaveDuring<Result>(
  ledger: Ledger,
  subscriberId: number,
  to: 'unsubscribed' | 'complained',
  meanwhile: () => Promise<Result>,
): Promise<Result> {
  let begun: Promise<Result> | undefined
  await ledger.write(async db => {
    await changeState(db, { subscriberId, to, why: 'left', source: 'test', at: when })
    begun = meanwhile()
    await sleep(300)
  })
  if (begun === undefined) throw new Error('it has begun')
  return begun
}

it('takes a sign-up, and an addition by hand, of one new person at the same time', async () => {
  const { post, publication, ledger, faults } = await openSignUp({
    databaseUrl: await createDatabase(),
    signUp: '  perAddress: 100\n  perClient: 1000\n',
  })
  const other = await openLedger(publication.place)
  onTestFinished(() => other.close())
  const add = (address: string) =>
    addSubscriber(other, {
      list: 'digest',
      address,
      name: null,
      language: null,
      tags: [],
      attributes: new Map(),
      consent: null,
      source: 'test',
      at: when,
    })
  for (let round = 0; round < 10; round++) {
    const email = `reader${round}@gull.example`
    const asked = Array.from({ length: 6 }, () => Promise.all([post({ email }), add(email)]))
    for (const [answer, added] of await Promise.all(asked)) expect([answer.status, added.address]).toEqual([200, email])
  }
  expect(faults).toEqual([])
  expect(await ledger.db.selectFrom('subscribers').select('id').execute()).toHaveLength(10)
})

it('takes sign-ups of a person who is forgotten at the same time', async () => {
  const { post, publication, person, token, ask, ledger, faults } = await openSignUp({
    databaseUrl: await createDatabase(),
    signUp: '  perAddress: 1000\n  perClient: 1000\n',
  })
  for (let round = 0; round < 20; round++) {
    await publication.add([ada], { state: 'unsubscribed' })
    const { id: subscriber, epoch } = await person(ada)
    const forget = `/preferences/${token({ purpose: 'preferences', subscriber, epoch })}/forget`
    const answers = await Promise.all([post({ email: ada }), ask(forget, { method: 'POST' }), post({ email: ada }), post({ email: ada })])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    await ledger.db.deleteFrom('subscribers').execute()
  }
  expect(faults).toEqual([])
})

it('keeps state and history together while one person confirms, leaves, comes back and signs up at once', async () => {
  const signUp = '  perAddress: 1000\n  perClient: 10000\n  mailsPerHour: 10000\n'
  const { linkFor, person, token, ask, post, ledger, faults } = await openSignUp({ databaseUrl: await createDatabase(), signUp })
  for (let round = 0; round < 4; round++) {
    const email = `reader${round}@gull.example`
    const link = await linkFor(email)
    const { id } = await person(email)
    const leave = `/unsubscribe/${token({ subscriber: id })}`
    const ways = [
      () => ask(link, { method: 'POST' }),
      () => ask(leave, { method: 'POST' }),
      () => post({ email }),
      () => ask(`${leave}/undo`, { method: 'POST' }),
      () => ask(`${leave}/reason`, { method: 'POST', body: new URLSearchParams({ reason: 'other' }) }),
    ]
    const answers = await Promise.all(Array.from({ length: 10 }, () => ways.map(way => way())).flat())
    expect(answers.filter(({ status }) => status !== 200 && status !== 404)).toEqual([])
    const events = await ledger.db.selectFrom('subscriberEvents').selectAll().where('subscriberId', '=', id).orderBy('id').execute()
    expect(events.map(({ fromState }) => fromState)).toEqual([null, ...events.slice(0, -1).map(({ toState }) => toState)])
    expect((await person(email)).state).toBe(events.at(-1)?.toState)
  }
  expect(faults).toEqual([])
})

it('puts nobody on the list by a confirmation who left while it was under way', async () => {
  const { linkFor, person, ask, ledger, publication } = await openSignUp({ databaseUrl: await createDatabase() })
  await publication.add([ada], { state: 'bounced' })
  const link = await linkFor(ada)
  const { id } = await person(ada)
  const answer = await leaveDuring(ledger, id, 'unsubscribed', () => ask(link, { method: 'POST' }))
  expect([answer.status, (await person(ada)).state]).toEqual([404, 'unsubscribed'])
})

it('takes no unsubscribing back by a button whose person complained while it was under way', async () => {
  const { person, token, ask, ledger } = await openSite({ readers: [ada], databaseUrl: await createDatabase() })
  const { id } = await person(ada)
  const link = `/unsubscribe/${token({ subscriber: id })}`
  await ask(link, { method: 'POST' })
  const answer = await leaveDuring(ledger, id, 'complained', () => ask(`${link}/undo`, { method: 'POST' }))
  expect([answer.status, (await person(ada)).state]).toEqual([404, 'complained'])
})

it('lets two servers unsubscribe the same people without one waiting for the other, whatever their order', async () => {
  const { ledger, publication } = await openSite({ readers: 60, databaseUrl: await createDatabase() })
  const other = await openLedger(publication.place)
  onTestFinished(() => other.close())
  const ids = (await ledger.db.selectFrom('subscribers').select('id').orderBy('id').execute()).map(({ id }) => id)
  let runs = 0
  const counted = ({ write }: Ledger): Pick<Ledger, 'write'> => ({
    write: work =>
      write(db => {
        runs += 1
        return work(db)
      }),
  })
  const requests = ids.map(subscriberId => ({ subscriberId, why: 'asked', source: 'test', at: when }))
  const [one, two] = await Promise.all([unsubscribeAll(counted(ledger), requests), unsubscribeAll(counted(other), requests.toReversed())])
  expect([runs, [...one, ...two].filter(Boolean).length]).toEqual([2, 60])
  expect(one.map((changed, at) => changed !== two.at(-1 - at))).toEqual(ids.map(() => true))
})
