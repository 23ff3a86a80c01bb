import { describe, expect, it } from 'vitest'
import { createCompose } from '../../../src/delivery/compose-delivery.ts'
import { createJudge } from '../../../src/delivery/dry-run/judge-messages.ts'
import type { Candidate } from '../../../src/delivery/sending.ts'
import { dotUnstuff } from '../../../src/transport/take-message.ts'
import { goodEmail } from '../../inspect/built-email.ts'
import { secretOf } from '../../message/secret-of.ts'

const secret = secretOf('a')
const { email } = goodEmail
const sender = 'letter@tidewater.example'
const publicUrl = 'https://letter.example'
const now = new Date('2026-02-09T09:00:00Z')
const compose = createCompose({
  emails: new Map([[null, email]]),
  settings: {
    kind: 'edition',
    fromName: 'The Tidewater Letter',
    fromAddress: sender,
    replyTo: null,
    list: { name: 'The Tidewater Letter', id: 'letter' },
    unsubscribeEmail: null,
    date: now.toISOString(),
  },
  places: { publicUrl, list: 'letter', edition: email.edition },
  secret,
  signer: null,
  bounceAddress: null,
})

const candidate = (id: number): Candidate => ({
  id,
  subscriber: id,
  address: `r${id}@gull.example`,
  domain: 'gull.example',
  name: 'Ada',
  epoch: 0,
  attempts: 0,
  variant: null,
  subscriberState: 'subscribed',
})
/** The message of one, as it comes in for another. */
function received(of: Candidate, to = of.address) {
  const { returnPath, chunks } = compose(of, { smtputf8: false, now: now.getTime() })
  return { from: returnPath, to: [to], eml: dotUnstuff(Buffer.concat(chunks)) }
}
const start = () => createJudge(email, { sender, publicUrl, list: 'letter', secret, isSigned: false })
const [one, two] = [candidate(1), candidate(2)]

describe('createJudge()', () => {
  it('has nothing to say of messages in order, and counts them and their bytes', () => {
    const judge = start()
    for (const each of [one, two]) {
      judge.expect(each)
      expect(judge.judge(received(each), now)).toBe(each)
    }
    const { bytes, ...verdict } = judge.verdict()
    expect(verdict).toEqual({ messages: 2, faulty: 0, faults: [], beyondAscii: 0 })
    expect(bytes.all).toBe(bytes.smallest + bytes.largest)
    expect(bytes.smallest).toBeGreaterThan(10_000)
    expect(start().verdict().bytes).toEqual({ all: 0, smallest: 0, largest: 0 })
  })

  it("finds another recipient's message, and groups the faults by rule with the first of them", () => {
    const judge = start()
    for (const each of [one, two]) judge.expect(each)
    judge.judge(received(one, two.address), now)
    judge.judge(received(two, one.address), now)
    expect(judge.verdict()).toMatchObject({
      messages: 2,
      faulty: 2,
      faults: [
        {
          rule: 'message-recipient',
          messages: 2,
          example: { address: two.address, message: 'To says r1@gull.example instead of r2@gull.example' },
        },
      ],
    })
  })

  it('finds the second message to an address, although it was made for it', () => {
    const judge = start()
    for (const _ of [1, 2]) {
      judge.expect(one)
      judge.judge(received(one), now)
    }
    expect(judge.verdict().faults).toMatchObject([{ messages: 1, example: { message: 'it is the second message to this address' } }])
  })

  it('finds a message that was made for nobody', () => {
    const judge = start()
    expect(judge.judge(received(one), now)).toBeNull()
    expect(judge.verdict()).toMatchObject({ faulty: 1, faults: [{ rule: 'message-recipient', example: { address: one.address } }] })
  })
})
