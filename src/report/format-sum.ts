import type { DeliverySum } from '../delivery/sending.ts'

/** The sum that closes: `3,000 recipients = 2,950 accepted + 20 rejected + 30 still to send`; what is none is left out. */
export function formatSum(sum: DeliverySum): string {
  const parts = [
    [sum.accepted, 'accepted'],
    [sum.rejected, 'rejected'],
    [sum.suppressed, 'suppressed'],
    [sum.expired, 'expired'],
    [sum.uncertain, 'uncertain'],
    [sum.stillToSend, 'still to send'],
  ] as const
  const shown = parts
    .filter(([number], index) => number > 0 || index === 0)
    .map(([number, words]) => `${number.toLocaleString('en')} ${words}`)
  const recipients = `${sum.recipients.toLocaleString('en')} ${sum.recipients === 1 ? 'recipient' : 'recipients'}`
  return sum.closes ? `${recipients} = ${shown.join(' + ')}` : `${recipients} ≠ ${shown.join(' + ')}: the ledger has been changed by hand`
}
