import { describe, expect, it } from 'vitest'
import { parseReply, queueIdOf } from '../../src/transport/reply.ts'

describe('parseReply()', () => {
  it.each([
    ['250 2.1.5 Ok', { code: 250, enhanced: '2.1.5', text: 'Ok' }],
    ['250', { code: 250, enhanced: null, text: '' }],
    ['550 no such user', { code: 550, enhanced: null, text: 'no such user' }],
    [
      '550-5.1.1 The account does\n550-5.1.1 not exist.\n550 5.1.1 Try again',
      { code: 550, enhanced: '5.1.1', text: 'The account does not exist. Try again' },
    ],
    ['452 4.2.2 mailbox 5.1 MB over', { code: 452, enhanced: '4.2.2', text: 'mailbox 5.1 MB over' }],
    ['421 4.7.0', { code: 421, enhanced: '4.7.0', text: '' }],
  ])('takes %j apart', (raw, reply) => {
    expect(parseReply(raw)).toEqual(reply)
  })

  it.each(['', 'hello', '25', '2500 x', '150 x', '600 x', ' 250 x'])('knows that %j is no reply', raw => {
    expect(parseReply(raw)).toBeNull()
  })

  it('keeps what would drive a terminal or turn text round out of the text, and cuts it', () => {
    expect(parseReply('550 \u001b[2J\u202egone')?.text).toBe('[2Jgone')
    expect(parseReply(`550 ${'x'.repeat(5000)}`)?.text).toHaveLength(500)
  })
})

describe('queueIdOf()', () => {
  it.each([
    ['250 2.0.0 Ok: queued as 4XyZ12abcD', '4XyZ12abcD'],
    ['250 OK: queued as <a-b.c@relay>', 'a-b.c'],
    ['250 OK id=1tXyZ9-0000ab-9q', '1tXyZ9-0000ab-9q'],
    ['250 2.0.0 4AGNxyz1012345 Message accepted for delivery', '4AGNxyz1012345'],
    ['250 Ok 0102018e4b3c9f2a-1d2c3b4a-aaaa-4bbb-8ccc-111122223333-000000', '0102018e4b3c9f2a-1d2c3b4a-aaaa-4bbb-8ccc-111122223333-000000'],
    ['250 2.0.0 OK  1770000000 x12-20020a05.123 - gsmtp', 'x12-20020a05.123'],
    ['250 Great success', null],
  ])('finds in %j: %j', (raw, id) => {
    const reply = parseReply(raw)
    expect(reply && queueIdOf(reply)).toBe(id)
  })
})
