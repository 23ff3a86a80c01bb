import { gmailLimit, htmlBudget } from '../render/fit-email.ts'
import { count } from './count.ts'
import type { Paint } from './paint.ts'
import { wrapWords } from './wrap-words.ts'

/** What the end of a build says. */
export interface BuildSummary {
  readonly id: string
  readonly subject: string
  /** Where two subjects are tried: the second, and the share of the recipients that tries them, 0.01 to 1; null where one is not. */
  readonly trial: { readonly second: string; readonly split: number } | null
  readonly picks: number
  readonly words: number
  /** UTF-8 bytes of the HTML. */
  readonly bytes: number
  /** Slugs of the items that became links of one line. */
  readonly shortened: readonly string[]
  readonly problems: number
  /** Picks of the editor that had to be left out. */
  readonly lost: number
  /** Whether the build ends with an error of the files, or of the checks. */
  readonly failed: boolean
  /** Null where nobody looked. */
  readonly findings: { readonly errors: number; readonly warnings: number } | null
  /** When the edition was marked as sent, as people read it; null for a draft. */
  readonly sent: string | null
  /** The file to paste into the service that was asked for; null where none was. */
  readonly paste: { readonly service: string; readonly file: string } | null
  /** Files as the user would name them, index.html first. */
  readonly files: readonly string[]
  readonly seconds: number
}

/** The end of a build in a few lines: picks, size against Gmail's limit, problems, where to look, time. In lines of at most `columns`, paths aside. */
export function formatBuild(build: BuildSummary, paint: Paint, columns: number): string {
  const share = Math.round((build.bytes / gmailLimit) * 100)
  const size = `${(build.bytes / 1000).toFixed(1)} kB, ${share} % of what Gmail shows before it clips`
  const [index = ''] = build.files
  return [
    `${mark(build, paint)} ${paint.bold(build.id)}  ${build.subject}`,
    '',
    ...(build.lost > 0 ? [line('lost', paint.yellow(lost(build.lost)))] : []),
    ...(build.sent === null
      ? []
      : [
          line(
            'note',
            paint.yellow(
              `marked as sent${build.sent}: what went out then stays as it is, for readers, in the archive, and where its sending goes on`,
            ),
          ),
        ]),
    ...(build.trial === null ? [] : trialLines(build.id, build.trial)),
    line('posts', `${build.picks}, ${build.words} words of summary`),
    line('size', build.bytes >= htmlBudget ? paint.yellow(size) : size),
    ...(build.shortened.length > 0
      ? [line('links', `${count(build.shortened.length, 'post')} at the end became one line, to fit: ${build.shortened.join(', ')}`)]
      : []),
    ...(build.problems > 0 ? [line('problems', paint.yellow(count(build.problems, 'problem')))] : []),
    line('checks', checks(build.findings, paint)),
    line('look at', paint.cyan(index)),
    ...(build.paste === null
      ? []
      : [
          line(
            'paste',
            `${paint.cyan(build.paste.file)} is the file to paste into ${build.paste.service}${build.trial === null ? '' : secondSubject}`,
          ),
        ]),
    line('time', `${build.seconds.toFixed(1)} s`),
    '',
  ].join('\n')

  function trialLines(id: string, { second, split }: NonNullable<BuildSummary['trial']>): string[] {
    const half = `${Number((split * 50).toFixed(2))} %`
    const rest = split === 1 ? '' : `; the rest waits for "news-digest send ${id} --winner A" or B`
    return [line('subject B', second), line('split', `${half} of the recipients get subject A, ${half} subject B${rest}`)]
  }

  function line(label: string, text: string): string {
    const [first = '', ...more] = wrapWords(text, columns - labelWidth)
    return [`  ${paint.dim(label.padEnd(9))} ${first}`, ...more.map(each => `${' '.repeat(labelWidth)}${each}`)].join('\n')
  }
}

const labelWidth = 12

const secondSubject = ', with subject A: give subject B to that service’s own A/B test'

function mark({ lost, failed }: BuildSummary, paint: Paint): string {
  if (lost > 0) return paint.yellow('! incomplete')
  return failed ? paint.red('✗') : paint.green('✓')
}

function lost(picks: number): string {
  return `${count(picks, 'pick')} of the edition file had to be left out: the edition is not what its editor wanted`
}

function checks(findings: BuildSummary['findings'], paint: Paint): string {
  if (findings === null) return 'not checked'
  const { errors, warnings } = findings
  if (errors + warnings === 0) return paint.green('no findings')
  const parts = [errors > 0 ? paint.red(count(errors, 'error')) : '', warnings > 0 ? paint.yellow(count(warnings, 'warning')) : '']
  return parts.filter(part => part !== '').join(', ')
}
