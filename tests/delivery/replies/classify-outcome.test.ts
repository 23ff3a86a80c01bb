import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyOutcome } from '../../../src/delivery/replies/classify-outcome.ts'
import type { DeliveryAction } from '../../../src/delivery/replies/delivery-action.ts'
import { presetReplyRules } from '../../../src/delivery/replies/preset-replies.ts'
import type { ConnectFailure, Outcome, Stage } from '../../../src/transport/outcome.ts'

const stages: readonly Stage[] = ['mail', 'rcpt', 'data', 'message', 'session']

function rejected(stage: Stage, said: string): Outcome {
  const [code = '', second = '', ...words] = said.split(' ')
  const enhanced = /^\d\.\d+\.\d+$/.test(second) ? second : null
  const text = enhanced === null ? [second, ...words].join(' ') : words.join(' ')
  return { kind: 'rejected', stage, reply: { code: Number(code), enhanced, text } }
}

function noConnection(why: ConnectFailure, code: number | null = null): Outcome {
  return { kind: 'no-connection', why, reply: code === null ? null : { code, enhanced: null, text: 'no' }, detail: 'no session' }
}

/** An action without its reason, in a few words. */
function brief(action: DeliveryAction): string {
  if (action.kind === 'defer')
    return ['defer', action.slow === null ? '' : `slow ${action.slow}`, action.closes ? 'closes' : ''].join(' ').trim()
  return action.kind === 'reject' ? `reject ${action.subscriber}${action.policy ? ' policy' : ''}` : action.kind
}

describe('classifyOutcome()', () => {
  it.each<[Stage, string, string]>([
    ['session', '421 4.3.2 shutting down', 'defer slow relay closes'],
    ['mail', '421 too many connections', 'defer slow relay closes'],
    ['rcpt', '421 4.7.0 slow down', 'defer slow domain closes'],
    ['message', '421 try again', 'defer slow domain closes'],
    ['rcpt', '450 4.2.1 mailbox busy', 'defer'],
    ['data', '451 4.3.0 local error', 'defer'],
    ['rcpt', '452 4.2.2 mailbox full', 'defer'],
    ['message', '452 no space', 'defer'],
    ['rcpt', '450 4.7.1 greylisted', 'defer slow domain'],
    ['message', '451 4.7.500 server busy', 'defer slow domain'],
    ['mail', '450 4.7.1 too fast', 'defer slow relay'],
    ['rcpt', '550 5.1.1 unknown', 'reject bounced-hard'],
    ['rcpt', '551 5.1.6 moved', 'reject bounced-hard'],
    ['rcpt', '553 5.1.2 no such host', 'reject bounced-hard'],
    ['rcpt', '553 5.1.3 bad syntax', 'reject bounced-hard'],
    ['rcpt', '550 5.1.10 null MX', 'reject bounced-hard'],
    ['message', '550 5.1.10 not found', 'reject bounced-hard'],
    ['mail', '550 5.1.1 unknown', 'pause'],
    ['mail', '553 5.1.7 bad sender', 'pause'],
    ['rcpt', '550 5.1.8 sender domain not found', 'pause'],
    ['message', '550 5.1.8 sender domain not found', 'pause'],
    ['rcpt', '550 no such user', 'reject bounced-soft'],
    ['rcpt', '554 denied', 'reject bounced-soft'],
    ['rcpt', '552 5.2.2 over quota', 'reject bounced-soft'],
    ['message', '552 5.2.2 over quota', 'reject bounced-soft'],
    ['message', '554 5.2.2 over quota', 'reject bounced-soft'],
    ['mail', '552 5.3.4 too big', 'pause'],
    ['rcpt', '552 5.3.4 too big', 'pause'],
    ['message', '552 5.3.4 too big', 'pause'],
    ['message', '554 rejected', 'pause'],
    ['message', '554 5.6.0 malformed', 'pause'],
    ['data', '554 no valid recipients', 'pause'],
    ['rcpt', '554 5.7.1 relay access denied', 'reject stays policy'],
    ['message', '554 5.7.1 spam', 'reject stays policy'],
    ['data', '550 5.7.26 unauthenticated', 'reject stays policy'],
    ['mail', '550 5.7.1 not allowed', 'pause'],
    ['mail', '530 5.7.0 authentication required', 'stop'],
    ['rcpt', '530 5.7.1 not authenticated', 'stop'],
    ['mail', '535 5.7.8 bad credentials', 'stop'],
    ['data', '503 5.5.1 bad sequence', 'stop'],
    ['message', '471 whatever', 'defer'],
    ['mail', '499', 'defer'],
    ['rcpt', '550 5.2.1 disabled', 'reject stays'],
    ['rcpt', '550 5.4.1 access denied', 'reject stays'],
    ['mail', '550 no', 'pause'],
    ['data', '550 5.3.0 no', 'pause'],
    ['message', '550 no', 'pause'],
  ])('answers at %s to "%s" with: %s', (stage, said, expected) => {
    expect(brief(classifyOutcome(rejected(stage, said)))).toBe(expected)
  })

  it.each<[Outcome, string]>([
    [{ kind: 'accepted', reply: { code: 250, enhanced: null, text: 'ok' }, queueId: null }, 'accepted'],
    [{ kind: 'lost-before-dot', detail: 'the connection ended' }, 'again'],
    [{ kind: 'uncertain', detail: 'the connection ended' }, 'uncertain'],
    [{ kind: 'unsupported', feature: 'smtputf8', detail: 'no SMTPUTF8' }, 'reject stays'],
    [{ kind: 'unsupported', feature: 'size', detail: 'limit 100' }, 'pause'],
    [{ kind: 'refused', whose: 'recipient', detail: 'it has no @' }, 'reject stays'],
    [{ kind: 'refused', whose: 'sender', detail: 'it has no @' }, 'stop'],
    [noConnection('dns'), 'back-off-relay'],
    [noConnection('refused'), 'back-off-relay'],
    [noConnection('tls'), 'back-off-relay'],
    [noConnection('greeting', 554), 'back-off-relay'],
    [noConnection('greeting', 421), 'back-off-relay'],
    [noConnection('auth', 454), 'back-off-relay'],
    [noConnection('auth', 535), 'stop'],
    [noConnection('auth', 534), 'stop'],
    [noConnection('greeting', 530), 'stop'],
  ])('answers to %j with: %s', (outcome, expected) => {
    expect(brief(classifyOutcome(outcome))).toBe(expected)
  })

  it('gives as the reason of a pause and of a stop what the relay said', () => {
    expect(classifyOutcome(rejected('mail', '553 5.1.8 no such domain'))).toEqual({
      kind: 'pause',
      reason: 'the relay blames the sender; the relay refused the sender: 553 5.1.8 no such domain',
    })
    expect(classifyOutcome(noConnection('auth', 535))).toMatchObject({ reason: expect.stringContaining('535 no') })
  })

  it('takes an enhanced code of another class than the reply for none', () => {
    expect(brief(classifyOutcome(rejected('rcpt', '550 4.1.1 unknown')))).toBe('reject bounced-soft')
    expect(brief(classifyOutcome(rejected('rcpt', '451 5.7.1 later')))).toBe('defer')
  })

  it('asks the rows of a preset first', () => {
    const refine = presetReplyRules['amazon-ses']
    const quota = rejected('message', '454 Throttling failure: Daily message quota exceeded')
    expect(brief(classifyOutcome(quota))).toBe('defer')
    expect(brief(classifyOutcome(quota, { refine }))).toBe('pause')
    expect(brief(classifyOutcome(rejected('message', '454 Throttling failure: Maximum sending rate exceeded.'), { refine }))).toBe(
      'defer slow relay',
    )
    expect(brief(classifyOutcome(rejected('message', '454 something else'), { refine }))).toBe('defer')
  })

  it('never rejects for a 4xx, never defers for a 5xx, and never suppresses anybody for what is refused at MAIL', () => {
    const enhanced = fc.option(fc.tuple(fc.constantFrom('2', '4', '5'), fc.nat(9), fc.nat(999)).map(parts => parts.join('.')))
    fc.assert(
      fc.property(
        fc.constantFrom(...stages),
        fc.integer({ min: 400, max: 599 }),
        enhanced,
        fc.string(),
        (stage, code, enhancedCode, text) => {
          const { kind } = classifyOutcome({ kind: 'rejected', stage, reply: { code, enhanced: enhancedCode, text } })
          if (code < 500) expect(kind).toBe('defer')
          else expect(stage === 'mail' || stage === 'session' ? ['pause', 'stop'] : ['reject', 'pause', 'stop']).toContain(kind)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('pauses on what is no refusal at all', () => {
    expect(classifyOutcome(rejected('rcpt', '354 go ahead')).kind).toBe('pause')
  })
})
