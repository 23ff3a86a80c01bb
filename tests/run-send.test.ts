import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFastClock } from './delivery/fast-clock.ts'
import { answering, headerOf, refusalOf, startRelay } from './delivery/observe-send.ts'
import { createPublication, type Publication, quick, settingsWith } from './delivery/publication.ts'
import { ledgerKinds, useLedgers } from './subscribers/ledgers.ts'

const ledgers = useLedgers()

describe.each(ledgerKinds)('sendEdition() with a ledger in %s', kind => {
  const publicationWith = async (options: Parameters<typeof createPublication>[0] = {}) =>
    createPublication({ databaseUrl: (await ledgers.newPlace(kind)).databaseUrl, ...options })

  it('sends to everybody on the list once, marks the edition file, and has nothing left the second time', async () => {
    const [publication, relay] = [await publicationWith({ readers: 60 }), await startRelay()]
    const report = await publication.send(relay.port)
    expect(report).toMatchObject({
      outcome: { kind: 'finished' },
      sum: { recipients: 60, accepted: 60, stillToSend: 0, closes: true },
      acceptedNow: 60,
      markedFile: 'content/editions/2026-w06.md',
      problems: [],
    })
    expect(new Set(relay.recipients()).size).toBe(60)
    expect(relay.messages).toHaveLength(60)
    const file = await readFile(path.join(publication.cwd, 'content/editions/2026-w06.md'), 'utf8')
    expect(file).toMatch(/^status: sent$/m)
    expect(file).toMatch(/^sentAt: .*20\d\d-\d\d-\d\dT/m)
    const { proposals, confirm } = answering(true)
    expect(await publication.send(relay.port, { confirm })).toMatchObject({
      outcome: { kind: 'over' },
      sum: { accepted: 60, closes: true },
    })
    expect([relay.messages.length, proposals]).toEqual([60, []])
  })

  it('is interrupted by a drain, with a sum that closes, and sends the rest when called again', async () => {
    const drain = new AbortController()
    let dots = 0
    const relay = await startRelay({
      decide: ({ stage }) => {
        if (stage !== 'dot') return undefined
        if (++dots === 10) drain.abort()
        return { delay: 5 }
      },
    })
    const publication = await publicationWith({ readers: 120 })
    const first = await publication.send(relay.port, { drain: drain.signal })
    expect(first).toMatchObject({ outcome: { kind: 'interrupted' }, sum: { recipients: 120, uncertain: 0, closes: true } })
    expect(first.sum?.stillToSend).toBeGreaterThan(0)
    const { proposals, confirm } = answering(true)
    const second = await publication.send(relay.port, { confirm })
    expect(proposals).toMatchObject([{ audience: null, soFar: { stillToSend: first.sum?.stillToSend } }])
    expect(second).toMatchObject({ outcome: { kind: 'finished' }, sum: { accepted: 120, stillToSend: 0, closes: true } })
    expect(relay.messages).toHaveLength(120)
    expect(new Set(relay.recipients()).size).toBe(120)
  })

  it('counts the audience as the snapshot takes it: by state, pause and segment', async () => {
    const [publication, relay] = [await publicationWith({ readers: 0 }), await startRelay()]
    await publication.add(['a@gull.example', 'b@gull.example'], { tagsJson: '["press"]', language: 'de' })
    await publication.add(['c@gull.example'], { tagsJson: '["press"]' })
    await publication.add(['d@gull.example'], { tagsJson: '[]' })
    await publication.add(['e@gull.example'], { tagsJson: '["press"]', pausedUntil: Date.now() + 86_400_000 })
    await publication.add(['f@gull.example'], { tagsJson: '["press"]', state: 'unsubscribed' })
    await publication.add(['g@gull.example'], { tagsJson: '["press"]', pausedUntil: 1 })
    const { proposals, confirm } = answering(true)
    const report = await publication.send(relay.port, { to: 'tag = press', confirm })
    expect(proposals[0]).toMatchObject({
      segment: 'tag = press',
      audience: {
        recipients: 4,
        byLanguage: { de: 2, '': 2 },
        leftOut: { unsubscribed: 1, paused: 1, outsideSegment: 1, pending: 0, haveItAlready: 0 },
      },
    })
    expect(report.sum).toMatchObject({ recipients: 4, accepted: 4, closes: true })
    expect(relay.recipients()).toEqual(['a', 'b', 'c', 'g'].map(each => `${each}@gull.example`))
  })

  it('refuses another content and other recipients for what is left, and sends nothing', async () => {
    const relay = await startRelay({ decide: ({ stage }) => (stage === 'MAIL' ? { say: '550 5.1.8 bad sender\r\n' } : undefined) })
    const publication = await publicationWith()
    expect(await publication.send(relay.port)).toMatchObject({ outcome: { kind: 'paused' }, sum: { recipients: 5, closes: true } })
    expect(await refusalOf(publication.send(relay.port, { to: 'tag = press' }))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('began with other recipients'),
    })
    const file = path.join(publication.cwd, 'content/lamps.md')
    await writeFile(file, (await readFile(file, 'utf8')).replace('nobody has ever asked', 'somebody asked'))
    await publication.build()
    expect(await refusalOf(publication.send(relay.port))).toMatchObject({
      code: 'sending-changed',
      problems: [expect.objectContaining({ hint: expect.stringContaining('--as-begun') })],
      message: expect.stringMatching(/^2026-w06 is not the one that this sending began with: .*the HTML.* have changed$/),
    })
    expect(relay.messages).toEqual([])
  })

  it('goes on with what it began with where that is asked for, and marks the edition only once somebody got it', async () => {
    let isSetUp = false
    const relay = await startRelay({
      decide: ({ stage }) => (stage === 'MAIL' && !isSetUp ? { say: '550 5.1.8 bad sender\r\n' } : undefined),
    })
    const publication = await publicationWith()
    expect(await refusalOf(publication.send(relay.port, { asBegun: true }))).toMatchObject({ code: 'sending-unknown' })
    expect(await publication.send(relay.port)).toMatchObject({ outcome: { kind: 'paused' }, markedFile: null })
    const editionFile = path.join(publication.cwd, 'content/editions/2026-w06.md')
    await expect(readFile(editionFile, 'utf8')).rejects.toMatchObject({ code: 'ENOENT' })
    const file = path.join(publication.cwd, 'content/lamps.md')
    await writeFile(file, (await readFile(file, 'utf8')).replace('nobody has ever asked', 'somebody asked'))
    await publication.build()
    isSetUp = true
    const report = await publication.send(relay.port, { asBegun: true })
    expect(report).toMatchObject({ outcome: { kind: 'finished' }, sum: { accepted: 5 }, markedFile: 'content/editions/2026-w06.md' })
    expect(relay.messages.every(({ bytes }) => bytes.toString().includes('nobody has ever'))).toBe(true)
    expect(await readFile(editionFile, 'utf8')).toMatch(/^status: sent$/m)
  })

  it('lets late ones have it who joined since, and nobody twice', async () => {
    const [publication, relay] = [await publicationWith({ readers: 3 }), await startRelay()]
    expect(await refusalOf(publication.send(relay.port, { kind: 'late' }))).toMatchObject({ code: 'sending-unknown' })
    await publication.send(relay.port)
    expect(await refusalOf(publication.send(relay.port, { kind: 'late' }))).toMatchObject({
      code: 'nobody-to-send-to',
      exitCode: 3,
      message: 'nobody has joined since 2026-w06 was sent who has not got it yet',
    })
    await publication.add(['late@gull.example'], { joinedAt: Date.now() + 1 })
    await publication.add(['older@gull.example'], { joinedAt: 1 })
    expect(await publication.send(relay.port, { kind: 'late' })).toMatchObject({
      kind: 'late',
      sum: { recipients: 1, accepted: 1 },
      markedFile: null,
    })
    await publication.add(['later@gull.example'], { joinedAt: 1, confirmedAt: Date.now() + 1 })
    // Whatever is built since: they get what the list got.
    const file = path.join(publication.cwd, 'content/lamps.md')
    await writeFile(file, (await readFile(file, 'utf8')).replace('nobody has ever asked', 'somebody asked'))
    await publication.build()
    expect(await publication.send(relay.port, { kind: 'late' })).toMatchObject({ sum: { recipients: 1, accepted: 1 } })
    expect(relay.recipients().filter(address => address.includes('gull'))).toEqual(['late@gull.example', 'later@gull.example'])
    expect(relay.messages.at(-1)?.bytes.toString()).toContain('nobody has ever')
    expect((await publication.sendings()).map(each => [each.kind, each.round])).toEqual([
      ['edition', 0],
      ['late', 0],
      ['late', 1],
    ])
    const clock = { ...createFastClock(1, Date.now() + 15 * 86_400_000) }
    expect(await refusalOf(publication.send(relay.port, { kind: 'late', clock }))).toMatchObject({ code: 'sending-over' })
  })

  it('tries two subjects on a part of the list, and sends the one that won to the rest', async () => {
    const edition = "---\nstatus: draft\nsubjects: ['The lamp that was never lit', 'Why the harbour stayed dark']\nsplit: 20%\n---\n"
    const publication = await publicationWith({ readers: 200, files: { 'content/editions/2026-w06.md': edition } })
    const relay = await startRelay()
    const trial = await publication.send(relay.port)
    expect(trial).toMatchObject({ outcome: { kind: 'waits-for-winner' }, sum: { recipients: 200, closes: true } })
    const subjects = () => relay.messages.map(({ bytes }) => headerOf(bytes, 'Subject'))
    const [a, b] = ['The lamp that was never lit', 'Why the harbour stayed dark'].map(
      subject => subjects().filter(each => each === subject).length,
    )
    expect(a).toBeGreaterThan(5)
    expect(b).toBeGreaterThan(5)
    expect((a ?? 0) + (b ?? 0)).toBe(trial.sum?.accepted)
    expect(trial.sum?.accepted).toBeLessThan(80)
    // Nothing is decided yet: the same command waits.
    expect(await publication.send(relay.port)).toMatchObject({ outcome: { kind: 'waits-for-winner' }, acceptedNow: 0 })
    const { proposals, confirm } = answering(true)
    expect(await publication.send(relay.port, { winner: 'B', confirm })).toMatchObject({
      outcome: { kind: 'finished' },
      sum: { accepted: 200, closes: true },
    })
    expect(proposals[0]?.winner).toEqual({ subject: 'B', waiting: 200 - (trial.sum?.accepted ?? 0), unfinished: 0 })
    expect(subjects().filter(each => each?.startsWith('The lamp'))).toHaveLength(a ?? 0)
    expect(new Set(relay.recipients()).size).toBe(200)
    for (const { bytes } of relay.messages) {
      const letter = headerOf(bytes, 'Subject')?.startsWith('The lamp') ? 'A' : 'B'
      const body = bytes.toString('latin1').replaceAll('=\r\n', '')
      expect([...new Set(body.match(/utm_content=3D([AB])/g))]).toEqual([`utm_content=3D${letter}`])
    }
    expect(await refusalOf(publication.send(relay.port, { winner: 'A' }))).toMatchObject({ code: 'usage' })
    // Who joins later gets the winner at once.
    await publication.add(['late@gull.example'], { joinedAt: Date.now() + 1 })
    expect(await publication.send(relay.port, { kind: 'late' })).toMatchObject({ outcome: { kind: 'finished' }, sum: { accepted: 1 } })
    expect(headerOf(relay.messages.at(-1)?.bytes ?? Buffer.of(), 'Subject')).toBe('Why the harbour stayed dark')
  })
})

describe('sendEdition() to a part of the list', () => {
  const settings = settingsWith(`${quick}  to: press\nsegments:\n  press: tag = press\n  berlin: tag = berlin\n`)
  const people = async (publication: Publication) => {
    await publication.add(['p@gull.example'], { tagsJson: '["press"]' })
    await publication.add(['b@gull.example'], { tagsJson: '["berlin"]' })
    await publication.add(['n@gull.example'])
  }

  it.each<[string, string | undefined, readonly string[]]>([
    ['send.to of the configuration', undefined, ['p']],
    ['a segment by its name', 'berlin', ['b']],
    ['an expression', 'not press and not berlin', ['n']],
  ])('takes %s', async (_title, to, names) => {
    const [publication, relay] = [await createPublication({ settings, readers: 0 }), await startRelay()]
    await people(publication)
    await publication.send(relay.port, { to })
    expect(relay.recipients()).toEqual(names.map(name => `${name}@gull.example`))
  })

  it('says that a name is none, with the names that there are', async () => {
    const [publication, relay] = [await createPublication({ settings, readers: 1 }), await startRelay()]
    expect(await refusalOf(publication.send(relay.port, { to: 'hamburg' }))).toMatchObject({ code: 'segment-invalid' })
    expect(relay.connections()).toBe(0)
  })

  it.each<[string, (publication: Publication) => Promise<void>, string]>([
    ['the list is empty', async () => {}, 'nobody on the list would get 2026-w06: the list is empty'],
    [
      'nobody is in the segment',
      publication => publication.add(['n@gull.example']),
      'nobody on the list would get 2026-w06: 1 outside the segment',
    ],
    [
      'nobody has confirmed, or all have left',
      async publication => {
        await publication.add(1200, { state: 'pending' })
        await publication.add(['x@gull.example'], { state: 'unsubscribed' })
      },
      'nobody on the list would get 2026-w06: 1,200 not confirmed, 1 unsubscribed',
    ],
  ])('ends with 3 where %s', async (_title, prepare, message) => {
    const [publication, relay] = [await createPublication({ settings, readers: 0 }), await startRelay()]
    await prepare(publication)
    expect(await refusalOf(publication.send(relay.port))).toMatchObject({ code: 'nobody-to-send-to', exitCode: 3, message })
    expect(await publication.sendings()).toEqual([])
  })
})
