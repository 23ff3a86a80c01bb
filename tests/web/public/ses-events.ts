/** What Amazon SES tells, and a site that listens to it. */

import { internet, root, snsMessage, topic } from './sns.ts'
import { ada, openWebhookSite } from './webhook-site.ts'

/** A site that takes what SES tells by this topic; `tell` signs it as SNS does. */
export async function openSes(pages: Parameters<typeof internet>[0] = {}, roots = [root.pem]) {
  const net = internet(pages)
  const site = await openWebhookSite({ webhooks: `  ses: { topics: ["${topic}"] }\n`, readUrl: net.readUrl, roots })
  // As SNS sends it, with a type that is not that of JSON.
  const send = (body: string) => site.post('/webhooks/ses', body, { 'content-type': 'text/plain; charset=UTF-8' })
  const tell = (event: object, changes: object = {}) => send(snsMessage({ Message: JSON.stringify(event), ...changes }))
  return { ...site, asked: net.asked, send, tell }
}

/** As docs.aws.amazon.com/ses/latest/dg/notification-examples.html shows them. */
export const mail = (changes: object = {}) => ({
  timestamp: '2026-02-09T09:00:00.000Z',
  source: 'letter@harbour.example',
  sourceArn: 'arn:aws:ses:eu-west-1:123456789012:identity/harbour.example',
  messageId: '0102019c3a5f1e7b-7c2a9b1e-3c44-4c0d-9a55-0f3a6e1d2b7c-000000',
  destination: [ada],
  headersTruncated: false,
  headers: [{ name: 'Subject', value: 'Lamps at low water' }],
  commonHeaders: { subject: 'Lamps at low water' },
  ...changes,
})
export const recipient = (changes: object = {}) => ({
  emailAddress: ada,
  status: '5.1.1',
  action: 'failed',
  diagnosticCode: 'smtp; 550 5.1.1 user unknown',
  ...changes,
})
export const bounce = (type: string, subtype: string, recipients: readonly object[] = [recipient()], about: object = {}) => ({
  notificationType: 'Bounce',
  bounce: {
    bounceType: type,
    bounceSubType: subtype,
    bouncedRecipients: recipients,
    reportingMTA: 'dns; a4-1.smtp-out.eu-west-1.amazonses.com',
    timestamp: '2026-02-10T07:00:00.000Z',
    feedbackId: '0102019c3a61-9d1d-000000',
  },
  mail: mail(about),
})
export const complaint = (changes: object = {}) => ({
  notificationType: 'Complaint',
  complaint: {
    userAgent: 'Loop/1',
    complainedRecipients: [{ emailAddress: ada }],
    complaintFeedbackType: 'abuse',
    timestamp: '2026-02-10T07:00:00.000Z',
    feedbackId: '0102019c3a62-000000',
    ...changes,
  },
  mail: mail(),
})
export const bare = [{ emailAddress: ada }]
export const asEvent = ({ notificationType, ...rest }: ReturnType<typeof bounce> | ReturnType<typeof complaint>) => ({
  eventType: notificationType,
  ...rest,
})
export const subscription = (unsubscribeAll: boolean) => ({
  eventType: 'Subscription',
  mail: mail(),
  subscription: {
    contactList: 'Readers',
    timestamp: '2026-02-10T07:00:00.000Z',
    source: 'UnsubscribeHeader',
    newTopicPreferences: { unsubscribeAll, topicSubscriptionStatus: [] },
  },
})
