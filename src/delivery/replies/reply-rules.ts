/**
 * What a reply means (RFC 5321 §4.2, RFC 3463), as a table: rows in order, the first that matches decides. The last rows together match every
 * reply at every stage.
 */

import type { ReplyRule, RuleAction } from './delivery-action.ts'

const defer: RuleAction = { kind: 'defer', slow: null, closes: false }
const rejectHard: RuleAction = { kind: 'reject', subscriber: 'bounced-hard', policy: false }
const rejectSoft: RuleAction = { kind: 'reject', subscriber: 'bounced-soft', policy: false }
const rejectOnly: RuleAction = { kind: 'reject', subscriber: 'stays', policy: false }
const rejectForPolicy: RuleAction = { kind: 'reject', subscriber: 'stays', policy: true }
const pause: RuleAction = { kind: 'pause' }
const stop: RuleAction = { kind: 'stop' }

const noSuchRecipient = ['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10']

/** The table of all relays. */
export const replyRules: readonly ReplyRule[] = [
  // Before RCPT no domain has been named, so a relay that closes then speaks of all its connections.
  {
    says: 'the relay closes the connection',
    codes: [421],
    stages: ['session', 'mail'],
    action: { kind: 'defer', slow: 'relay', closes: true },
  },
  { says: 'the relay closes the connection', codes: [421], action: { kind: 'defer', slow: 'domain', closes: true } },
  {
    says: 'the relay slows the sender down',
    codes: [4],
    enhanced: ['4.7.x'],
    stages: ['session', 'mail'],
    action: { kind: 'defer', slow: 'relay', closes: false },
  },
  {
    says: "the recipient's domain slows the sender down",
    codes: [4],
    enhanced: ['4.7.x'],
    action: { kind: 'defer', slow: 'domain', closes: false },
  },
  { says: 'try again later', codes: [4], action: defer },

  { says: 'the relay does not take mail from this sender as it is set up', codes: [530, 535, 503], action: stop },
  { says: 'the relay blames the sender', codes: [5], enhanced: ['5.1.7', '5.1.8'], action: pause },
  { says: 'there is no such recipient', codes: [550, 551, 553], enhanced: noSuchRecipient, stages: ['rcpt'], action: rejectHard },
  // Some servers look the mailbox up only when they have the message. It had one recipient, so these codes can mean no other; pausing an
  // edition for one closed mailbox would help nobody.
  {
    says: 'there is no such recipient',
    codes: [550, 551, 553],
    enhanced: noSuchRecipient,
    stages: ['data', 'message'],
    action: rejectHard,
  },
  { says: 'the mailbox is full', codes: [5], enhanced: ['5.2.2'], stages: ['rcpt', 'data', 'message'], action: rejectSoft },
  { says: 'the relay finds the message too large', codes: [5], enhanced: ['5.3.4'], action: pause },
  {
    says: 'the message is refused for policy',
    codes: [5],
    enhanced: ['5.7.x'],
    stages: ['rcpt', 'data', 'message'],
    action: rejectForPolicy,
  },
  { says: 'the relay finds fault with the message', codes: [554], stages: ['data', 'message'], action: pause },
  { says: 'the relay refuses the recipient without a reason', codes: [5], enhanced: 'none', stages: ['rcpt'], action: rejectSoft },
  { says: 'the relay refuses the recipient', codes: [5], stages: ['rcpt'], action: rejectOnly },
  { says: 'the relay refuses what it would refuse for every recipient', codes: [5], action: pause },
]
