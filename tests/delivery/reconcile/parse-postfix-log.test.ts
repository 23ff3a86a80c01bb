import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { postfixLogParser } from '../../../src/delivery/reconcile/parse-postfix-log.ts'
import type { RelayEvent } from '../../../src/delivery/reconcile/relay-event.ts'

const clock = { now: Date.parse('2026-02-10T12:00:00Z'), timeZone: 'Europe/Berlin' }

function parse(lines: readonly string[]): RelayEvent[] {
  const take = postfixLogParser(clock)
  return lines.map(take).filter(each => each !== null)
}

const short = [
  'Feb  9 09:00:01 mail postfix/smtpd[100]: 4F1A2B3C4D: client=news.example.com[192.0.2.1], sasl_method=PLAIN, sasl_username=news',
  'Feb  9 09:00:01 mail postfix/cleanup[101]: 4F1A2B3C4D: message-id=<2026-w06.a@news.example.com>',
  'Feb  9 09:00:01 mail postfix/cleanup[101]: 4F1A2B3C4D: info: header X-News-Digest-Delivery: d-a from news.example.com[192.0.2.1]; from=<b@news.example.com> to=<reader@example.org> proto=ESMTP helo=<news.example.com>',
  'Feb  9 09:00:01 mail postfix/qmgr[102]: 4F1A2B3C4D: from=<bounces+a@news.example.com>, size=61234, nrcpt=1 (queue active)',
  'Feb  9 09:00:02 mail postfix/smtp[103]: 4F1A2B3C4D: to=<reader@example.org>, relay=mx.example.org[192.0.2.7]:25, delay=1.1, delays=0.1/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 9Z8)',
  'Feb  9 09:00:02 mail postfix/qmgr[102]: 4F1A2B3C4D: removed',
]

describe('postfixLogParser()', () => {
  it('follows a message from its Message-ID to the server that took it', () => {
    const known = { queueId: '4F1A2B3C4D', messageId: '<2026-w06.a@news.example.com>', deliveryHeader: 'd-a' }
    expect(parse(short)).toEqual([
      {
        ...known,
        to: null,
        status: 'queued',
        dsn: null,
        relay: null,
        text: 'from=<bounces+a@news.example.com>, size=61234, nrcpt=1 (queue active)',
        at: Date.parse('2026-02-09T08:00:01Z'),
      },
      {
        ...known,
        to: 'reader@example.org',
        status: 'sent',
        dsn: '2.0.0',
        relay: 'mx.example.org[192.0.2.7]:25',
        text: '250 2.0.0 Ok: queued as 9Z8',
        at: Date.parse('2026-02-09T08:00:02Z'),
      },
    ])
  })

  it('does not take a message for queued that only began to arrive', () => {
    expect(parse(short.slice(0, 3))).toEqual([])
  })

  it('reads ISO times and long queue ids, and other instances of Postfix', () => {
    const events = parse([
      '2026-02-09T09:00:01.123456+01:00 mail postfix-out/submission/smtpd[1]: 4Zm2Wk1abGz3vDq: client=x[192.0.2.1]',
      '2026-02-09T09:00:01.2+01:00 mail postfix-out/cleanup[2]: 4Zm2WkbcdGz3vDq: message-id=<l@news.example.com>',
      "2026-02-09T08:00:02Z mail postfix-out/lmtp[3]: 4Zm2WkbcdGz3vDq: to=<box@example.org>, orig_to=<Reader@Example.org>, relay=mail[/run/lmtp], delay=2, delays=1/0/0/1, dsn=5.1.1, status=bounced (host mail[/run/lmtp] said: 550 5.1.1 <box@example.org> User doesn't exist (in reply to RCPT TO command))",
    ])
    expect(events).toMatchObject([
      {
        queueId: '4Zm2WkbcdGz3vDq',
        messageId: '<l@news.example.com>',
        to: 'Reader@example.org',
        status: 'bounced',
        dsn: '5.1.1',
        at: Date.parse('2026-02-09T08:00:02Z'),
      },
    ])
    expect(events[0]?.text).toContain("User doesn't exist (in reply to RCPT TO command)")
  })

  it.each<[string, Partial<RelayEvent>]>([
    [
      'smtp[1]: ABCDEF1: to=<a@example.org>, relay=none, delay=30, delays=0/0/30/0, dsn=4.4.1, status=deferred (connect to mx.example.org[192.0.2.7]:25: Connection timed out)',
      { status: 'deferred', dsn: '4.4.1', relay: null },
    ],
    ['qmgr[1]: ABCDEF1: from=<b@news.example.com>, status=expired, returned to sender', { status: 'expired', to: null }],
    ['qmgr[1]: ABCDEF1: from=<b@news.example.com>, status=force-expired, returned to sender', { status: 'expired' }],
    [
      'local[1]: ABCDEF1: to=<a@example.org>, relay=local, delay=0, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered to maildir)',
      { status: 'sent', relay: 'local' },
    ],
    ['error[1]: ABCDEF1: to=<a@example.org>, relay=none, delay=0, dsn=5.1.2, status=bounced (bad address)', { status: 'bounced' }],
    [
      'cleanup[1]: ABCDEF1: milter-reject: END-OF-MESSAGE from x[192.0.2.1]: 5.7.1 Spam message rejected; from=<b@news.example.com> to=<a@example.org> proto=ESMTP helo=<x>',
      { status: 'refused', dsn: '5.7.1', to: 'a@example.org' },
    ],
    [
      'cleanup[1]: ABCDEF1: reject: header Subject: x from x[192.0.2.1]; from=<b@news.example.com> to=<a@example.org> proto=ESMTP helo=<x>: 5.7.1 no',
      { status: 'refused', to: 'a@example.org' },
    ],
    [
      'smtpd[1]: NOQUEUE: reject: RCPT from x[192.0.2.1]: 554 5.7.1 <a@example.org>: Relay access denied; from=<b@news.example.com> to=<a@example.org> proto=ESMTP helo=<x>',
      { status: 'refused', dsn: '5.7.1', queueId: null, to: 'a@example.org' },
    ],
  ])('reads %s', (line, expected) => {
    expect(parse([`Feb  9 09:00:01 mail postfix/${line}`])).toMatchObject([expected])
  })

  it.each([
    'Feb  9 09:00:01 mail dovecot: lmtp(1): to=<a@example.org>, status=sent (x)',
    'Feb  9 09:00:01 mail postfix/smtpd[1]: connect from x[192.0.2.1]',
    'Feb  9 09:00:01 mail postfix/smtpd[1]: warning: hostname x does not resolve',
    'Feb  9 09:00:01 mail postfix/anvil[1]: statistics: max connection rate 1/60s',
    'Feb  9 09:00:01 mail postfix/smtp[1]: ABCDEF1: to=<a@example.org>, relay=x, dsn=2.1.5, status=deliverable (probe)',
    'Feb  9 09:00:01 mail postfix/smtp[1]: ABCDEF1: host x said: 450 4.7.1 later (in reply to RCPT TO command)',
    'Feb  9 09:00:01 mail postfix/bounce[1]: ABCDEF1: sender non-delivery notification: ABCDEF2',
    '<a@example.org>, dsn=2.0.0, status=sent (forged)',
    '',
  ])('passes over "%s"', line => {
    expect(parse([line])).toEqual([])
  })

  it('does not give a queue id that comes again the Message-ID of its last message', () => {
    const again = short.filter(line => !line.includes('cleanup'))
    expect(parse([...short, ...again]).map(each => each.messageId)).toEqual([
      '<2026-w06.a@news.example.com>',
      '<2026-w06.a@news.example.com>',
      null,
      null,
    ])
    const unfinished = short.slice(0, 4)
    expect(parse([...unfinished, ...again]).map(each => each.messageId)).toEqual(['<2026-w06.a@news.example.com>', null, null])
  })

  it('reads December as last year in January, and local time by the zone', () => {
    const take = postfixLogParser({ now: Date.parse('2026-01-02T00:00:00Z'), timeZone: 'America/New_York' })
    expect(take('Dec 31 23:30:00 mail postfix/qmgr[1]: ABCDEF1: from=<a@x.example>, size=1, nrcpt=1 (queue active)')?.at).toBe(
      Date.parse('2026-01-01T04:30:00Z'),
    )
  })

  it('is not misled by what a remote server says in its reply', () => {
    const [event] = parse([
      'Feb  9 09:00:01 mail postfix/smtp[1]: ABCDEF1: to=<a@example.org>, relay=x, dsn=5.0.0, status=bounced (host x said: 550 , to=<c@example.org>, status=sent (250 ok))',
    ])
    expect(event).toMatchObject({ status: 'bounced', to: 'a@example.org', dsn: '5.0.0' })
  })

  it('never throws, and is done with a long line at once', () => {
    const take = postfixLogParser(clock)
    fc.assert(
      fc.property(
        fc.constantFrom(...short),
        fc.nat(200),
        fc.string(),
        (line, at, put) => void take(line.slice(0, at) + put + line.slice(at)),
      ),
      { numRuns: 1000 },
    )
    const start = performance.now()
    for (const filling of [' ', 'to=<', ', status=', '/x', ': '])
      take(`Feb  9 09:00:01 mail postfix/smtp[1]: ABCDEF1: to=<${filling.repeat(500_000)}`)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
