/** The files of an edition, as names and contents. */

import type { Edition } from '../edition/edition.ts'
import type { Email, MergeValues, Segment } from '../render/email.ts'
import { escapeHtml } from '../render/escape-html.ts'
import { joinSegments } from '../render/join-email.ts'
import { showPicturesFrom } from './site-pictures.ts'

/** The email with another service's merge fields, ready to paste: becomes `<service>.html` and `<service>.txt`. */
export interface ServiceExport {
  readonly service: string
  readonly html: string
  readonly text: string
}

/** File name to content. */
export type EditionFiles = ReadonlyMap<string, string | Uint8Array>

/** What a build has made of one edition: everything that its files are made from. */
export interface BuiltEdition {
  readonly edition: Edition
  readonly email: Email
  readonly eml: Uint8Array
  /** The recipient whom index.html is shown to. */
  readonly sample: MergeValues
  readonly exports: readonly ServiceExport[]
}

/** All files besides the pictures. `copies` says where index.html finds pictures of the site (address → relative link). */
export function editionFiles(built: BuiltEdition, copies: ReadonlyMap<string, string>): EditionFiles {
  const { edition, email, eml, sample, exports } = built
  return new Map<string, string | Uint8Array>([
    ['index.html', withBothSubjects(showPicturesFrom(joinSegments(email.html, sample), copies), edition)],
    ['email.html', nameMergeFields(email.html)],
    ['email.txt', nameMergeFields(email.text)],
    ['email.json', json(email)],
    ['email.eml', eml],
    ['edition.json', json(edition)],
    ...exports.flatMap(each => [[`${each.service}.html`, each.html] as const, [`${each.service}.txt`, each.text] as const]),
  ])
}

// index.html is variant A; whoever opens it sees in the title that there are two.
function withBothSubjects(html: string, { subjects }: Edition): string {
  if (subjects === null) return html
  const title = subjects.map((subject, index) => `${'AB'.charAt(index)}: ${subject}`).join(' · ')
  return html.replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(title)}</title>`)
}

/** Merge fields left open and named, `{{unsubscribeUrl}}`: email.html and email.txt, in which the lines of findings are counted. */
export function nameMergeFields(segments: readonly Segment[]): string {
  return segments.map(segment => ('text' in segment ? segment.text : `{{${segment.merge}}}`)).join('')
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
