import { gmailLimit, htmlBudget } from '../render/fit-email.ts'
import { count } from './count.ts'
import type { Paint } from './paint.ts'

/** What the end of a build says. */
export interface BuildSummary {
  readonly id: string
  readonly subject: string
  readonly picks: number
  readonly words: number
  /** UTF-8 bytes of the HTML. */
  readonly bytes: number
  /** Slugs of the items that became links of one line. */
  readonly shortened: readonly string[]
  readonly problems: number
  readonly findings: { readonly errors: number; readonly warnings: number }
  /** Files as the user would name them, index.html first. */
  readonly files: readonly string[]
  readonly seconds: number
}

/** The end of a build in a few lines: picks, size against Gmail's limit, problems, where to look, time. */
export function formatBuild(build: BuildSummary, paint: Paint): string {
  const share = Math.round((build.bytes / gmailLimit) * 100)
  const size = `${(build.bytes / 1000).toFixed(1)} kB, ${share} % of what Gmail shows before it clips`
  const [index = ''] = build.files
  return [
    `${paint.green('✓')} ${paint.bold(build.id)}  ${build.subject}`,
    '',
    line('posts', `${build.picks}, ${build.words} words of summary`),
    line('size', build.bytes >= htmlBudget ? paint.yellow(size) : size),
    ...(build.shortened.length > 0
      ? [line('links', `${count(build.shortened.length, 'post')} at the end became one line, to fit: ${build.shortened.join(', ')}`)]
      : []),
    ...(build.problems > 0 ? [line('problems', paint.yellow(count(build.problems, 'problem')))] : []),
    line('checks', checks(build.findings, paint)),
    line('look at', paint.cyan(index)),
    line('time', `${build.seconds.toFixed(1)} s`),
    '',
  ].join('\n')

  function line(label: string, text: string): string {
    return `  ${paint.dim(label.padEnd(9))} ${text}`
  }
}

function checks({ errors, warnings }: BuildSummary['findings'], paint: Paint): string {
  if (errors + warnings === 0) return paint.green('no findings')
  const parts = [errors > 0 ? paint.red(count(errors, 'error')) : '', warnings > 0 ? paint.yellow(count(warnings, 'warning')) : '']
  return parts.filter(part => part !== '').join(', ')
}
