import { expect, it } from 'vitest'
import { asEvent, bare, bounce, complaint, mail, openSes, recipient, subscription } from './ses-events.ts'
import { ada, bob } from './webhook-site.ts'

it.each<[string, object, string, string | null]>([
  ['a permanent bounce', bounce('Permanent', 'General'), 'bounced', 'hard'],
  ['a permanent bounce as an event', asEvent(bounce('Permanent', 'NoEmail')), 'bounced', 'hard'],
  ['a permanent bounce without a delivery status', bounce('Permanent', 'General', bare), 'bounced', 'hard'],
  ['an address that SES has given up', bounce('Permanent', 'OnAccountSuppressionList', bare), 'bounced', 'hard'],
  [
    'a permanent refusal for policy',
    bounce('Permanent', 'General', [recipient({ status: '5.7.1', diagnosticCode: 'smtp; 550 5.7.1 no' })]),
    'subscribed',
    'nothing',
  ],
  ['a full mailbox', bounce('Transient', 'MailboxFull', bare), 'subscribed', 'soft'],
  [
    'a temporary failure',
    bounce('Transient', 'General', [recipient({ status: '4.4.7', diagnosticCode: 'smtp; 450 4.4.7 expired' })]),
    'subscribed',
    'soft',
  ],
  ['a delayed report', bounce('Transient', 'General', [recipient({ action: 'delayed', status: '4.0.0' })]), 'subscribed', 'nothing'],
  ['an automatic reply, which SES takes for a bounce', bounce('Transient', 'General', bare), 'subscribed', null],
  ['a message that is too large', bounce('Transient', 'MessageTooLarge', bare), 'subscribed', 'nothing'],
  [
    'content that is refused',
    bounce('Transient', 'ContentRejected', [recipient({ status: '5.0.0', diagnosticCode: null })]),
    'subscribed',
    'nothing',
  ],
  [
    'an undetermined bounce',
    bounce('Undetermined', 'Undetermined', [recipient({ status: '5.0.0', diagnosticCode: null })]),
    'subscribed',
    'soft',
  ],
  ['an undetermined bounce without anything', bounce('Undetermined', 'Undetermined', bare), 'subscribed', null],
  ['an address that SES’s own list has unsubscribed', bounce('Permanent', 'UnsubscribedRecipient', bare), 'unsubscribed', 'nothing'],
  ['a complaint', complaint(), 'complained', 'complaint'],
  ['a complaint as an event', asEvent(complaint()), 'complained', 'complaint'],
  ['a complaint without a type', complaint({ complaintFeedbackType: undefined }), 'complained', 'complaint'],
  ['a complaint taken back', complaint({ complaintFeedbackType: 'not-spam' }), 'subscribed', 'nothing'],
  ['unsubscribing from everything at SES', subscription(true), 'unsubscribed', 'nothing'],
  ['a change of topics at SES', subscription(false), 'subscribed', null],
  ['a delivery', { notificationType: 'Delivery', mail: mail(), delivery: {} }, 'subscribed', null],
  ['a delay', { eventType: 'DeliveryDelay', mail: mail(), deliveryDelay: {} }, 'subscribed', null],
])('takes %s', async (_, event, state, kind) => {
  const { tell, states, bounces, faults } = await openSes()
  expect((await tell(event)).status).toBe(200)
  expect([await states(), (await bounces()).map(each => each.kind), faults]).toEqual([
    [state, 'subscribed'],
    kind === null ? [] : [kind],
    [],
  ])
})

it('knows the message by its return path, our header, its name at SES, its Message-ID, or the address', async () => {
  const { tell, messages, bounces } = await openSes()
  const known = messages(ada)
  const soft = [recipient({ status: '4.2.2', diagnosticCode: 'smtp; 452 full' })]
  const abouts = [
    { source: known.returnPath },
    { headers: [{ name: 'X-News-Digest-Delivery', value: String(known.delivery) }, 3, { name: 'x' }] },
    { messageId: `queue-${known.delivery}` },
    { headers: [{ name: 'Message-ID', value: known.messageId }] },
    {},
  ]
  for (const [index, about] of abouts.entries()) {
    const event = bounce('Transient', 'MailboxFull', soft, about)
    await tell({ ...event, bounce: { ...event.bounce, feedbackId: String(index) } })
  }
  expect((await bounces()).map(({ matchedBy, deliveryId }) => [matchedBy, deliveryId])).toEqual(
    ['verp', 'header', 'queue-id', 'message-id', 'address'].map(by => [by, known.delivery]),
  )
})

it('takes a bounce of several recipients apart', async () => {
  const { tell, states } = await openSes()
  await tell(bounce('Permanent', 'General', [recipient(), recipient({ emailAddress: `Bob <${bob}>` })], { destination: [ada, bob] }))
  expect(await states()).toEqual(['bounced', 'bounced'])
})

it('counts an event once, as a notification and as an event', async () => {
  const { tell, bounces, told } = await openSes()
  for (const event of [bounce('Permanent', 'General'), bounce('Permanent', 'General'), asEvent(bounce('Permanent', 'General'))])
    await tell(event)
  expect([(await bounces()).length, told.map(each => 'repeated' in each && each.repeated)]).toEqual([1, [0, 1, 1]])
})
