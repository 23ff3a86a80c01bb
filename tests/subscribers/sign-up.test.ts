import { describe, expect, it } from 'vitest'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { addSubscriber } from '../../src/subscribers/add-subscriber.ts'
import { normalAddress } from '../../src/subscribers/normal-address.ts'
import { removeUnconfirmed } from '../../src/subscribers/remove-unconfirmed.ts'
import { requestSignUp } from '../../src/subscribers/request-sign-up.ts'
import { subscriberStats } from '../../src/subscribers/subscriber-stats.ts'
import { everybody, importFile, outcomesOf } from './import-file.ts'
import { ledgerKinds, useLedgers } from './ledgers.ts'

const ledgers = useLedgers()
const at = Date.parse('2026-02-10T08:00:00Z')
const days = 86_400_000

async function signUp(ledger: Ledger, given: string) {
  const address = normalAddress(given)
  if (address.kind === 'refused') throw new Error(address.reason)
  const request = { list: 'digest', address, name: null, language: 'en', wording: 'yes', client: null, at, isBot: false }
  return requestSignUp(ledger, request, { perMailbox: 3, waiting: 100 })
}

describe.each(ledgerKinds)('people who signed up and have not confirmed, with %s', kind => {
  it('are put on the list by an import that has them as subscribed, in a dry run and in earnest', async () => {
    const ledger = await ledgers.newLedger(kind)
    await signUp(ledger, 'ada@reader.example')
    const rows = 'email,name\nada@reader.example,Ada\n'
    expect(outcomesOf(await importFile(ledger, rows, { dryRun: true }))).toEqual({ new: 1 })
    expect(await everybody(ledger)).toMatchObject([{ state: 'pending', name: null }])
    await importFile(ledger, rows)
    expect(await everybody(ledger)).toMatchObject([{ state: 'subscribed', name: 'Ada' }])
    expect(await ledger.db.selectFrom('signUps').selectAll().execute()).toEqual([])
  })

  it('do not count as joined', async () => {
    const ledger = await ledgers.newLedger(kind)
    await signUp(ledger, 'ada@reader.example')
    const { states, months } = await subscriberStats(ledger, 'digest', null, at)
    expect([states.pending, months[0]?.joined]).toEqual([1, 0])
  })

  it('are removed a day after their link has ended, and nobody else is', async () => {
    const ledger = await ledgers.newLedger(kind)
    const person = { list: 'digest', name: null, language: null, tags: [], attributes: new Map(), source: 'command line', at }
    await signUp(ledger, 'ada@reader.example')
    await signUp(ledger, 'bob@reader.example')
    await addSubscriber(ledger, { ...person, address: 'bob@reader.example', consent: 'asked by mail' })
    await importFile(ledger, 'email,state\ncleo@reader.example,pending\ndan@reader.example,unsubscribed\n')
    await signUp(ledger, 'cleo@reader.example')
    await signUp(ledger, 'dan@reader.example')
    expect(await removeUnconfirmed(ledger, at + 4 * days - 1000)).toBe(0)
    expect(await removeUnconfirmed(ledger, at + 4 * days)).toBe(1)
    expect((await everybody(ledger)).map(each => [each.address, each.state])).toEqual([
      ['bob@reader.example', 'subscribed'],
      ['cleo@reader.example', 'pending'],
      ['dan@reader.example', 'unsubscribed'],
    ])
    expect(await ledger.db.selectFrom('signUps').selectAll().execute()).toEqual([])
  })
})
