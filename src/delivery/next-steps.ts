/** What an editor may do next about an edition, and the command for it. */

import type { DeliveryState } from '../ledger/tables.ts'
import type { EditionStatus, SendingStatus } from './read-status.ts'
import type { DeliverySum } from './sending.ts'

/** One sentence, and the commands that do it; none where nothing is to be done by hand. */
export interface NextStep {
  readonly text: string
  readonly commands: readonly string[]
}

/** Whether something is still to be sent, settled or decided: the exit code of `status` is 1 then. */
export function isIncomplete({ sendings, welcome }: EditionStatus): boolean {
  const sums = [...sendings.map(({ sum }) => sum), ...(welcome === null ? [] : [welcome.sum])]
  return sendings.some(({ sending }) => sending.state === 'paused' || sending.state === 'scheduled') || sums.some(isOpen)
}

/** Whether a sum has recipients of whom it is not known yet what becomes of them. */
export function isOpen({ uncertain, stillToSend }: DeliverySum): boolean {
  return uncertain + stillToSend > 0
}

/** The states of those recipients. */
export const openStates: readonly DeliveryState[] = ['pending', 'sending', 'deferred', 'uncertain']

/** What it depends on besides the ledger. */
export interface Moment {
  /** A process is sending the edition now. */
  readonly isBeingSent: boolean
  /** Milliseconds since 1970. */
  readonly now: number
}

/** What comes next, the most pressing first; never empty. */
export function nextSteps({ edition, sendings, welcome, uncertain }: EditionStatus, { isBeingSent, now }: Moment): readonly NextStep[] {
  const steps = [
    ...sendings.flatMap(each => stepOf(each, isBeingSent)),
    ...(welcome === null || welcome.sum.stillToSend === 0 || isBeingSent
      ? []
      : [{ text: 'Newcomers wait for their welcome mail.', commands: [`news-digest send ${edition} --welcome`] }]),
    ...(uncertain.length === 0 ? [] : [settle(edition, uncertain.length, retries(sendings, now))]),
  ]
  return steps.length > 0 ? steps : [{ text: 'Nothing is left to do.', commands: [] }]
}

function stepOf({ sending, sum, counts, waitsForWinner, nextDueAt }: SendingStatus, isBeingSent: boolean): readonly NextStep[] {
  const { state } = sending
  const command = commandOf(sending)
  if (state === 'scheduled') {
    return [
      {
        text: isBeingSent ? 'A process waits for its time.' : 'Nothing waits for its time: start it again.',
        commands: isBeingSent ? [] : [command],
      },
    ]
  }
  if (state === 'paused') return [{ text: 'Mend what it was paused for; then the same command goes on.', commands: [command] }]
  if (sum.stillToSend === 0) return []
  if (waitsForWinner) {
    return [{ text: 'The others wait for the subject that won.', commands: [`${command} --winner A`, `${command} --winner B`] }]
  }
  if (isBeingSent) {
    const waits = nextDueAt !== null && counts.deferred === sum.stillToSend
    return [{ text: waits ? 'A process waits to try the deferred ones again.' : 'It is being sent now.', commands: [] }]
  }
  const text =
    sending.stopReason === null
      ? 'Nobody is sending it now: the same command goes on where it ended.'
      : 'Mend what it stopped for; then the same command goes on.'
  return [{ text, commands: [command] }]
}

function commandOf({ edition, kind }: Pick<SendingStatus['sending'], 'edition' | 'kind'>): string {
  return `news-digest send ${edition}${kind === 'late' ? ' --late' : ''}`
}

/** The commands that send once more to whoever is uncertain: `send` knows the last sending of a kind, for as long as its time runs. */
function retries(sendings: readonly SendingStatus[], now: number): readonly string[] {
  const last = (['edition', 'late'] as const).flatMap(kind => sendings.findLast(({ sending }) => sending.kind === kind) ?? [])
  return last
    .filter(({ sending, sum }) => sum.uncertain > 0 && (sending.notAfter === null || now <= sending.notAfter))
    .map(({ sending }) => `${commandOf(sending)} --retry-uncertain`)
}

function settle(edition: string, count: number, again: readonly string[]): NextStep {
  const who = count === 1 ? 'One is' : `${count.toLocaleString('en')} are`
  return {
    text: `${who} uncertain: ask the relay's log${again.length > 0 ? '; what stays uncertain you may send again, perhaps a second time' : ''}.`,
    commands: [`news-digest reconcile ${edition} --log /var/log/mail.log`, ...again],
  }
}
