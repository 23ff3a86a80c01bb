/** The contract of inspecting: what a rule is given, and what it says. */

import type { Root } from 'postcss'
import type { TemplateSource } from '../config/read-template-file.ts'
import type { Edition } from '../edition/edition.ts'
import type { Place } from '../errors.ts'
import type { Email } from '../render/email.ts'
import type { Appearance, Looks } from './computed-look.ts'
import type { LinkAnswer } from './link-answer.ts'
import type { ParsedMessage } from './parse-message.ts'
import type { PictureFacts } from './picture-facts.ts'

/** The parts of a built edition: its two lines in a list of messages, email.html, email.txt, email.eml, what is configured, and what its editor
 * wrote. */
export type EmailPart = 'subject' | 'preheader' | 'html' | 'text' | 'message' | 'settings' | 'edition'

/** Where in an email a finding stands. */
export interface FindingPlace {
  readonly part: EmailPart
  /** The piece itself, cut short; null where the whole part is meant. */
  readonly excerpt: string | null
  /** Line and column from 1 in email.html, email.txt or email.eml; null where the whole part is meant. */
  readonly line: number | null
  readonly column: number | null
}

/** How much a finding weighs. */
export type Severity = 'error' | 'warning'

/** What a check says of an email. `message` says what is wrong and why it matters, `help` how to mend it. */
export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly message: string
  readonly place: FindingPlace
  /** The file to change: of a post, of the edition, of a template, or the configuration; null where it is not known. */
  readonly origin: Place | null
  readonly help: string
}

/** What a rule says of an email, before the lines are counted and the file is looked for. */
export interface Complaint {
  readonly severity: Severity
  readonly message: string
  readonly help: string
  readonly place: {
    readonly part: EmailPart
    readonly excerpt: string | null
    /** Where in `html` or `text` it stands: an element, or an offset in UTF-16 units. In `edition`, the line of the edition file. */
    readonly at?: HtmlElement | number
    /** The words or the address that are complained of, as they would stand in a post or a template: what the file is looked for by. */
    readonly quote?: string
  }
}

/** Files that an edition was made from, as the user would name them: what origins are looked for in. */
export interface InspectSources {
  /** Folder of the posts, whose `file` is relative to it. */
  readonly content: string
  /** Folder of the edition files. */
  readonly editions: string
  /** The configuration; null when there is none. */
  readonly config: TemplateSource | null
  /** The edition's posts and its edition file, as they are now, as far as they can be read. */
  readonly written: readonly TemplateSource[]
  /** The template and every partial, HTML and text. */
  readonly templates: { readonly html: readonly TemplateSource[]; readonly text: readonly TemplateSource[] }
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
  /** The service that the email is pasted into, where it is: that service answers for unsubscribing. */
  readonly service?: string
  /** The message went over a session with SMTPUTF8, as its recipient's address needs: To may be UTF-8 then (RFC 6532). Default: false. */
  readonly smtputf8?: boolean
  /** The whole message in bytes, as `email.eml` holds it; left out where it is not at hand. */
  readonly eml?: Uint8Array
  /** Pictures that could be looked at, by their address in the email. */
  readonly pictures?: ReadonlyMap<string, PictureFacts>
  /** What the network answered for links and pictures, by address; left out where nobody asked. */
  readonly answers?: ReadonlyMap<string, LinkAnswer>
  /** `checks` of the configuration: what findings of a rule count as. */
  readonly checks?: Readonly<Record<string, 'off' | 'warn' | 'error'>>
  /** `audience` of the configuration: percent by mail program. Left out or empty, the usual shares count. */
  readonly audience?: Readonly<Record<string, number | undefined>>
  /** What origins are looked for in; without it they are null. */
  readonly sources?: InspectSources
}

/** A declaration of a style attribute; property names in lower case, custom ones as they are. */
export interface Declaration {
  readonly property: string
  readonly value: string
  readonly important: boolean
}

/** One element of the HTML; names of elements and attributes are in lower case. Offsets count UTF-16 units of `Inspected.html`. */
export interface HtmlElement {
  readonly kind: 'element'
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** Declarations of the style attribute, in order. */
  readonly style: readonly Declaration[]
  readonly parent: HtmlElement | null
  readonly children: readonly HtmlNode[]
  /** Where its opening tag begins and ends, and where the element ends. */
  readonly start: number
  readonly tagEnd: number
  readonly end: number
}

/** A run of text, entities decoded. Texts of style, script and title are nodes too. */
export interface HtmlText {
  readonly kind: 'text'
  readonly text: string
  readonly parent: HtmlElement | null
  readonly start: number
}

/** A comment without its `<!--` and `-->`. Conditional comments for Outlook are such: `[if mso]>…<![endif]`. */
export interface HtmlComment {
  readonly kind: 'comment'
  readonly text: string
  readonly parent: HtmlElement | null
  readonly start: number
}

/** One node of the HTML. */
export type HtmlNode = HtmlElement | HtmlText | HtmlComment

/** A `<style>` block outside conditional comments. Positions of postcss count from `start`. */
export interface StyleBlock {
  readonly element: HtmlElement
  readonly css: string
  /** Offset of `css` in the HTML. */
  readonly start: number
  /** Without content where the CSS cannot be parsed. */
  readonly root: Root
  /** Why it cannot be parsed; null where it can. */
  readonly problem: { readonly reason: string; readonly offset: number } | null
}

/** A piece of text between two tags, blanks folded. */
export interface VisibleText {
  readonly text: string
  /** Offset of its first letter in the HTML. */
  readonly start: number
}

/** A subject under the name that findings give it: two are tried where the name has a letter. */
export interface NamedSubject {
  readonly name: 'subject' | 'subject A' | 'subject B'
  readonly text: string
}

/** An email taken apart once for all rules, merge fields filled with values of the usual length. */
export interface Inspected {
  readonly email: Email
  readonly context: InspectContext
  /** One, or the two that are tried. HTML and text are those of the first: the other's differ only in the subject and in `utm_content`. */
  readonly subjects: readonly NamedSubject[]
  readonly html: string
  readonly text: string
  /** Top-level nodes of the HTML. */
  readonly nodes: readonly HtmlNode[]
  /** Every element in document order. */
  readonly elements: readonly HtmlElement[]
  readonly styles: readonly StyleBlock[]
  /** How every element looks, by how a mail program may colour the email. */
  readonly looks: Readonly<Record<Appearance, Looks>>
  /** The message of `email.eml`; null where it is not at hand. */
  readonly message: ParsedMessage | null
  /** The pieces of text a reader sees, entities decoded, in order. */
  readonly visibleTexts: readonly VisibleText[]
}

/** What rules on the message alone look at: they judge a message that was sent as they judge a built one. */
export type InspectedMessage = Pick<Inspected, 'email' | 'context' | 'message'>

/** A rule on the message alone; a {@link Rule} like the others. */
export interface MessageRule {
  readonly name: string
  readonly inspect: (inspected: InspectedMessage) => readonly Complaint[]
}

/** One rule. Its name is permanent: configuration and continuous integration refer to it. */
export interface Rule {
  readonly name: string
  /** Everything it has to say of the email: all of it, not the first. */
  readonly inspect: (inspected: Inspected) => readonly Complaint[]
}
