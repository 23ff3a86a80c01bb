import { excerpt } from '../inspect/excerpt.ts'
import type { Finding } from '../inspect/finding.ts'
import type { LinkAnswer } from '../inspect/link-answer.ts'
import type { SpamAnswer } from '../inspect/read-spam-score.ts'
import type { WeightReport } from '../inspect/weigh-email.ts'
import type { CheckOff } from '../render/email.ts'
import { count } from './count.ts'
import { formatFindings } from './format-findings.ts'
import { formatNumber } from './format-number.ts'
import type { Paint } from './paint.ts'

/** What `check` has to tell of one edition. */
export interface CheckReport {
  readonly id: string
  readonly subject: string
  /** Subject B where two are tried; null where one is not. */
  readonly second: string | null
  readonly findings: readonly Finding[]
  /** What templates have switched off. */
  readonly checksOff: readonly CheckOff[]
  /** What the configuration has switched off, and its file as the user would name it. */
  readonly configOff: { readonly file: string; readonly rules: readonly string[] }
  readonly weight: WeightReport
  /** Null where nobody asked the network. */
  readonly answers: readonly LinkAnswer[] | null
  /** Null where nobody asked for it. */
  readonly spam: SpamAnswer | null
}

/** Findings, weight and what was asked for, errors first, the sum at the end. */
export function formatCheck(report: CheckReport, paint: Paint): string {
  const { id, subject, second, findings, answers, spam } = report
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const mark = errors > 0 ? paint.red('✗') : paint.green('✓')
  const sections = [
    `${paint.bold(id)}  ${subject}\n${second === null ? '' : `${' '.repeat(id.length)}  ${second}\n`}`,
    formatFindings(findings, paint),
    answers === null ? '' : formatAnswers(answers, findings, paint),
    spam === null ? '' : formatSpam(spam, paint),
    formatWeight(report.weight, paint),
    formatChecksOff('by the template', report.checksOff, paint),
    formatChecksOff(
      `in ${report.configOff.file}`,
      report.configOff.rules.map(rule => ({ rule, reason: '' })),
      paint,
    ),
    `${mark} ${formatSum(errors, findings.length - errors)}\n`,
  ]
  return sections.filter(section => section !== '').join('\n')
}

function formatSum(errors: number, warnings: number): string {
  if (errors + warnings === 0) return 'no findings'
  return [errors > 0 ? count(errors, 'error') : '', warnings > 0 ? count(warnings, 'warning') : ''].filter(part => part !== '').join(', ')
}

const barWidth = 24

/** Each part with its bytes and a bar, then how far it is to where Gmail clips. */
function formatWeight({ bytes, limit, left, parts, advice }: WeightReport, paint: Paint): string {
  const heaviest = Math.max(1, ...parts.map(part => part.bytes))
  const rows = parts.map(part => {
    const bar = '▪'.repeat(Math.max(1, Math.round((part.bytes / heaviest) * barWidth)))
    return `  ${formatNumber(part.bytes).padStart(7)}  ${paint.dim(bar.padEnd(barWidth))}  ${part.name}`
  })
  const share = `${Math.round((bytes / limit) * 100)} %`
  const room =
    left >= 0 ? `${formatNumber(left)} bytes before Gmail clips` : paint.red(`${formatNumber(-left)} bytes too many: Gmail clips`)
  return [
    `${paint.bold('weight')}  ${formatNumber(bytes)} bytes of HTML, ${share}; ${room}`,
    ...rows,
    ...advice.map(each => `  ${paint.yellow('→')} ${each}`),
    '',
  ].join('\n')
}

/** What answered each address; those that a finding tells of are only counted. */
function formatAnswers(answers: readonly LinkAnswer[], findings: readonly Finding[], paint: Paint): string {
  const others = answers.filter(answer => !isTold(answer, findings))
  const told = answers.length - others.length
  const rows = others.flatMap(({ address, outcome, redirects, picture }) => {
    const said = outcome.kind === 'answered' ? String(outcome.status) : outcome.kind === 'failed' ? 'failed' : 'not asked'
    const isFine = outcome.kind === 'answered' && outcome.status < 400
    const why = outcome.kind === 'answered' ? sizeOf(picture) : `  ${outcome.why}`
    return [
      `  ${isFine ? paint.green(said.padEnd(9)) : paint.red(said.padEnd(9))} ${address}${paint.dim(why)}`,
      ...redirects.map(({ status, to }) => `  ${paint.dim(`${status}      →`)} ${to}`),
    ]
  })
  const sum = `${count(answers.length, 'address', 'addresses')} asked for${told === 0 ? '' : `, ${told} of them told of above`}`
  return [`${paint.bold('network')}  ${sum}`, ...rows, ''].join('\n')
}

function isTold({ address }: LinkAnswer, findings: readonly Finding[]): boolean {
  const said = findings
    .filter(({ rule }) => rule === 'link-unreachable' || rule === 'link-redirected')
    .map(({ place }) => place.excerpt ?? '')
  return said.some(each => each === excerpt(address, 160) || each.startsWith(`${address} → `))
}

function sizeOf(picture: LinkAnswer['picture']): string {
  if (picture === null) return ''
  const size = picture.width === null ? '' : `${picture.width} × ${picture.height} px, `
  return `  ${size}${Math.ceil(picture.bytes / 1000)} kB`
}

function formatSpam(spam: SpamAnswer, paint: Paint): string {
  if (spam.kind === 'not-judged') return `${paint.bold('spam')}  not judged: ${spam.why}\n`
  const { score, threshold, rules } = spam.report
  const verdict = `${score} points, spam from ${threshold} (${spam.program})`
  return [
    `${paint.bold('spam')}  ${score >= threshold ? paint.red(verdict) : verdict}`,
    ...rules.map(({ points, name, about }) => `  ${points.toFixed(1).padStart(5)}  ${name}  ${paint.dim(about)}`),
    '',
  ].join('\n')
}

function formatChecksOff(where: string, checksOff: readonly CheckOff[], paint: Paint): string {
  if (checksOff.length === 0) return ''
  const rows = checksOff.map(({ rule, reason }) => `  ${rule}${reason === '' ? '' : `  ${paint.dim(reason)}`}`)
  return [paint.bold(`switched off ${where}`), ...rows, ''].join('\n')
}
