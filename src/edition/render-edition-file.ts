import { cleanLine } from '../content/clean-text.ts'
import type { Window } from '../selection/selection.ts'

/** What `plan --write` proposes to the editor. */
export interface EditionProposal {
  readonly window: Window
  readonly subject: string
  /** Two subjects to try, which then stand instead of `subject`, and the share that tries them, 0.01 to 1. Default: one subject. */
  readonly trial?: { readonly subjects: readonly [string, string]; readonly split: number } | null
  readonly preheader: string
  /** Only where the edition is not in the publication's own language. */
  readonly language: string | null
  /** The picks in order; titles only help the editor to find a line. */
  readonly picks: readonly { readonly slug: string; readonly title: string }[]
}

/** The text of a new edition file: the proposal, and in comments what an editor can do with it. */
export function renderEditionFile({ window, subject, trial = null, preheader, language, picks }: EditionProposal): string {
  const { id, firstDay, lastDay } = window
  return [
    '---',
    `# Edition ${id}, ${firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`}. "news-digest build ${id}" follows this file.`,
    '# An empty subject or preheader is proposed anew. Your introduction, in Markdown, goes below the closing ---.',
    'status: draft',
    ...(trial === null
      ? [`subject: ${quoted(subject)}`]
      : [`subjects: [${trial.subjects.map(quoted).join(', ')}]`, `split: ${formatShare(trial.split)}`]),
    `preheader: ${quoted(preheader)}`,
    ...(language === null ? [] : [`language: ${quoted(language)}`]),
    // The id of a span says its days; only this says the hours.
    ...(window.rhythm === null ? ['window:', `  from: ${window.from}`, `  to: ${window.to}`] : []),
    '',
    '# The posts by slug, the opening story first. Move, remove or add lines: any post of the collection may be here.',
    ...(picks.length === 0 ? ['items: []'] : ['items:', ...picks.map(({ slug, title }) => `  - ${scalar(slug)}${comment(title)}`)]),
    '',
    '# Two subjects can be tried instead of one, here by a fifth of the recipients (docs/editions.md):',
    "# subjects: ['First', 'Second']",
    '# split: 20%',
    '# What an item says can be changed by writing it as a map:',
    '#   - slug: a-post',
    '#     title: Another title',
    '#     lead: A lead of your own.',
    '#     image: /pictures/another.png',
    '#     imageAlt: What the picture shows',
    '# A sponsor is shown under the word "Sponsored":',
    '# sponsor:',
    '#   name: Example Ltd',
    '#   url: https://example.com/',
    '#   text: One or two sentences, in Markdown.',
    '---',
    '',
  ].join('\n')
}

// Without the noise of floating point: 0.07 × 100 is 7.000000000000001.
function formatShare(share: number): string {
  return `${Number((share * 100).toFixed(6))}%`
}

// JSON's strings are YAML's double-quoted ones.
function quoted(text: string): string {
  return JSON.stringify(text)
}

function scalar(slug: string): string {
  const isPlain = /^\p{L}[\p{L}\p{N}/._-]*$/u.test(slug) && !/^(?:true|false|null|yes|no|on|off|[yn])$/i.test(slug)
  return isPlain ? slug : quoted(slug)
}

function comment(title: string): string {
  const line = cleanLine(title)
  return line === '' ? '' : ` # ${line}`
}
