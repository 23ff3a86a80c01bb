import type { Finding, FindingPlace } from '../inspect/finding.ts'
import { formatPlace } from './format-problems.ts'
import type { Paint } from './paint.ts'

const partNames = {
  subject: 'subject',
  preheader: 'preheader',
  html: 'HTML',
  text: 'text part',
  message: 'message',
  settings: 'settings',
  edition: 'edition file',
} as const

const partFiles = { html: 'email.html', text: 'email.txt' } as const

/** Findings as paragraphs, errors first: what is wrong and why it matters, where, what to do. Ends with a line break; empty for none. */
export function formatFindings(findings: readonly Finding[], paint: Paint): string {
  const [errors, warnings] = [findings.filter(each => each.severity === 'error'), findings.filter(each => each.severity === 'warning')]
  return [...errors, ...warnings].map(finding => formatFinding(finding, paint)).join('\n')
}

/** What only a sending needs, and the settings that say it: `check` tells all of it. */
const settingsRules: readonly string[] = ['missing-sender', 'missing-postal-address', 'missing-unsubscribe']

/** The same for the end of a build: settings that are still missing take one line each. */
export function formatFindingsOfBuild(findings: readonly Finding[], paint: Paint): string {
  const brief = findings.filter(each => each.severity === 'warning' && each.place.part === 'settings' && settingsRules.includes(each.rule))
  const full = formatFindings(
    findings.filter(each => !brief.includes(each)),
    paint,
  )
  const lines = brief.map(({ rule, message }) => `${paint.yellow(paint.bold('warning'))} ${message} ${paint.dim(`[${rule}]`)}\n`)
  const advice = lines.length === 0 ? '' : `  ${paint.dim('do')}   "news-digest check" tells of each what to set\n`
  return [full, lines.join('') + advice].filter(part => part !== '').join('\n')
}

function formatFinding({ rule, severity, message, place, origin, help }: Finding, paint: Paint): string {
  const label = severity === 'error' ? paint.red(paint.bold('error')) : paint.yellow(paint.bold('warning'))
  const where = formatFindingPlace(place)
  return [
    `${label} ${message} ${paint.dim(`[${rule}]`)}`,
    `  ${paint.dim('in')}   ${paint.cyan(place.excerpt === null ? where : `${where}: ${place.excerpt}`)}`,
    ...(origin === null ? [] : [`  ${paint.dim('from')} ${paint.cyan(formatPlace(origin))}`]),
    `  ${paint.dim('do')}   ${help}`,
    '',
  ].join('\n')
}

/** The part, or the file with line and column where those are known: `email.html:1:2034`. */
function formatFindingPlace({ part, line, column }: FindingPlace): string {
  if (line === null || column === null || (part !== 'html' && part !== 'text')) return partNames[part]
  return formatPlace({ file: partFiles[part], line, column })
}
