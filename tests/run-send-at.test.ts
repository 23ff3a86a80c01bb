import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { cancelSending } from '../src/run-cancel-send.ts'
import type { SendRequest } from '../src/run-send-contract.ts'
import { createFastClock } from './delivery/fast-clock.ts'
import { answering, refusalOf, startRelay } from './delivery/observe-send.ts'
import { createPublication, type Publication, quick, settingsWith } from './delivery/publication.ts'
import { createDatabase } from './ledger/create-database.ts'
import { startWire } from './ledger/start-wire.ts'

describe('sendEdition() at a time', () => {
  const start = Date.parse('2026-02-09T08:00:00Z')
  const at = (minutes: number) => ({ instant: start + minutes * 60_000, zone: 'Europe/Lisbon' })

  it('waits for it, and sends then', async () => {
    const [publication, relay] = [await createPublication(), await startRelay()]
    const clock = createFastClock(600, start)
    const waits: number[] = []
    const report = await publication.send(relay.port, { at: at(10), clock, onWait: ({ instant }) => void waits.push(instant) })
    expect(report).toMatchObject({ outcome: { kind: 'finished' }, sum: { accepted: 5 } })
    expect(new Set(waits)).toEqual(new Set([at(10).instant]))
    expect((await publication.sendings())[0]?.startedAt).toBeGreaterThanOrEqual(at(10).instant)
  })

  it('refuses a time that has passed, and stores nothing', async () => {
    const publication = await createPublication()
    expect(await refusalOf(publication.send(1, { at: at(-1), clock: createFastClock(1, start) }))).toMatchObject({ code: 'time-invalid' })
    expect(await publication.sendings()).toEqual([])
  })

  /** Waits until it is interrupted, at once. */
  async function schedule(publication: Publication, changes: Partial<SendRequest> = {}) {
    const drain = new AbortController()
    return publication.send(1, {
      at: at(60),
      clock: createFastClock(1, start),
      drain: drain.signal,
      onWait: () => drain.abort(),
      ...changes,
    })
  }

  it('survives a restart: the same command waits on, for the same people, also once the time has passed', async () => {
    const [publication, relay] = [await createPublication({ readers: 0 }), await startRelay()]
    await publication.add(['p@gull.example'], { tagsJson: '["press"]' })
    await publication.add(['n@gull.example'])
    const settings = path.join(publication.cwd, 'news-digest.yaml')
    await writeFile(settings, settingsWith(`${quick}  to: tag = press\n`))
    expect(await schedule(publication)).toMatchObject({
      outcome: { kind: 'still-scheduled', scheduledFor: at(60) },
      sum: null,
      markedFile: null,
    })
    // Not even the configuration makes it other people's.
    await writeFile(settings, settingsWith(quick))
    expect(await publication.sendings()).toMatchObject([{ state: 'scheduled', segment: 'tag = press', scheduledZone: 'Europe/Lisbon' }])
    const { proposals, confirm } = answering(true)
    const later = createFastClock(1, start + 2 * 3_600_000)
    expect(await publication.send(relay.port, { at: at(60), clock: later, confirm })).toMatchObject({ outcome: { kind: 'finished' } })
    expect(proposals).toMatchObject([{ segment: 'tag = press', scheduledFor: at(60), audience: { recipients: 1 } }])
    expect(relay.recipients()).toEqual(['p@gull.example'])
  })

  it('takes another time instead, and none without --at', async () => {
    const publication = await createPublication()
    await schedule(publication)
    await schedule(publication, { at: at(90) })
    expect(await publication.sendings()).toMatchObject([{ scheduledFor: at(90).instant }])
    expect(await schedule(publication, { at: undefined })).toMatchObject({ outcome: { scheduledFor: at(90) } })
  })

  it('is taken back by --cancel, whatever has changed, and a process that waits ends', async () => {
    const publication = await createPublication()
    const config = { list: { id: 'digest' } }
    const cancel = (editionId: string) => cancelSending({ config, editionId, ledgerPlace: publication.place })
    expect(await refusalOf(cancel('2026-w06'))).toMatchObject({ code: 'sending-unknown' })
    await schedule(publication)
    expect(await cancel('2026-w06')).toMatchObject({ edition: '2026-w06', outcome: { kind: 'cancelled' } })
    expect(await publication.sendings()).toEqual([])
    let cancelled = false
    const report = await publication.send(1, {
      at: at(60),
      clock: createFastClock(60, start),
      onWait: () => {
        if (!cancelled) void cancel('latest')
        cancelled = true
      },
    })
    expect(report).toMatchObject({ outcome: { kind: 'cancelled' }, sum: null })
    expect(await publication.sendings()).toEqual([])
  })

  it('waits on while a PostgreSQL is away for a while', async () => {
    const wire = await startWire(await createDatabase())
    const [publication, relay] = [await createPublication({ databaseUrl: wire.url }), await startRelay()]
    const states: string[] = []
    const report = await publication.send(relay.port, {
      at: at(10),
      clock: createFastClock(300, start),
      onWait: () => {
        if (states.length === 0) wire.cut()
        if (states.length === 20) wire.mend()
        states.push(wire.isCut() ? 'away' : 'there')
      },
    })
    expect(report).toMatchObject({ outcome: { kind: 'finished' }, sum: { accepted: 5 } })
    expect(states.filter(each => each === 'away')).toHaveLength(20)
  })

  it('refuses what has changed since', async () => {
    const publication = await createPublication()
    await schedule(publication)
    const file = path.join(publication.cwd, 'content/lamps.md')
    await writeFile(file, (await readFile(file, 'utf8')).replace('nobody has ever asked', 'somebody asked'))
    await publication.build()
    expect(await refusalOf(schedule(publication))).toMatchObject({
      code: 'sending-changed',
      message: expect.stringContaining('was scheduled'),
    })
  })
})
