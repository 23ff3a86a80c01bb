import type { Audience } from '../delivery/read-audience.ts'
import type { SendProposal } from '../delivery/send-report.ts'
import { count } from './count.ts'
import { formatInstant } from './format-instant.ts'
import { formatSpan } from './format-span.ts'
import type { Paint } from './paint.ts'

/** What is about to be sent, to whom, and how: what somebody reads before they say yes. */
export function formatSendProposal(proposal: SendProposal, paint: Paint): string {
  const { edition, kind, subjects, from, segment, relays, rate, ledger, signs, findings } = proposal
  const rows: readonly (readonly [string, string])[] = [
    ...subjects.map((subject, index) => [subjects.length === 1 ? 'subject' : `subject ${'AB'[index]}`, subject] as const),
    ...(proposal.split === null ? [] : [['split', splitWords(proposal.split)] as const]),
    ['from', from],
    ['to', recipientsOf(proposal)],
    ...(segment === null ? [] : [['segment', segment] as const]),
    ...(proposal.audience === null ? [] : leftOutRows(proposal.audience)),
    ...relays.map((relay, index) => [index === 0 ? (relays.length === 1 ? 'relay' : 'relays') : '', relay] as const),
    ['rate', rate === null ? 'as fast as the relay takes them' : `at most ${rateWords(rate)}`],
    ['takes', proposal.forecast === null ? 'not known yet' : `about ${formatSpan(proposal.forecast)}`],
    ['signed', signs ? 'with DKIM, here' : 'by the relay, if it does'],
    ['ledger', ledger],
    ...(proposal.scheduledFor === null ? [] : [['at', formatInstant(new Date(proposal.scheduledFor).toISOString())] as const]),
    ...(findings.length === 0 ? [] : [['checks', findingWords(findings)] as const]),
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, text]) => `  ${paint.dim(name.padEnd(width))}  ${text}\n`).join('')
  return `${paint.bold(edition)}${headings[kind]}\n${lines}\n`
}

const headings = { edition: '', late: ', to those who joined since', welcome: ', to those newly confirmed' } as const

function recipientsOf({ audience, soFar, pausedBecause }: SendProposal): string {
  if (audience !== null) return `${count(audience.recipients, 'recipient')}${languagesOf(audience)}`
  if (soFar === null) return ''
  const settled = soFar.recipients - soFar.stillToSend
  const left = `${soFar.stillToSend.toLocaleString('en')} of ${count(soFar.recipients, 'recipient')} left; ${settled.toLocaleString('en')} done before`
  return pausedBecause === null ? left : `${left}. Paused because ${pausedBecause}`
}

function languagesOf({ byLanguage }: Audience): string {
  const languages = Object.entries(byLanguage).toSorted(([, a], [, b]) => b - a)
  if (languages.length < 2) return ''
  return ` (${languages.map(([language, number]) => `${number.toLocaleString('en')} ${language === '' ? 'without a language' : language}`).join(', ')})`
}

const leftOutWords = {
  pending: 'not confirmed',
  unsubscribed: 'unsubscribed',
  bounced: 'bounced',
  complained: 'complained',
  paused: 'paused',
  haveItAlready: 'who have it already',
  outsideSegment: 'outside the segment',
} as const

function leftOutRows({ leftOut }: Audience): readonly (readonly [string, string])[] {
  const parts = Object.entries(leftOutWords)
    .map(([why, words]) => [leftOut[why as keyof typeof leftOut], words] as const)
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number.toLocaleString('en')} ${words}`)
  return parts.length === 0 ? [] : [['not to', parts.join(', ')]]
}

function splitWords(split: number): string {
  const percent = Math.round(split * 1000) / 10
  return split === 1 ? 'half of them each' : `${percent / 2} % try A and ${percent / 2} % B; the others wait for --winner`
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
