/** Sends the mails that ask people to confirm: a loop beside the server, over the relays of the configuration, one mail after another. */

import { setTimeout as sleep } from 'node:timers/promises'
import type { Confirmation } from '../../../render/render-confirmation.ts'
import { removeUnconfirmed } from '../../../subscribers/remove-unconfirmed.ts'
import { countMailed, dueMails, type MailSettlement, type SignUpMail, settleMail } from '../../../subscribers/sign-up-mail.ts'
import { createLane } from '../../../transport/create-lane.ts'
import type { PublicSite } from '../public-site.ts'
import type { MailWay } from './mail-way.ts'
import { type MailResult, sendConfirmation } from './send-confirmation.ts'
import type { SignUpDesk } from './sign-up-desk.ts'

/** What the loop tells of itself: nothing of whom a mail was for. */
export interface OutboxEvents {
  readonly onMail?: (result: MailResult) => void
  /** The ceiling of mails in an hour is reached, and others wait. Told once each time. */
  readonly onCeiling?: (mailsPerHour: number) => void
  readonly onOutboxFault?: (error: unknown) => void
}

/** What it works with. */
export interface OutboxRequest extends OutboxEvents {
  readonly site: Pick<PublicSite, 'config' | 'ledger' | 'secret' | 'clock' | 'publicUrl'> & {
    readonly confirmationFor: (language: string) => Promise<Confirmation>
  }
  readonly desk: SignUpDesk
  readonly way: MailWay
}

/** The outbox. */
export interface Outbox {
  /** Sends what is due now, and removes what nobody has confirmed in time. Resolves to how many mails it tried. */
  readonly sendDue: () => Promise<number>
  /** Does that again and again, soon after a sign-up, until it is closed. */
  readonly start: () => void
  /** Lets the mail that is under way end, as long as `patience` in milliseconds lasts. */
  readonly close: (patience: number) => Promise<void>
}

const hour = 3_600_000
const batch = 20
/** Other processes write sign-ups, too, and mails come due: it looks at least so often. */
const betweenLooks = 5000
/** The answer to whoever signed up is out by then: composing must not make it later than that to somebody who gets no mail. */
const afterSignUp = 250
const betweenTidyings = 600_000

/** An outbox that does nothing yet. */
export function createOutbox({ site, desk, way, onMail, onCeiling, onOutboxFault }: OutboxRequest): Outbox {
  const { ledger, clock, config } = site
  const lanes = way.relays.map(relay => ({ relay, lane: createLane(relay, { timeouts: way.timeouts }) }))
  const over = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let failures = 0
  let notBefore = 0
  let isAtCeiling = false
  let tidiedAt = Number.NEGATIVE_INFINITY
  let unsettled: readonly MailSettlement[] = []

  /** What became of mails while the ledger could not be used is kept here until it can: else one that the relay wants to have later would never go. */
  const settleAll = async () => {
    for (const settlement of unsettled) {
      await ledger.write(db => settleMail(db, settlement))
      unsettled = unsettled.filter(each => each !== settlement)
    }
  }
  const settle = async (settlement: MailSettlement) => {
    unsettled = [...unsettled, settlement]
    await settleAll().catch((error: unknown) => onOutboxFault?.(error))
  }
  /** Mails that may go now: of those that are due, as many as there is room for below the ceiling. */
  const nextMails = async (now: number): Promise<readonly SignUpMail[]> => {
    const mails = now < notBefore ? [] : await dueMails(ledger.db, config.list.id, now, batch)
    if (mails.length === 0) return mails
    const room = Math.max(0, desk.mailsPerHour - (await countMailed(ledger.db, now - hour)))
    if (room === 0 && !isAtCeiling) onCeiling?.(desk.mailsPerHour)
    isAtCeiling = room === 0
    return mails.slice(0, room)
  }
  /** Resolves to whether it was tried. */
  const send = async (mail: SignUpMail): Promise<boolean> => {
    if (over.signal.aborted || clock().getTime() < notBefore) return false
    const result = await sendConfirmation(mail, { site, way, lanes, failures, settle })
    if (result === null) return false
    onMail?.(result)
    failures = result.relayFailed ? failures + 1 : 0
    if (result.relayFailed) notBefore = clock().getTime() + result.wait
    return true
  }
  const tidy = async (now: number) => {
    if (now - tidiedAt < betweenTidyings) return
    await removeUnconfirmed(ledger, now)
    tidiedAt = now
  }
  const sendDue = async (): Promise<number> => {
    let tried = 0
    await settleAll()
    await tidy(clock().getTime())
    while (!over.signal.aborted) {
      const mails = await nextMails(clock().getTime())
      if (mails.length === 0) break
      for (const mail of mails) tried += (await send(mail)) ? 1 : 0
    }
    return tried
  }
  const run = async () => {
    while (!over.signal.aborted) {
      const rings = desk.mailWaits.rings()
      await sendDue().catch((error: unknown) => onOutboxFault?.(error))
      const ring = AbortSignal.any([desk.mailWaits.after(rings), over.signal])
      await sleep(betweenLooks, undefined, { signal: ring }).catch(() => undefined)
      await sleep(afterSignUp, undefined, { signal: over.signal }).catch(() => undefined)
    }
  }
  return {
    sendDue,
    start: () => {
      running = run()
    },
    close: async patience => {
      over.abort()
      for (const { lane } of lanes) lane.giveUpOpening()
      const timer = setTimeout(() => {
        for (const { lane } of lanes) lane.abort()
      }, patience)
      await running
      clearTimeout(timer)
      await settleAll().catch((error: unknown) => onOutboxFault?.(error))
      await Promise.all(lanes.map(({ lane }) => lane.close()))
    },
  }
}
