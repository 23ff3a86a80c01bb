/** One confirmation mail: claimed, tried, and what came of it written down. */

import { waitAfter, waitAfterClosing } from '../../../delivery/replies/back-off.ts'
import { classifyOutcome } from '../../../delivery/replies/classify-outcome.ts'
import type { DeliveryAction } from '../../../delivery/replies/delivery-action.ts'
import { presetReplyRules } from '../../../delivery/replies/preset-replies.ts'
import { composeConfirmation } from '../../../message/compose-confirmation.ts'
import { createLinkToken } from '../../../message/link-token.ts'
import { messageSettingsOf } from '../../../message/message-settings.ts'
import { joinSegments } from '../../../render/join-email.ts'
import { beginMail, claimMail, type MailSettlement, type SignUpMail } from '../../../subscribers/sign-up-mail.ts'
import type { Lane } from '../../../transport/create-lane.ts'
import { describeOutcome } from '../../../transport/describe-outcome.ts'
import type { Session } from '../../../transport/open-session.ts'
import type { NoConnection, Outcome } from '../../../transport/outcome.ts'
import type { ConfiguredRelay } from '../../../transport/relays.ts'
import type { MailWay } from './mail-way.ts'
import type { OutboxRequest } from './run-outbox.ts'

/** What became of a mail, as it may be written down: a relay's words often repeat the address, so they are not in it. */
export interface MailResult {
  readonly relay: string
  readonly outcome: Outcome['kind']
  readonly code: number | null
  readonly enhanced: string | null
  /** `later`: it is tried again after `wait`, in milliseconds. `uncertain`: the relay may have taken it, so it is not. */
  readonly next: 'accepted' | 'later' | 'given-up' | 'uncertain'
  readonly wait: number
  /** No relay could be used: nothing else need be tried before `wait` is over. */
  readonly relayFailed: boolean
}

/** What a mail is sent with. */
export interface Sending {
  readonly site: OutboxRequest['site']
  readonly way: MailWay
  readonly lanes: readonly { readonly relay: ConfiguredRelay; readonly lane: Lane }[]
  /** How often no relay could be used, in a row. */
  readonly failures: number
  /** Writes down what became of a mail, now or once the ledger takes it. Never throws. */
  readonly settle: (settlement: MailSettlement) => Promise<void>
}

/** Longer than all timeouts of a try before its first byte together: a claim that is older belongs to a process that has ended. */
const claimLasts = 30 * 60_000

/** Tries one mail; null where another process has it, or it must not go any more. Throws what the ledger or the templates throw. */
export async function sendConfirmation(mail: SignUpMail, sending: Sending): Promise<MailResult | null> {
  const { site, way, failures, settle } = sending
  const until = site.clock().getTime() + claimLasts
  if (!(await site.ledger.write(db => claimMail(db, mail, until)))) return null
  const tried = await tryMail(mail, until, sending)
  if (tried === null) return null
  const { outcome, relay, hasBegun } = tried
  const refine = relay.preset === null ? [] : presetReplyRules[relay.preset.name]
  const action = classifyOutcome(outcome, { refine })
  const relayFailed = action.kind === 'back-off-relay' || action.kind === 'stop'
  const wait = relayFailed ? waitAfter(failures + 1, way.relayBackOff, relay.name) : waitFor(action, mail, way)
  const dueAt = site.clock().getTime() + wait
  const next = nextOf(action, dueAt < mail.expiresAt)
  await settle({
    id: mail.id,
    until: hasBegun ? null : until,
    dueAt: next === 'later' ? dueAt : null,
    isOut: next === 'accepted' || next === 'uncertain',
    reply: describeOutcome(outcome),
  })
  const reply = 'reply' in outcome ? outcome.reply : null
  return {
    relay: relay.name,
    outcome: outcome.kind,
    code: reply?.code ?? null,
    enhanced: reply?.enhanced ?? null,
    next,
    wait: next === 'later' ? wait : 0,
    relayFailed,
  }
}

interface Tried {
  readonly outcome: Outcome
  readonly relay: ConfiguredRelay
  readonly hasBegun: boolean
}

/** Over the first relay that can be reached; null where the mail must not go any more. */
async function tryMail(mail: SignUpMail, until: number, { site, way, lanes, settle }: Sending): Promise<Tried | null> {
  const opened = await openFirst(lanes)
  const { relay } = opened
  if (opened.session.kind === 'no-connection') return { outcome: opened.session, relay, hasBegun: false }
  const missing = opened.session.whatIsMissingFor(mail.address)
  if (missing !== null) return { outcome: missing, relay, hasBegun: false }
  const chunks = await compose(mail, opened.session, { site, way })
  let hasBegun = false
  let isHeldBack = false
  const beforeData = async () => {
    const now = site.clock().getTime()
    try {
      hasBegun = await site.ledger.write(db => beginMail(db, mail.id, until, now))
    } catch (error) {
      // A commit that fails may have been made. Nothing was sent, so it is due again in either case.
      for (const was of [until, null])
        await settle({ id: mail.id, until: was, dueAt: now, isOut: false, reply: 'held back: the ledger could not be used' })
      throw error
    }
    isHeldBack = !hasBegun
    return hasBegun
  }
  const outcome = await opened.lane.send({ from: way.returnPath, to: mail.address }, chunks, { beforeData })
  return isHeldBack ? null : { outcome, relay, hasBegun }
}

interface Opened {
  readonly relay: ConfiguredRelay
  readonly lane: Lane
  readonly session: Session | NoConnection
}

async function openFirst(lanes: Sending['lanes']): Promise<Opened> {
  let last: Opened | null = null
  for (const { relay, lane } of lanes) {
    last = { relay, lane, session: await lane.session() }
    if (last.session.kind === 'open') break
  }
  if (last === null) throw new Error('there is at least one relay')
  return last
}

async function compose(mail: SignUpMail, { smtputf8 }: Session, { site, way }: Pick<Sending, 'site' | 'way'>) {
  const { config, publicUrl, secret, clock } = site
  const claim = { list: config.list.id, subscriber: mail.subscriber, epoch: mail.epoch, expires: new Date(mail.expiresAt) }
  const values = { confirmUrl: `${publicUrl}/confirm/${createLinkToken({ purpose: 'confirm', ...claim }, secret)}` }
  const { language, subject, html, text } = await site.confirmationFor(mail.language)
  const settings = messageSettingsOf(config, { date: clock().toISOString() }, { fromAddress: way.from, smtputf8 })
  const finished = { language, subject, html: joinSegments(html, values), text: joinSegments(text, values) }
  return composeConfirmation(finished, { address: mail.address, signUp: mail.id }, settings, way.signer).chunks
}

function waitFor(action: DeliveryAction, { id, tries }: SignUpMail, { backOff }: MailWay): number {
  return action.kind === 'defer' && action.closes
    ? waitAfterClosing(tries + 1, backOff, String(id))
    : waitAfter(tries + 1, backOff, String(id))
}

/** A pause and a stop are for the editor of a sending. Here nobody waits to decide: it is tried again, until the link ends. */
function nextOf({ kind }: DeliveryAction, isInTime: boolean): MailResult['next'] {
  if (kind === 'accepted' || kind === 'uncertain') return kind
  return kind === 'reject' || !isInTime ? 'given-up' : 'later'
}
