import type { Finding } from '../inspect/finding.ts'
import type { Paint } from './paint.ts'

const partNames = {
  subject: 'subject',
  preheader: 'preheader',
  html: 'HTML',
  text: 'text part',
  message: 'message',
  settings: 'settings',
} as const

/** Findings as paragraphs, errors first: what is wrong and why it matters, where, what to do. Ends with a line break; empty for none. */
export function formatFindings(findings: readonly Finding[], paint: Paint): string {
  const [errors, warnings] = [findings.filter(each => each.severity === 'error'), findings.filter(each => each.severity === 'warning')]
  return [...errors, ...warnings].map(finding => formatFinding(finding, paint)).join('\n')
}

function formatFinding({ rule, severity, message, place, help }: Finding, paint: Paint): string {
  const label = severity === 'error' ? paint.red(paint.bold('error')) : paint.yellow(paint.bold('warning'))
  const where = place.excerpt === null ? partNames[place.part] : `${partNames[place.part]}: ${place.excerpt}`
  return [
    `${label} ${message} ${paint.dim(`[${rule}]`)}`,
    `  ${paint.dim('in')} ${paint.cyan(where)}`,
    `  ${paint.dim('do')} ${help}`,
    '',
  ].join('\n')
}
