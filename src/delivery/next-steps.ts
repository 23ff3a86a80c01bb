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

/** What comes next, the most pressing first; never empty. `isBeingSent`: a process is sending it now. */
export function nextSteps({ edition, sendings, uncertain }: EditionStatus, isBeingSent: boolean): readonly NextStep[] {
  // What a late sending or welcome mail left uncertain is nothing that `send` would send again.
  const isOfMain = sendings.some(({ sending, sum }) => sending.kind === 'edition' && sum.uncertain > 0)
  const steps = [
    ...sendings.flatMap(each => stepOf(each, isBeingSent)),
    ...(uncertain.length === 0 ? [] : [settle(edition, uncertain.length, isOfMain)]),
  ]
  return steps.length > 0 ? steps : [{ text: 'Nothing is left to do.', commands: [] }]
}

function stepOf({ sending, sum, counts, variants, nextDueAt }: SendingStatus, isBeingSent: boolean): readonly NextStep[] {
  const { edition, kind, state } = sending
  const command = `news-digest send ${edition}${kind === 'late' ? ' --late' : ''}`
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
  const heldBack = variants.find(({ name }) => name === '')?.counts.pending ?? 0
  if (sending.winner === null && heldBack === sum.stillToSend) {
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

function settle(edition: string, count: number, again: boolean): NextStep {
  const who = count === 1 ? 'One is' : `${count.toLocaleString('en')} are`
  return {
    text: `${who} uncertain: ask the relay's log${again ? '; what stays uncertain you may send again, perhaps a second time' : ''}.`,
    commands: [
      `news-digest reconcile ${edition} --log /var/log/mail.log`,
      ...(again ? [`news-digest send ${edition} --retry-uncertain`] : []),
    ],
  }
}
