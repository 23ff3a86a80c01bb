/**
 * The contract between the preview's server and its page: types, and the addresses of what the server answers. Imports nothing that runs, so that both
 * sides read the same file.
 *
 *     GET  /api/state                  PreviewState
 *     GET  /api/editions/:key          EditionAnswer   ?template= &recipient= &variant=
 *     GET  /frame/:key                 the email, one HTML document   ?template= &recipient= &variant= &simulation= &remote=1
 *     GET  /assets/<path>              a picture of the site, out of content.assets
 *     GET  /events                     Server-Sent Events: `change` with a PreviewChange, at once and whenever something has changed
 *     POST /api/test-send              TestSendRequestBody → TestSendAnswer; needs the header `requestHeader`
 *
 * An answer that is no success has the body of `Refusal`. Whatever the server shows was made for one revision of the files; a higher one replaces it.
 *
 * The frame is loaded into `<iframe sandbox="allow-same-origin">`. Without `allow-scripts` nothing in it runs, whatever a post holds, and its own
 * Content-Security-Policy says the same a second time (`script-src 'none'`, and `sandbox` for somebody who opens its address in a tab). `allow-same-origin`
 * only lets the page's own script reach into the frame's document: to scroll it, to outline a finding's place, to keep the scroll position. It is
 * dangerous only together with `allow-scripts`, which must never be added. How a finding's place is found in the frame: see `placeAttribute`.
 */

import type { Edition } from '../../edition/edition.ts'
import type { ErrorCode, Problem } from '../../errors.ts'
import type { Finding } from '../../inspect/finding.ts'
import type { WeightReport } from '../../inspect/weigh-email.ts'

/** Every POST has this header with this value: a form or a plain request of another site cannot have one. */
export const requestHeader = { name: 'x-news-digest', value: 'preview' } as const

/** The value of the frame's sandbox attribute. */
export const frameSandbox = 'allow-same-origin'

/**
 * Attribute of every element in the frame: where its tag begins in `EditionView.html`, in UTF-16 units (`data-at="1375"`). `EditionView.places` says at
 * which of them each finding stands; a simulation may have dropped the element. The frame is there before the findings are: it does not wait for them.
 */
export const placeAttribute = 'data-at'

/**
 * Name of a `<meta>` in the head of a simulated frame. Its content is a JSON list of plain sentences: what the simulation has changed, the most visible
 * first (`Simulated.changes`). It travels with the document, so that what is told and what is shown are always of one revision.
 */
export const changesMeta = 'news-digest-simulation-changes'

/** A problem of the user's files, or (`bug`) something that broke in the preview itself: that is shown likewise, and the server lives on. */
export type PreviewProblem = Omit<Problem, 'code'> & { readonly code: ErrorCode | 'bug' }

/**
 * Names an edition in addresses. The edition as its content is now: its id (`2026-w09`). The one that a build has written: `built:` and its id.
 */
export type EditionKey = string

/** All that the page has to know before an edition is opened. */
export interface PreviewState {
  /** Counts up whenever a file has changed that the preview shows something of. */
  readonly revision: number
  readonly publication: { readonly name: string; readonly url: string; readonly language: string }
  /** Newest first; the edition to open is the one that is `next`, else the first. Empty: there is nothing to show yet. */
  readonly editions: readonly EditionEntry[]
  /** The looks that an edition may be shown in. */
  readonly templates: readonly string[]
  /** The look of an edition that names none. */
  readonly defaultTemplate: string
  /** Mail programs that can be simulated; without one the email is shown as it is. */
  readonly simulations: readonly SimulationEntry[]
  /** Invented people whose values fill the merge fields; the first is meant where none is named. */
  readonly recipients: readonly SampleRecipient[]
  /** What has to be mended before the publication can be read again: shown over the last good state. Empty: all is well. */
  readonly problems: readonly PreviewProblem[]
  readonly relay: RelayView
}

/** The relay that a test message goes to: the first that the configuration lists, else SMTP_URL, as it was when the preview was started. */
export type RelayView =
  | { readonly kind: 'none' }
  /** `name` is without user and password: `smtp.example.com, port 587, TLS required`. */
  | { readonly kind: 'usable'; readonly name: string }
  /** The problems repeat no part of it: any may be a piece of a password. */
  | { readonly kind: 'unusable'; readonly problems: readonly Problem[] }

/** One edition to choose. */
export interface EditionEntry {
  readonly key: EditionKey
  /** The edition's id, such as `2026-w09`: one that is built and can be made anew from content has two entries. */
  readonly id: string
  /** `built`: as it stands in out/. `planned`: from content, with an edition file. `live`: from content alone. */
  readonly kind: 'built' | 'planned' | 'live'
  /** The newest window with something to send, which `news-digest build latest` would build. */
  readonly next: boolean
  /** Set by the editor, or as built; null where it is proposed only when the edition is made. */
  readonly subject: string | null
  /** The look that its edition file names, or that it was built with; null where the configuration says. */
  readonly template: string | null
  readonly firstDay: string
  readonly lastDay: string
  readonly status: 'draft' | 'sent' | null
  /** What /api/editions and /frame take for "the edition before this one"; null when there is none in the list. */
  readonly previous: EditionKey | null
}

/** A mail program, as a list shows it. */
export interface SimulationEntry {
  readonly id: string
  readonly name: string
  readonly describes: string
  /** What surrounds the email. */
  readonly scheme: 'light' | 'dark'
}

/** An invented recipient. */
export interface SampleRecipient {
  readonly id: string
  /** For a list: `Somebody with a long name`. */
  readonly label: string
  /** What stands in the merge field `name`; empty where nobody knows it. */
  readonly name: string
  readonly email: string
}

/** What became of opening an edition. */
export type EditionAnswer = EditionView | EmptyEdition | BrokenEdition

/** An edition, finished. */
export interface EditionView {
  readonly kind: 'edition'
  readonly key: EditionKey
  /** The revision that was asked for. */
  readonly revision: number
  /** Problems that keep the newest revision from being shown; then everything else here is of the last revision that was good. Empty: all is new. */
  readonly errors: readonly PreviewProblem[]
  /** Problems that did not keep it from being made; an error is something that the edition lacks, and is among the findings, too. */
  readonly warnings: readonly PreviewProblem[]
  /** The edition's data, as edition.json has them. */
  readonly edition: Edition
  /** As this recipient reads it. */
  readonly subject: string
  /** Where two subjects are tried: which of them everything here is of, and both as this recipient reads them; null where one is not. */
  readonly trial: { readonly variant: 'A' | 'B'; readonly subjects: readonly [string, string] } | null
  readonly preheader: string
  /** UTF-8 bytes of the HTML, and slugs of items that became one line so that it fits. */
  readonly bytes: number
  readonly shortened: readonly string[]
  /** Of variant A they speak of both subjects, of variant B of its own. */
  readonly findings: readonly Finding[]
  /** For each finding, the value of `placeAttribute` at the element it stands at; null where it stands at none. */
  readonly places: readonly (number | null)[]
  readonly weight: WeightReport
  /** Null of a built edition: why is not written down there. */
  readonly selection: SelectionView | null
  /** As email.html and email.txt have them, merge fields named (`{{name}}`): lines of findings count here. */
  readonly html: string
  readonly text: string
  /** The message to this recipient, as bytes read as UTF-8. */
  readonly message: { readonly headers: readonly MessageHeader[]; readonly source: string }
}

/** A window with nothing to send, and why. */
export interface EmptyEdition {
  readonly kind: 'nothing-to-send'
  readonly key: EditionKey
  readonly revision: number
  readonly errors: readonly PreviewProblem[]
  readonly warnings: readonly PreviewProblem[]
  readonly firstDay: string
  readonly lastDay: string
  readonly selection: SelectionView
  /** The newest edition that has something, if any. */
  readonly newest: EditionKey | null
}

/** An edition of which no good state is known. */
export interface BrokenEdition {
  readonly kind: 'broken'
  readonly key: EditionKey
  readonly revision: number
  /** At least one. */
  readonly errors: readonly PreviewProblem[]
}

/** One header of the message, unfolded and decoded. */
export interface MessageHeader {
  readonly name: string
  readonly value: string
}

/** What became of the posts: the picks in the edition's order, then the others by date, newest first. */
export interface SelectionView {
  readonly rows: readonly SelectionRow[]
  /** How many more posts lie further from the window than those in `rows`, and were left out for their date. */
  readonly more: number
}

/** What became of one post; `reason` is in a few plain words. */
export interface SelectionRow {
  readonly slug: string
  readonly title: string
  readonly file: string
  readonly language: string
  /** Calendar day of publishing. */
  readonly day: string
  readonly decision: 'picked' | 'left-out'
  readonly reason: string
  /** `in-window`, `not-featured`, …: for sorting and colours. */
  readonly kind: string
}

/** The event `change` of /events. */
export interface PreviewChange {
  readonly revision: number
  /** Files that have changed since the last event, as the user would name them; empty in the first event. */
  readonly files: readonly string[]
}

/** Body of POST /api/test-send. */
export interface TestSendRequestBody {
  readonly edition: EditionKey
  readonly template: string | null
  /** One address each. */
  readonly addresses: readonly string[]
}

/**
 * What became of a test; one result for each message: one to each address, or A and B where two subjects are tried (`variant`).
 * A `Refusal` says why nothing was sent at all.
 */
export interface TestSendAnswer {
  readonly subject: string
  readonly from: string
  readonly relay: string
  readonly results: readonly {
    readonly address: string
    readonly variant: 'A' | 'B' | null
    readonly accepted: boolean
    readonly says: string
  }[]
}

/** Body of every answer that is no success. */
export interface Refusal {
  readonly problems: readonly PreviewProblem[]
}

/** What an edition is shown with; whatever is left out is the server's choice. */
export interface EditionQuery {
  readonly template?: string | null
  readonly recipient?: string | null
  /** `B`: the second subject, where two are tried. Default: the first. */
  readonly variant?: string | null
}

/** What the email is shown with. */
export interface FrameQuery extends EditionQuery {
  readonly simulation?: string | null
  /** True loads pictures from elsewhere. */
  readonly remote?: boolean
  /** Only to load the frame again: the server shows the newest revision whatever this says. */
  readonly revision?: number
}

/** Addresses of the server, from its root. */
export const addresses = {
  state: '/api/state',
  events: '/events',
  testSend: '/api/test-send',
  edition: (key: EditionKey, { template, recipient, variant }: EditionQuery = {}) =>
    `/api/editions/${encodeURIComponent(key)}${query({ template, recipient, variant })}`,
  frame: (key: EditionKey, { template, recipient, variant, simulation, remote, revision }: FrameQuery = {}) =>
    `/frame/${encodeURIComponent(key)}${query({ template, recipient, variant, simulation, remote: remote ? '1' : null, revision: revision?.toString() })}`,
} as const

function query(fields: Readonly<Record<string, string | null | undefined>>): string {
  const given = Object.entries(fields).filter((field): field is [string, string] => typeof field[1] === 'string')
  const text = given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  return text === '' ? '' : `?${text}`
}
