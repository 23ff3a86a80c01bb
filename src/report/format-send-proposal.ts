import { type Audience, describeLeftOut } from '../delivery/read-audience.ts'
import type { SendProposal } from '../delivery/send-report.ts'
import { count } from './count.ts'
import { formatRoughly } from './format-duration.ts'
import { formatNumber } from './format-number.ts'
import { formatZoned } from './format-zoned.ts'
import type { Paint } from './paint.ts'
import { wrapWords } from './wrap-words.ts'

/** What is about to be sent, to whom, and how: what somebody reads before they say yes. In lines of at most `columns`. */
export function formatSendProposal(proposal: SendProposal, paint: Paint, columns: number): string {
  const { edition, kind, subjects, from, segment, relays, rate, ledger, signs, findings } = proposal
  const rows: readonly (readonly [string, string])[] = [
    ...subjects.map((subject, index) => [subjects.length === 1 ? 'subject' : `subject ${'AB'[index]}`, subject] as const),
    ...(proposal.split === null ? [] : [['split', splitWords(proposal.split)] as const]),
    ['from', from],
    ['to', recipientsOf(proposal)],
    ...(proposal.winner === null ? [] : [['winner', winnerWords(proposal.winner)] as const]),
    ...(proposal.pausedBecause === null ? [] : [['paused', proposal.pausedBecause] as const]),
    ...(proposal.isTooOld ? [['expires', 'what is left: it began longer ago than send.notAfter allows'] as const] : []),
    ...(segment === null ? [] : [['segment', segment] as const]),
    ...(proposal.audience === null ? [] : leftOutRows(proposal.audience, outsideWords(proposal))),
    ...relays.map((relay, index) => [index === 0 ? (relays.length === 1 ? 'relay' : 'relays') : '', relay] as const),
    ['rate', rate === null ? 'as fast as the relay takes them' : `at most ${rateWords(rate)}`],
    ['takes', proposal.forecast === null ? 'not known before a first sending' : `about ${formatRoughly(proposal.forecast * 1000)}`],
    ['signed', signs ? 'with DKIM, here' : 'by the relay, if it does'],
    ['ledger', ledger],
    ...(proposal.scheduledFor === null ? [] : [['at', formatZoned(proposal.scheduledFor)] as const]),
    ...(findings.length === 0 ? [] : [['checks', findingWords(findings)] as const]),
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.flatMap(([name, text]) =>
    wrapWords(text, columns - width - 4).map((line, index) => `  ${paint.dim((index === 0 ? name : '').padEnd(width))}  ${line}\n`),
  )
  return `${paint.bold(edition)}${headings[kind]}\n${lines.join('')}\n`
}

const headings = { edition: '', late: ', to those who joined since', welcome: ', to those newly confirmed' } as const

function recipientsOf({ audience, soFar, retriesUncertain }: SendProposal): string {
  if (audience !== null) return `${count(audience.recipients, 'recipient')}${languagesOf(audience)}`
  if (soFar === null) return ''
  if (retriesUncertain && soFar.uncertain > 0) {
    const others = soFar.stillToSend === 0 ? '' : `${formatNumber(soFar.stillToSend)} left, and `
    return `${others}${count(soFar.uncertain, 'recipient')} once more who may have it already, of ${formatNumber(soFar.recipients)}`
  }
  const settled = soFar.recipients - soFar.stillToSend
  const uncertain = soFar.uncertain === 0 ? '' : `, ${formatNumber(soFar.uncertain)} of them uncertain`
  return `${formatNumber(soFar.stillToSend)} of ${count(soFar.recipients, 'recipient')} left; ${formatNumber(settled)} settled before${uncertain}`
}

function languagesOf({ byLanguage }: Audience): string {
  const languages = Object.entries(byLanguage).toSorted(([, a], [, b]) => b - a)
  if (languages.length < 2) return ''
  return ` (${languages.map(([language, number]) => `${formatNumber(number)} ${language === '' ? 'without a language' : language}`).join(', ')})`
}

/** Latecomers and newcomers are counted from a time on. */
function outsideWords({ kind, segment }: SendProposal): string | undefined {
  if (kind === 'edition') return undefined
  const before = kind === 'late' ? 'who joined before' : 'who confirmed before'
  return segment === null ? before : `${before}, or outside the segment`
}

function leftOutRows(audience: Audience, outside: string | undefined): readonly (readonly [string, string])[] {
  const parts = describeLeftOut(audience, outside)
  return parts.length === 0 ? [] : [['not to', parts.join(', ')]]
}

function splitWords(split: number): string {
  const percent = Math.round(split * 1000) / 10
  return split === 1 ? 'half of them each' : `${percent / 2} % try A and ${percent / 2} % B; the others wait for --winner`
}

function winnerWords({ subject, waiting, unfinished }: NonNullable<SendProposal['winner']>): string {
  const goes = `${subject} goes to ${count(waiting, 'recipient')} who waited for it`
  if (unfinished === 0) return goes
  return `${goes}; ${formatNumber(unfinished)} of the trial ${unfinished === 1 ? 'has' : 'have'} not got theirs yet, so the trial has not told its last`
}

function rateWords(rate: number): string {
  if (rate >= 1) return `${Math.round(rate * 10) / 10} a second`
  return rate * 60 >= 1 ? `${Math.round(rate * 600) / 10} a minute` : `${Math.round(rate * 36_000) / 10} an hour`
}

function findingWords(findings: SendProposal['findings']): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return [errors === 0 ? '' : count(errors, 'error'), findings.length === errors ? '' : count(findings.length - errors, 'warning')]
    .filter(text => text !== '')
    .join(', ')
}
