import type { Assumption, DryRunReport } from '../delivery/dry-run/dry-run.ts'
import type { FaultGroup } from '../delivery/dry-run/judge-messages.ts'
import type { Forecast } from '../delivery/forecast.ts'
import { count } from './count.ts'
import { formatRoughly } from './format-duration.ts'
import { formatFindings } from './format-findings.ts'
import { formatAt } from './format-instant.ts'
import { formatNumber } from './format-number.ts'
import { formatSum } from './format-sum.ts'
import type { Paint } from './paint.ts'
import { fitted } from './table.ts'

/** What a dry run found: the messages, what is wrong with them, how long the sending will take, and where samples are; in lines of at most `columns`. */
export function formatDrySend(report: DryRunReport, columns: number, paint: Paint): string {
  const { outcome, sum, findings, verdict, errors } = report
  const blocks = [
    `${headingOf(report, paint)}\n`,
    ...(outcome.kind === 'over' ? [] : [rowsOf(report, columns, paint)]),
    ...(verdict.faults.length === 0 ? [] : [faultLines(verdict.faults, columns, paint)]),
    ...(errors.length === 0 || sum === null ? [] : [`${formatSum(sum, columns)}\n${errorLines(errors, columns)}`]),
    ...(findings.length === 0 ? [] : [formatFindings(findings, paint)]),
    ...(report.assumptions.length === 0 ? [] : [report.assumptions.map(each => `${paint.yellow('!')} ${assumed[each]}\n`).join('')]),
  ]
  return blocks.join('\n')
}

function headingOf({ edition, outcome, verdict, sum }: DryRunReport, paint: Paint): string {
  const nothing = 'nothing was sent, and nothing is recorded'
  switch (outcome.kind) {
    case 'over':
      return `${paint.yellow('·')} ${edition} was sent before, and nothing of it is left to send`
    case 'paused':
      return `${paint.red('✗')} The sending of ${edition} would pause: ${outcome.reason}; ${nothing}`
    case 'stopped':
      return `${paint.red('✗')} The sending of ${edition} would stop: ${outcome.reason}; ${nothing}`
    case 'interrupted':
      return `${paint.yellow('!')} The dry run of ${edition} was interrupted after ${count(verdict.messages, 'message')}; ${nothing}`
    default: {
      const isWhole = verdict.faulty === 0 && sum !== null && sum.accepted === sum.recipients
      return isWhole
        ? `${paint.green('✓')} ${edition}: every message is in order; ${nothing}`
        : `${paint.red('✗')} ${edition}: not everything is in order; ${nothing}`
    }
  }
}

function rowsOf(report: DryRunReport, columns: number, paint: Paint): string {
  const { verdict, forecast, relays, samples, milliseconds, waitForWinner, sum } = report
  const { messages, bytes, beyondAscii } = verdict
  const faulty = verdict.faulty === 0 ? 'none with a fault' : `${formatNumber(verdict.faulty)} with faults`
  const folder = samples[0]?.file.replace(/[^/]*$/, '') ?? ''
  const rows: readonly (readonly [string, string])[] = [
    ['recipients', formatNumber(sum?.recipients ?? 0)],
    ['messages', `${formatNumber(messages)} verified, ${faulty}; in ${formatRoughly(milliseconds)}`],
    ['bytes', messages === 0 ? 'none' : `${size(bytes.all)} in all, ${size(bytes.smallest)} to ${size(bytes.largest)} each`],
    ...forecastRows(forecast),
    ...relays.map(
      ({ name, messages: own, connections }, index) =>
        [index === 0 ? (relays.length === 1 ? 'relay' : 'relays') : '', relayWords(name, own, connections)] as const,
    ),
    ...(waitForWinner === 0
      ? []
      : [['winner', `${formatNumber(waitForWinner)} would wait for --winner; they were verified with subject A`] as const]),
    ...(beyondAscii === 0
      ? []
      : [['SMTPUTF8', `${formatNumber(beyondAscii)} get it only where the relay has it: letters beyond ASCII before the @`] as const]),
    ...(samples.length === 0 ? [] : [['samples', `${count(samples.length, 'message')} in ${folder}`] as const]),
    ...samples.map(({ file, why }) => ['', `${file.slice(folder.length)}  ${why.join(', ')}`] as const),
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, text]) => `  ${paint.dim(name.padEnd(width))}  ${fitted(text, columns - width - 4)}\n`).join('')
}

function forecastRows({ byLimits, limitedBy, byEarlier, seconds, endsAt, wouldExpire }: Forecast): readonly (readonly [string, string])[] {
  if (seconds === null || endsAt === null)
    return [['takes', 'not known: nothing limits the rate, and no large edition was sent from this ledger before']]
  const reasons = [
    ...(byLimits === null ? [] : [`${formatRoughly(byLimits * 1000)} by ${limitedBy}`]),
    ...(byEarlier === null ? [] : [`${formatRoughly(byEarlier * 1000)} at the pace of the last sending`]),
  ]
  return [
    ['takes', `about ${formatRoughly(seconds * 1000)}: ${reasons.join(', ')}`],
    ['ends', `${formatAt(endsAt)}, if it began now`],
    ...(wouldExpire ? [['', 'Longer than send.notAfter: the rest would expire. Raise a rate, or send.notAfter.'] as const] : []),
  ]
}

function relayWords(name: string, messages: number, { opened, atOnce }: DryRunReport['relays'][number]['connections']): string {
  return `${name === 'any' ? 'one without limits' : name}: ${formatNumber(messages)} messages over ${formatNumber(opened)} connections, ${atOnce} at once`
}

function faultLines(faults: readonly FaultGroup[], columns: number, paint: Paint): string {
  return faults
    .map(({ rule, messages, example }) => {
      const number = formatNumber(messages)
      const head = fitted(` × ${rule}, as in the one to ${example.address}:`, columns - number.length)
      return `${paint.red(number)}${head}\n${fitted(`    ${example.message}`, columns)}\n`
    })
    .join('')
}

const mostErrors = 5

function errorLines(errors: DryRunReport['errors'], columns: number): string {
  return errors
    .slice(0, mostErrors)
    .map(({ count: number, code, text, address }) =>
      fitted(`  ${formatNumber(number)} × ${code === null ? '' : `${code} `}${text} (${address})`, columns),
    )
    .map(line => `${line}\n`)
    .join('')
}

const assumed: Readonly<Record<Assumption, string>> = {
  relay: 'No relay is configured: it went as if to one without limits. Set SMTP_URL, or list relays, before you send.',
  password: 'The password of a relay is not set. Set it before you send.',
  secret:
    'NEWS_DIGEST_SECRET is not set: links were signed with a secret that is thrown away, and lead nowhere. Set one before you send: openssl rand -base64 32.',
}

function size(bytes: number): string {
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(2)} GB`
}
