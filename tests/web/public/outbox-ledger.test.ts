/** The outbox of confirmation mails while the ledger cannot be used. */

import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { openSignUp } from './open-sign-up.ts'

const ada = 'ada@gull.example'
const minute = 60_000

it('loses no mail that the relay wants to have later, though another program holds the ledger just then', async () => {
  let isBusy = true
  let hold = () => {}
  const decide = ({ stage }: { stage: string }) => {
    if (stage !== 'dot' || !isBusy) return undefined
    hold()
    return { say: '451 4.3.0 try later\r\n' }
  }
  const { post, sendDue, relay, later, results, faultsOfOutbox, publication } = await openSignUp({ relay: { decide } })
  await post({ email: ada })
  const other = new DatabaseSync(publication.place.file)
  onTestFinished(() => other.close())
  hold = () => {
    other.exec('begin immediate')
    setTimeout(() => other.exec('commit'), 2500)
  }
  await sendDue()
  expect([results, faultsOfOutbox]).toMatchObject([[{ code: 451, next: 'later' }], []])
  isBusy = false
  later(2 * minute)
  await sendDue()
  expect(relay.recipients()).toEqual([ada, ada])
})

it('does not stop the server while another program holds the ledger', async () => {
  const { post, sendDue, ask, relay, publication } = await openSignUp()
  await post({ email: ada })
  const other = new DatabaseSync(publication.place.file)
  onTestFinished(() => other.close())
  other.exec('begin immediate')
  const sending = sendDue()
  const startedAt = performance.now()
  await sleep(20)
  expect((await ask('/subscribe')).status).toBe(200)
  expect(performance.now() - startedAt).toBeLessThan(700)
  other.exec('commit')
  await sending
  expect(relay.recipients()).toEqual([ada])
})

it.each(['DATA', 'dot'])(
  'writes down what became of a mail once the ledger is back, which went away while the relay answered %s',
  async stage => {
    let isOver = false
    let goAway = () => {}
    const decide = (step: { stage: string }) => {
      if (step.stage !== stage || isOver) return undefined
      goAway()
      return stage === 'dot' ? { say: '451 4.3.0 try later\r\n' } : {}
    }
    const { post, sendDue, relay, later, signUps, ledger, faultsOfOutbox } = await openSignUp({ relay: { decide } })
    await post({ email: ada })
    const { write } = ledger
    goAway = () => void Object.assign(ledger, { write: () => Promise.reject(new Error('the ledger is away')) })
    await sendDue().catch(() => undefined)
    expect(faultsOfOutbox).not.toEqual([])
    Object.assign(ledger, { write })
    isOver = true
    later(2 * minute)
    await sendDue()
    expect(relay.recipients()).toEqual(stage === 'dot' ? [ada, ada] : [ada])
    expect(await signUps()).toMatchObject([
      { mailDueAt: null, mailedAt: expect.any(Number), mailReply: expect.stringContaining('accepted') },
    ])
  },
)
