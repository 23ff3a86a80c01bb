import { expect, it } from 'vitest'
import { describeOutcome } from '../../src/transport/describe-outcome.ts'
import type { Outcome, Reply } from '../../src/transport/outcome.ts'

const reply = (code: number, enhanced: string | null, text: string): Reply => ({ code, enhanced, text })

it.each<[Outcome, string]>([
  [
    { kind: 'accepted', reply: reply(250, '2.0.0', 'Ok: queued as 4X'), queueId: '4X' },
    'accepted by the relay: 250 2.0.0 Ok: queued as 4X',
  ],
  [
    { kind: 'rejected', stage: 'rcpt', reply: reply(550, '5.1.1', 'no such mailbox') },
    'the relay refused the recipient: 550 5.1.1 no such mailbox',
  ],
  [{ kind: 'rejected', stage: 'mail', reply: reply(451, null, '') }, 'the relay refused the sender for now: 451'],
  [
    { kind: 'rejected', stage: 'session', reply: reply(421, '4.3.2', 'closing') },
    'the relay refused the connection for now: 421 4.3.2 closing',
  ],
  [{ kind: 'unsupported', feature: 'size', detail: 'too large' }, 'unsupported by the relay, and not sent: too large'],
  [{ kind: 'refused', whose: 'sender', detail: 'it has no @' }, "not sent: the sender's address cannot be used, it has no @"],
  [{ kind: 'lost-before-dot', detail: 'the connection ended' }, 'not sent: the connection ended'],
  [
    { kind: 'uncertain', detail: 'the connection ended' },
    "uncertain: the message had gone out whole, but the relay's answer is not known; the connection ended",
  ],
  [{ kind: 'no-connection', why: 'dns', reply: null, detail: 'no such name' }, 'not sent: no such name'],
  [
    { kind: 'no-connection', why: 'auth', reply: reply(535, '5.7.8', 'bad'), detail: 'it did not accept the password' },
    'not sent: it did not accept the password; it said 535 5.7.8 bad',
  ],
])('describeOutcome() says what became of %j', (outcome, text) => {
  expect(describeOutcome(outcome)).toBe(text)
})
