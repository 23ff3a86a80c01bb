/** Where an edition stands, for the terminal. */

import stringWidth from 'string-width'
import type { NextStep } from '../delivery/next-steps.ts'
import type { BounceCounts, EditionStatus, Pace, SendingStatus } from '../delivery/read-status.ts'
import type { UncertainRow } from '../delivery/read-uncertain.ts'
import type { SendingRow } from '../ledger/tables.ts'
import { count } from './count.ts'
import { formatCounts } from './format-counts.ts'
import { formatDuration } from './format-duration.ts'
import { formatAt } from './format-instant.ts'
import { formatNumber } from './format-number.ts'
import { formatSum } from './format-sum.ts'
import type { Paint } from './paint.ts'
import { fitted, padded } from './table.ts'
import { wrapWords } from './wrap-words.ts'

/** An edition's status, and what comes next. */
export interface StatusReport extends EditionStatus {
  readonly isBeingSent: boolean
  readonly next: readonly NextStep[]
}

const mostDomains = 8
const mostErrors = 8
const mostSlow = 3
const mostUncertain = 20
const widest = 100

/** The whole report in lines of at most `columns`, and of 100 at most on a terminal: what is not shown on one is not cut. */
export function formatStatus(report: StatusReport, columns: number, paint: Paint): string {
  const width = Number.isFinite(columns) ? Math.min(columns, widest) : columns
  const blocks = [
    ...report.sendings.flatMap(each => formatSending(each, report.isBeingSent, width, paint)),
    welcomeBlock(report, width, paint),
    uncertainBlock(report.uncertain, width, paint),
    nextBlock(report.next, width, paint),
  ]
  return `${blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

function formatSending(status: SendingStatus, isBeingSent: boolean, columns: number, paint: Paint): readonly (readonly string[])[] {
  const { sending, sum, counts, waitsForWinner, domains, relays, variants, pace, bounces } = status
  const table = { most: mostDomains, columns, paint }
  return [
    [
      `${paint.bold(nameOf(sending))}  ${describeState(sending, { isBeingSent, waitsForWinner })}`,
      ...(sending.recipients === null ? [] : indented(formatSum(sum, columns - 2))),
      ...indented(
        paceOf(sending, pace),
        ...wrapWords(whyNot(sending, isBeingSent), columns - 2),
        ...wrapWords(isBeingSent ? '' : orphansOf(counts), columns - 2),
        ...wrapWords(sending.segment === null ? '' : `to the segment: ${sending.segment}`, columns - 2),
        ...wrapWords(sending.forcedBecause === null ? '' : `sent although checks failed: ${sending.forcedBecause}`, columns - 2),
        bouncesOf(bounces),
      ),
    ],
    // One of them would say the sum again.
    domains.length < 2 ? [] : formatCounts({ ...table, title: 'By domain', rows: domains }),
    relays.length < 2 ? [] : formatCounts({ ...table, title: 'By relay', rows: relays }),
    formatCounts({ ...table, title: 'By subject', rows: variants.map(each => ({ ...each, name: each.name || 'waiting' })) }),
    errorBlock(status, columns, paint),
    slowBlock(status, columns, paint),
  ]
}

/** `2026-w06`, `2026-w06, late`, `2026-w06, late (2)`. */
export function nameOf({ edition, kind, round }: Pick<SendingRow, 'edition' | 'kind' | 'round'>): string {
  return `${edition}${kind === 'edition' ? '' : `, ${kind}`}${round === 0 ? '' : ` (${round + 1})`}`
}

/** `finished`, `paused`, `being sent`, `waits for the winner`, `stopped`, `interrupted`, `waits until 2026-02-09 09:00 (Europe/Berlin)`, and since when. */
export function describeState({ state, stopReason, scheduledFor, scheduledZone, startedAt }: SendingRow, now: SendingNow): string {
  if (state === 'scheduled' && scheduledFor !== null) return `waits until ${inZone(scheduledFor, scheduledZone ?? 'UTC')}`
  const words = state === 'running' ? runningWords(stopReason, now) : state
  return startedAt === null ? words : `${words}, begun ${formatAt(startedAt)}`
}

/** What the row of a sending does not tell. */
export interface SendingNow {
  readonly isBeingSent: boolean
  readonly waitsForWinner: boolean
}

function runningWords(stopReason: string | null, { isBeingSent, waitsForWinner }: SendingNow): string {
  if (isBeingSent) return 'being sent'
  if (waitsForWinner) return 'waits for the winner'
  return stopReason === null ? 'interrupted' : 'stopped'
}

/** Why it does not go on; nothing of what it stopped for before, once somebody sends it again. */
function whyNot({ pauseReason, stopReason }: SendingRow, isBeingSent: boolean): string {
  if (pauseReason !== null) return `paused: ${pauseReason}`
  return stopReason === null || isBeingSent ? '' : `stopped: ${stopReason}`
}

/** What a killed process had in its hands is counted as still to send until somebody has the right to settle it. */
function orphansOf({ sending }: SendingStatus['counts']): string {
  if (sending === 0) return ''
  return `${formatNumber(sending)} of those still to send ${sending === 1 ? 'was' : 'were'} under way when their process ended: the next "send" or "reconcile" counts them as uncertain`
}

function inZone(at: number, zone: string): string {
  // Swedish dates are ISO 8601's.
  return `${new Date(at).toLocaleString('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })} (${zone})`
}

function paceOf({ state }: SendingRow, { duration, rate, bestRate }: Pace): string {
  if (duration === null) return ''
  const perSecond = (number: number) => (number >= 10 ? formatNumber(Math.round(number)) : number.toFixed(1))
  const average = rate === null ? '' : `, ${perSecond(rate)} a second`
  const best = bestRate === null || duration < 60_000 ? '' : `, ${perSecond(bestRate)} in its best minute`
  return `${state === 'finished' ? 'took' : 'so far'} ${formatDuration(duration)}${average}${best}`
}

function bouncesOf({ hard = 0, soft = 0, complaint = 0 }: BounceCounts): string {
  if (hard + soft + complaint === 0) return ''
  return `came back since: ${formatNumber(hard)} hard, ${formatNumber(soft)} soft, ${count(complaint, 'complaint')}`
}

function errorBlock({ errors }: SendingStatus, columns: number, paint: Paint): readonly string[] {
  const shown = errors.slice(0, mostErrors)
  if (shown.length === 0) return []
  const numbers = Math.max(...shown.map(each => formatNumber(each.count).length))
  const lines = shown.flatMap(({ outcome, code, enhanced, text, count: times, address, lastAt }) => {
    const said = [code, enhanced, text].filter(each => each !== null && each !== '').join(' ')
    const line = `  ${formatNumber(times).padStart(numbers)} × ${outcome === 'rejected' ? '' : `${outcome}: `}${said}`
    const example = `last ${formatAt(lastAt)}${address === '' ? '' : `, ${address}`}`
    return [fitted(line, columns), paint.dim(fitted(`  ${' '.repeat(numbers)}   ${example}`, columns))]
  })
  const more = errors.length - shown.length
  return [
    paint.bold('Tries that failed, the last first'),
    ...lines,
    ...(more > 0 ? [`  and ${count(more, 'other')}: --json lists them`] : []),
  ]
}

function slowBlock({ slowest }: SendingStatus, columns: number, paint: Paint): readonly string[] {
  if (slowest.length === 0) return []
  return [
    paint.bold('Slowest tries'),
    ...slowest
      .slice(0, mostSlow)
      .map(({ milliseconds, address, relay, outcome }) =>
        fitted(`  ${formatDuration(milliseconds).padStart(8)}  ${address}  ${outcome}${relay === '' ? '' : ` (${relay})`}`, columns),
      ),
  ]
}

function welcomeBlock({ edition, welcome }: EditionStatus, columns: number, paint: Paint): readonly string[] {
  if (welcome === null) return []
  return [`${paint.bold(`${edition}, welcome`)}  ${count(welcome.sendings, 'sending')}`, ...indented(formatSum(welcome.sum, columns - 2))]
}

function uncertainBlock(uncertain: readonly UncertainRow[], columns: number, paint: Paint): readonly string[] {
  if (uncertain.length === 0) return []
  const shown = uncertain.slice(0, mostUncertain)
  const width = Math.min(Math.max(...shown.map(({ address }) => stringWidth(address))), Math.max(20, columns - 40))
  const lines = shown.map(({ address, attemptedAt, why }) =>
    fitted(`  ${padded(fitted(address, width), width)}  ${formatAt(attemptedAt)}  ${why}`, columns),
  )
  const more = uncertain.length - shown.length
  return [
    paint.bold('Uncertain: sent whole, and no answer of the relay is known'),
    ...lines,
    ...(more > 0 ? [`  and ${formatNumber(more)} more: --json or --csv lists them`] : []),
  ]
}

function nextBlock(steps: readonly NextStep[], columns: number, paint: Paint): readonly string[] {
  return steps.flatMap(({ text, commands }) => [...wrapWords(text, columns), ...commands.map(each => `  ${paint.cyan(each)}`)])
}

function indented(...texts: readonly string[]): readonly string[] {
  return texts.filter(text => text !== '').flatMap(text => text.split('\n').map(line => `  ${line}`))
}
