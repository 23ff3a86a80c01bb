import path from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseBounce } from '../../../src/delivery/bounces/parse-bounce.ts'
import { matchUncertain, type UncertainDelivery } from '../../../src/delivery/reconcile/match-uncertain.ts'
import { readPostfixLog } from '../../../src/delivery/reconcile/read-log.ts'
import type { RelayEvent } from '../../../src/delivery/reconcile/relay-event.ts'
import { reportEvents } from '../../../src/delivery/reconcile/report-events.ts'
import { createTempFolder } from '../../temp-folder.ts'
import { deliveryMark, messageId, reader } from '../bounces/build-mail.ts'
import { serverReports } from '../bounces/server-reports.ts'

const at = Date.parse('2026-02-09T08:00:00Z')
const minute = 60_000
const clock = { now: at, timeZone: 'UTC' }
const uncertain: UncertainDelivery = {
  deliveryId: 'd1',
  address: reader,
  messageId,
  deliveryHeader: deliveryMark,
  queueId: null,
  attemptedAt: at,
}
const event: RelayEvent = {
  queueId: 'ABCDEF1',
  messageId: null,
  deliveryHeader: null,
  to: reader,
  status: 'sent',
  dsn: '2.0.0',
  relay: null,
  text: '',
  at: at + 1000,
}

async function settle(events: readonly Partial<RelayEvent>[], delivery: Partial<UncertainDelivery> = {}) {
  const [match] = await matchUncertain(
    [{ ...uncertain, ...delivery }],
    events.map(each => ({ ...event, ...each })),
  )
  return match
}

describe('matchUncertain()', () => {
  it.each<[Partial<RelayEvent>, Partial<UncertainDelivery>, string]>([
    [{ deliveryHeader: deliveryMark }, {}, 'header'],
    [{ messageId }, {}, 'message-id'],
    [{ messageId, to: null, status: 'queued' }, {}, 'message-id'],
    [{ messageId, status: 'deferred' }, {}, 'message-id'],
    [{ messageId, status: 'bounced' }, {}, 'message-id'],
    [{ messageId, to: 'rewritten@backend.example.org' }, {}, 'message-id'],
    [{ to: 'READER@example.org' }, { queueId: 'ABCDEF1' }, 'queue-id'],
    [{}, { queueId: 'ABCDEF1' }, 'queue-id'],
  ])('settles by %j and %j as accepted', async (found, delivery, by) => {
    expect(await settle([found], delivery)).toMatchObject({ kind: 'accepted', deliveryId: 'd1', by })
  })

  it.each<[string, readonly Partial<RelayEvent>[], Partial<UncertainDelivery>, RegExp]>([
    ['nothing was read', [], {}, /tells of any message/],
    ['only the address fits', [{}], {}, /do not tell for which message/],
    ['another edition went there', [{ messageId: '<other@news.example.com>' }], {}, /probably it was not accepted/],
    ['the queue id fits and the recipient does not', [{ to: 'other@example.org' }], { queueId: 'ABCDEF1' }, /probably/],
    [
      'the queue id is of another month',
      [{ at: at + 40 * 86_400_000 }, { at, to: null, queueId: 'ABCDEF2' }],
      { queueId: 'ABCDEF1', address: 'else@example.org' },
      /probably/,
    ],
    ['the log begins later', [{ at: at + 60 * minute, to: null }], {}, /begins after/],
    ['the log ends before', [{ at: at - 60 * minute, to: null }], {}, /ends before/],
  ])('leaves it unknown where %s', async (_, events, delivery, reason) => {
    expect(await settle(events, delivery)).toEqual({ kind: 'unknown', deliveryId: 'd1', reason: expect.stringMatching(reason) })
  })

  it('settles as refused what the relay refused at this attempt, unless it had it after all', async () => {
    expect(await settle([{ messageId, status: 'refused', dsn: '5.7.1' }])).toMatchObject({ kind: 'refused', event: { dsn: '5.7.1' } })
    expect(await settle([{ messageId, status: 'refused', at: at - 5 * minute }])).toMatchObject({ kind: 'unknown' })
    for (const order of [
      ['refused', 'sent'],
      ['sent', 'refused'],
    ] as const)
      expect(await settle(order.map(status => ({ messageId, status })))).toMatchObject({ kind: 'accepted' })
  })

  it('gives one match for each delivery, in their order', async () => {
    const many = Array.from({ length: 50 }, (_, index) => ({
      ...uncertain,
      deliveryId: `d${index}`,
      messageId: `<${index}@x.example>`,
      deliveryHeader: null,
    }))
    const matches = await matchUncertain(many, [{ ...event, messageId: '<7@x.example>' }])
    expect(matches.map(each => each.deliveryId)).toEqual(many.map(each => each.deliveryId))
    expect(matches.filter(each => each.kind === 'accepted').map(each => each.deliveryId)).toEqual(['d7'])
  })

  it('takes a report that came back for proof that the relay had the message', async () => {
    const report = await parseBounce(serverReports[0]?.bytes ?? new Uint8Array())
    const events = report.kind === 'bounce' ? reportEvents(report) : []
    expect(await matchUncertain([uncertain], events)).toMatchObject([
      { kind: 'accepted', by: 'header', event: { status: 'bounced', dsn: '5.1.1' } },
    ])
    expect(await matchUncertain([{ ...uncertain, deliveryHeader: null }], events)).toMatchObject([{ kind: 'accepted', by: 'message-id' }])
    const byReturnPath = report.kind === 'bounce' ? reportEvents(report, 'by-verp') : []
    expect(await matchUncertain([{ ...uncertain, deliveryHeader: 'by-verp', messageId: '<n@x.example>' }], byReturnPath)).toMatchObject([
      { kind: 'accepted' },
    ])
  })
})

describe('readPostfixLog()', () => {
  const lines = (count: number, from: number) =>
    Array.from({ length: count }, (_, each) => {
      const id = (0xa000000 + from + each).toString(16).toUpperCase()
      return [
        `Feb  9 08:00:01 mail postfix/cleanup[1]: ${id}: message-id=<${from + each}@x.example>`,
        `Feb  9 08:00:01 mail postfix/qmgr[1]: ${id}: from=<b@x.example>, size=1, nrcpt=1 (queue active)`,
        `Feb  9 08:00:02 mail postfix/smtp[1]: ${id}: to=<a${from + each}@example.org>, relay=x, dsn=2.0.0, status=sent (250 ok)`,
      ].join('\n')
    }).join('\n')

  it('reads several logs as one, compressed ones by their names, and a message that two of them share', async () => {
    const whole = lines(1000, 0).split('\n')
    const folder = await createTempFolder({
      'mail.log.1.gz': gzipSync(`${whole.slice(0, 1000).join('\n')}\n`),
      'mail.log': whole.slice(1000).join('\n'),
    })
    const events: RelayEvent[] = []
    for await (const each of readPostfixLog([path.join(folder, 'mail.log.1.gz'), path.join(folder, 'mail.log')], clock, Readable.from([])))
      events.push(each)
    expect(events).toHaveLength(2000)
    expect(events.every(each => each.messageId !== null)).toBe(true)
  })

  it('reads standard input, and settles with it', async () => {
    const input = Readable.from([Buffer.from(lines(3, 0))])
    const settled = await matchUncertain(
      [{ ...uncertain, address: 'a2@example.org', messageId: '<2@x.example>', attemptedAt: at }],
      readPostfixLog(['-'], clock, input),
    )
    expect(settled).toMatchObject([{ kind: 'accepted', by: 'message-id' }])
  })

  it('says which log is not there', async () => {
    await expect(readPostfixLog(['nowhere.log'], clock, Readable.from([])).next()).rejects.toMatchObject({ code: 'file-unreadable' })
  })
})
