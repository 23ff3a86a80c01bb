/** The contract of inspecting: what a rule is given, and what it says. */

import type { Edition } from '../edition/edition.ts'
import type { Email } from '../render/email.ts'

/** Where in an email a finding stands. `excerpt` is the piece itself, cut short; null where the whole part is meant. */
export interface FindingPlace {
  readonly part: 'subject' | 'preheader' | 'html' | 'text' | 'settings'
  readonly excerpt: string | null
}

/** What a check says of an email. `message` says what is wrong and why it matters, `help` how to mend it. */
export interface Finding {
  readonly rule: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly place: FindingPlace
  readonly help: string
}

/** What rules know besides the email. */
export interface InspectContext {
  /** What only a sending needs is a warning at build and an error at send. */
  readonly purpose: 'build' | 'send'
  /** The edition that the email was rendered from, to tell a leaked placeholder from a post's own words; null where it is not at hand. */
  readonly edition: Edition | null
  /** `sender` of the configuration. */
  readonly sender: { readonly email: string | null; readonly address: string | null }
  /** Where unsubscribing is served (`links.publicUrl`); null where the configuration does not say. */
  readonly publicUrl: string | null
}

/** One element of the HTML; attribute names are in lower case. */
export interface HtmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

/** An email taken apart once for all rules, merge fields filled with values of the usual length. */
export interface Inspected {
  readonly email: Email
  readonly context: InspectContext
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly elements: readonly HtmlElement[]
  /** The pieces of text a reader sees, entities decoded, in order. */
  readonly visibleTexts: readonly string[]
}

/** One rule. Its name is permanent: configuration and continuous integration refer to it. */
export interface Rule {
  readonly name: string
  /** Everything it has to say of the email: all of it, not the first. */
  readonly inspect: (inspected: Inspected) => readonly Omit<Finding, 'rule'>[]
}
