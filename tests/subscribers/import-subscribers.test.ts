import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { ledgerSalt } from '../../src/ledger/ledger-salt.ts'
import { unsubscribe } from '../../src/subscribers/change-state.ts'
import { forgottenDigest } from '../../src/subscribers/forgotten-digest.ts'
import { everybody, importedAt, importFile, outcomesOf } from './import-file.ts'
import { ledgerKinds, useLedgers } from './ledgers.ts'
import { newSubscriber } from './new-subscriber.ts'

const ledgers = useLedgers()

describe.each(ledgerKinds)('importSubscribers() with %s', kind => {
  it('puts people on the list, with how they agreed and their first line of history', async () => {
    const ledger = await ledgers.newLedger(kind)
    const text =
      'Email Address,First Name,Last Name,TAGS,City,OPTIN_TIME,OPTIN_IP\nAda@Reader.example,Ada,Lovelace,"Berlin, Press",Köln,2024-03-21 04:00:00,192.0.2.7\nbo@reader.example,,,,,,\n'
    expect(outcomesOf(await importFile(ledger, text))).toEqual({ new: 2 })
    expect(await ledger.db.selectFrom('subscribers').selectAll().orderBy('address').execute()).toMatchObject([
      {
        list: 'digest',
        address: 'ada@reader.example',
        original: 'Ada@Reader.example',
        domain: 'reader.example',
        name: 'Ada Lovelace',
        tagsJson: '["berlin","press"]',
        attributesJson: '{"city":"Köln"}',
        state: 'subscribed',
        joinedAt: Date.parse('2024-03-21T04:00:00Z'),
        proofJson: JSON.stringify({ how: 'signed up at the fair', at: Date.parse('2024-03-21T04:00:00Z'), ip: '192.0.2.7' }),
      },
      {
        address: 'bo@reader.example',
        name: null,
        joinedAt: importedAt,
        proofJson: JSON.stringify({ how: 'signed up at the fair', at: importedAt }),
      },
    ])
    expect(await ledger.db.selectFrom('subscriberEvents').selectAll().execute()).toHaveLength(2)
    expect(await ledger.db.selectFrom('subscriberEvents').selectAll().executeTakeFirst()).toMatchObject({
      fromState: null,
      toState: 'subscribed',
      why: 'signed up at the fair',
      source: 'import readers.csv',
      at: importedAt,
    })
  })

  it('imports nothing where a row is refused, and says which and why', async () => {
    const ledger = await ledgers.newLedger(kind)
    const hostile = [
      'email,name',
      'ada@reader.example,Ada',
      '"a@x.test, b@evil.test",Two',
      '"a@x.test\r\nRCPT TO:<e@x.test>",Smuggled',
      'a@x.test> <b@evil.test,Angles',
      '"""a@evil""@x.test",Quoted',
      'a@exam\u00adple.test,Soft hyphen',
      ',Nobody',
    ].join('\r\n')
    const report = await importFile(ledger, hostile)
    expect(report.kind).toBe('refused')
    expect(outcomesOf(report)).toEqual({ new: 1, refused: 6 })
    expect(report.notes.map(({ row, line }) => [row, line])).toEqual(
      [2, 3, 4, 5, 6, 7].map((row, index) => [row, row + 1 + (index > 1 ? 1 : 0)]),
    )
    expect(report.notes.every(({ detail }) => (detail ?? '').length > 10)).toBe(true)
    expect(await everybody(ledger)).toEqual([])
    const rest = await importFile(ledger, hostile, { skipRefused: true })
    expect(rest.kind).toBe('imported')
    expect((await everybody(ledger)).map(({ address }) => address)).toEqual(['ada@reader.example'])
  })

  it('changes nothing in a dry run, and says the same', async () => {
    const ledger = await ledgers.newLedger(kind)
    await ledger.db.insertInto('subscribers').values(newSubscriber()).execute()
    const text = 'email,tags\nada@reader.example,press\nbo@reader.example,\nnobody,\n'
    const dry = await importFile(ledger, text, { dryRun: true, skipRefused: true })
    expect(dry.kind).toBe('dry-run')
    expect(await everybody(ledger)).toMatchObject([{ address: 'ada@reader.example', tagsJson: '[]' }])
    const wet = await importFile(ledger, text, { skipRefused: true })
    expect({ ...dry, kind: 'imported' }).toEqual(wet)
    expect(await everybody(ledger)).toMatchObject([{ tagsJson: '["press"]' }, { address: 'bo@reader.example' }])
  })

  it('merges rows with one address into the first, and says which', async () => {
    const ledger = await ledgers.newLedger(kind)
    const text =
      'email,name,tags,city\nada@reader.example,,b,\n bo@reader.example ,Bo,,\nADA@reader.example,Ada,a,Ulm\nAda@READER.example,Other,c,Bonn\n'
    const report = await importFile(ledger, text)
    expect(outcomesOf(report)).toEqual({ new: 2, merged: 2 })
    expect(report.notes).toEqual([
      { row: 3, line: 4, address: 'ada@reader.example', outcome: 'merged', detail: 'row 1' },
      { row: 4, line: 5, address: 'ada@reader.example', outcome: 'merged', detail: 'row 1' },
    ])
    expect(await everybody(ledger)).toMatchObject([
      { name: 'Ada', tagsJson: '["a","b","c"]', attributesJson: '{"city":"Ulm"}' },
      { name: 'Bo' },
    ])
  })

  it('merges across pages, with the state that sends least', async () => {
    const ledger = await ledgers.newLedger(kind)
    const rows = Array.from(
      { length: 2500 },
      (_, index) => `same@reader.example,${index === 2400 ? 'unsubscribed' : 'active'},t${index % 7}`,
    )
    const report = await importFile(ledger, `email,status,tags\n${rows.join('\n')}\nlast@reader.example,active,\n`)
    expect(outcomesOf(report)).toEqual({ new: 2, merged: 2499 })
    expect(await everybody(ledger)).toMatchObject([
      { address: 'last@reader.example', state: 'subscribed' },
      { state: 'unsubscribed', tagsJson: '["t0","t1","t2","t3","t4","t5","t6"]' },
    ])
  })

  it('keeps what the ledger knows of people, and adds to it; with update the file wins', async () => {
    const ledger = await ledgers.newLedger(kind)
    const ada = newSubscriber({ name: 'Ada', tagsJson: '["old"]', attributesJson: '{"city":"Ulm"}' })
    await ledger.db.insertInto('subscribers').values(ada).execute()
    const text = 'email,name,language,tags,city,street\nada@reader.example,A. Lovelace,en_GB,new,Bonn,Quay 4\n'
    expect(outcomesOf(await importFile(ledger, text))).toEqual({ updated: 1 })
    const kept = { name: 'Ada', language: 'en-GB', tagsJson: '["new","old"]', attributesJson: '{"city":"Ulm","street":"Quay 4"}' }
    expect(await everybody(ledger)).toMatchObject([kept])
    expect(outcomesOf(await importFile(ledger, text))).toEqual({ unchanged: 1 })
    expect(outcomesOf(await importFile(ledger, text, { update: true }))).toEqual({ updated: 1 })
    expect(await everybody(ledger)).toMatchObject([{ ...kept, name: 'A. Lovelace', attributesJson: '{"city":"Bonn","street":"Quay 4"}' }])
    expect(await ledger.db.selectFrom('subscriberEvents').selectAll().execute()).toEqual([])
  })

  it('never puts back who unsubscribed, bounced, complained or asked to be forgotten', async () => {
    const ledger = await ledgers.newLedger(kind)
    const states = ['unsubscribed', 'bounced', 'complained', 'pending'] as const
    await ledger.db
      .insertInto('subscribers')
      .values(states.map(state => newSubscriber({ address: `${state}@reader.example`, state })))
      .execute()
    const digest = forgottenDigest('forgotten@reader.example', await ledgerSalt(ledger))
    await ledger.db.insertInto('forgotten').values({ digest, at: 1 }).execute()
    const text = `email\n${[...states, 'FORGOTTEN'].map(each => `${each}@reader.example`).join('\n')}\n`
    const report = await importFile(ledger, text, { update: true })
    expect(outcomesOf(report)).toEqual({ suppressed: 3, unchanged: 1, forgotten: 1 })
    expect((await everybody(ledger)).map(({ state }) => state)).toEqual(['bounced', 'complained', 'pending', 'unsubscribed'])
    expect(report.notes.map(({ detail }) => detail)).toEqual(['they unsubscribed', 'their mailbox bounced', 'they complained', null])
  })

  it('carries over who left at another service, also to those who are on the list, and writes it into their history', async () => {
    const ledger = await ledgers.newLedger(kind)
    await ledger.db.insertInto('subscribers').values(newSubscriber()).execute()
    const text = 'email,status\nada@reader.example,unsubscribed\nbo@reader.example,cleaned\ncy@reader.example,complained\n'
    const report = await importFile(ledger, text, { rules: { consent: null } })
    expect(outcomesOf(report)).toEqual({ new: 2, left: 1 })
    expect(report.newStates).toMatchObject({ bounced: 1, complained: 1, subscribed: 0 })
    expect((await everybody(ledger)).map(({ state }) => state)).toEqual(['unsubscribed', 'bounced', 'complained'])
    expect(await ledger.db.selectFrom('subscriberEvents').select(['fromState', 'toState', 'why']).orderBy('toState').execute()).toEqual([
      { fromState: null, toState: 'bounced', why: 'imported as bounced' },
      { fromState: null, toState: 'complained', why: 'imported as complained' },
      { fromState: 'subscribed', toState: 'unsubscribed', why: 'imported as unsubscribed' },
    ])
  })

  it('asks how people agreed, unless each row says so', async () => {
    const ledger = await ledgers.newLedger(kind)
    const text = 'email,confirmed\nada@reader.example,2025-04-01T10:00:00Z\nbo@reader.example,\ncy@reader.example,no\n'
    const report = await importFile(ledger, text, { rules: { consent: null }, skipRefused: true })
    expect(outcomesOf(report)).toEqual({ new: 2, refused: 1 })
    expect(report.notes[0]).toMatchObject({ row: 2, detail: 'it is not known how this person agreed' })
    expect(await ledger.db.selectFrom('subscribers').select(['state', 'confirmedAt']).orderBy('address').execute()).toEqual([
      { state: 'subscribed', confirmedAt: Date.parse('2025-04-01T10:00:00Z') },
      { state: 'pending', confirmedAt: null },
    ])
  })

  it('keeps names that try something as plain text', async () => {
    const ledger = await ledgers.newLedger(kind)
    const names = [
      'A\r\nBcc: e@x.test',
      '{{secret}}',
      '<img src=x onerror=1>',
      '=?utf-8?Q?=0D=0A?=',
      '\u202eevil\u0000',
      'می\u200cخواهم 👩‍🚀',
      '__proto__',
      'constructor',
      'toString',
      '\ud800x',
      "'); drop table subscribers; --",
    ]
    const text = names
      .map((name, index) => JSON.stringify({ email: `${String(index).padStart(2, '0')}@x.test`, name, [name]: name, tags: [name] }))
      .join('\n')
    expect(outcomesOf(await importFile(ledger, text, { name: 'readers.jsonl' }))).toEqual({ new: names.length })
    const found = await everybody(ledger)
    expect(found.map(({ name }) => name)).toEqual([
      'A Bcc: e@x.test',
      '{{secret}}',
      '<img src=x onerror=1>',
      '=?utf-8?Q?=0D=0A?=',
      'evil',
      'می\u200cخواهم 👩‍🚀',
      '__proto__',
      'constructor',
      'toString',
      'x',
      "'); drop table subscribers; --",
    ])
    expect(found[6]?.attributesJson).toBe('{"__proto__":"__proto__"}')
  })

  it('leaves people as they are whom somebody else changes while it runs', async () => {
    const place = await ledgers.newPlace(kind)
    const [ledger, other] = [await ledgers.opened(place), await ledgers.opened(place)]
    await ledger.db
      .insertInto('subscribers')
      .values([newSubscriber(), newSubscriber({ address: 'bo@reader.example' }), newSubscriber({ address: 'cy@reader.example' })])
      .execute()
    const text = 'email,tags\nada@reader.example,a\nbo@reader.example,b\ncy@reader.example,c\ndi@reader.example,d\n'
    const report = await importFile(ledger, text, {
      onNotes: async () => {
        await unsubscribe(other, { subscriberId: 2, why: 'one click', source: 'link', at: importedAt })
        await other.db.updateTable('subscribers').set({ tagsJson: '["mine"]' }).where('id', '=', 3).execute()
        const { id } = await other.db
          .insertInto('subscribers')
          .values(newSubscriber({ address: 'di@reader.example', state: 'pending' }))
          .returning('id')
          .executeTakeFirstOrThrow()
        await other.db
          .insertInto('subscriberEvents')
          .values({ subscriberId: id, at: importedAt, toState: 'pending', why: 'signed up', source: 'form' })
          .execute()
      },
    })
    expect(report.missed).toBe(1)
    expect((await everybody(ledger)).map(({ state, tagsJson }) => [state, tagsJson])).toEqual([
      ['subscribed', '["a"]'],
      ['unsubscribed', '["b"]'],
      ['subscribed', '["mine"]'],
      ['pending', '[]'],
    ])
    expect(await ledger.db.selectFrom('subscriberEvents').select('why').orderBy('why').execute()).toEqual([
      { why: 'one click' },
      { why: 'signed up' },
    ])
  })

  it('lets nothing of a broken file in, whatever it is', async () => {
    const ledger = await ledgers.newLedger(kind)
    const good = Array.from({ length: 3000 }, (_, index) => `r${index}@reader.example,R`).join('\n')
    await expect(importFile(ledger, `email,name\n${good}\nx@x.test,"open\n${good}`)).rejects.toMatchObject({
      code: 'import-refused',
      message: 'a quote in the file is not closed',
    })
    expect(await everybody(ledger)).toEqual([])
    expect(outcomesOf(await importFile(ledger, `email,name\n${good}`))).toEqual({ new: 3000 })
  })
})

it('importSubscribers() throws nothing but what its user can mend, and puts in no address that is none', async () => {
  const ledger: Ledger = await ledgers.newLedger('sqlite')
  const piece = fc.constantFrom(
    'email',
    'name',
    ',',
    ';',
    '"',
    '""',
    '\n',
    '\r\n',
    '\r',
    'ada@x.test',
    'a@x.test, b@y.test',
    '@',
    '\u0000',
    '\ud800',
    '{',
    '}',
    '{"email":"bo@x.test"}',
    '=1+1',
    "'",
    '\t',
    'é',
    '\ufeff',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async pieces => {
      await importFile(ledger, pieces.join(''), { skipRefused: true }).catch((error: Error) => expect(error.name).toBe('UserError'))
    }),
    { numRuns: 150 },
  )
  for (const { address } of await everybody(ledger)) expect(address).toMatch(/^[^@\s"<>,;]+@[a-z0-9.-]+$/)
})
