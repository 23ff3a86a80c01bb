/** The same email with another service's merge fields, to paste there. */

import type { Email, MergeFieldName, Segment } from './email.ts'
import { escapeFor } from './join-email.ts'

/** Services that `build --for` knows. */
export const services = ['mailchimp', 'brevo', 'listmonk', 'buttondown'] as const

/** A service that `build --for` knows. */
export type Service = (typeof services)[number]

/** An email in a service's own syntax. */
export interface ExportedEmail {
  readonly html: string
  readonly text: string
  readonly subject: string
}

/** How a service writes a value, and what begins its syntax. */
interface Dialect {
  readonly fields: Readonly<Record<MergeFieldName, string>>
  /** The value, or the fallback where a recipient has none. */
  readonly orElse: (field: string, fallback: string) => string
  /** Each character that would begin the service's syntax together with what follows it. */
  readonly opening: RegExp
}

const braces = /\{(?=[{%#]|$)/g

/** The inside of `{{ … }}`. */
function nameIn(field: string): string {
  return field.slice(2, -2).trim()
}

const dialects: Readonly<Record<Service, Dialect>> = {
  /**
   * https://mailchimp.com/help/all-the-merge-tags-cheat-sheet/ (UNSUB, UPDATE_PROFILE and ARCHIVE are addresses),
   * https://mailchimp.com/help/use-conditional-merge-tag-blocks/
   */
  mailchimp: {
    fields: {
      name: '*|FNAME|*',
      email: '*|EMAIL|*',
      unsubscribeUrl: '*|UNSUB|*',
      preferencesUrl: '*|UPDATE_PROFILE|*',
      viewUrl: '*|ARCHIVE|*',
    },
    orElse: (field, fallback) => `*|IF:${field.slice(2, -2)}|*${field}*|ELSE:|*${fallback}*|END:IF|*`,
    opening: /\*(?=\||$)/g,
  },
  /**
   * https://help.brevo.com/hc/en-us/articles/4402386448530 (variables; unsubscribe, update_profile and mirror are addresses),
   * https://help.brevo.com/hc/en-us/articles/360001030599 (if statements)
   */
  brevo: {
    fields: {
      name: '{{ contact.FIRSTNAME }}',
      email: '{{ contact.EMAIL }}',
      unsubscribeUrl: '{{ unsubscribe }}',
      preferencesUrl: '{{ update_profile }}',
      viewUrl: '{{ mirror }}',
    },
    orElse: (field, fallback) => `{% if ${nameIn(field)} %}${field}{% else %}${fallback}{% endif %}`,
    opening: braces,
  },
  /** https://listmonk.app/docs/templating/ (Go templates) */
  listmonk: {
    fields: {
      name: '{{ .Subscriber.FirstName }}',
      email: '{{ .Subscriber.Email }}',
      unsubscribeUrl: '{{ UnsubscribeURL }}',
      preferencesUrl: '{{ UnsubscribeURL }}?manage=true',
      viewUrl: '{{ MessageURL }}',
    },
    orElse: (field, fallback) => `{{ if ${nameIn(field)} }}${field}{{ else }}${fallback}{{ end }}`,
    opening: braces,
  },
  /**
   * https://docs.buttondown.com/template-variables (variables), https://docs.buttondown.com/using-templating (Django's syntax). The name is the metadata
   * field `first_name`.
   */
  buttondown: {
    fields: {
      name: '{{ subscriber.metadata.first_name }}',
      email: '{{ subscriber.email }}',
      unsubscribeUrl: '{{ unsubscribe_url }}',
      preferencesUrl: '{{ manage_subscription_url }}',
      viewUrl: '{{ email_url }}',
    },
    orElse: (field, fallback) => `{% if ${nameIn(field)} %}${field}{% else %}${fallback}{% endif %}`,
    opening: braces,
  },
}

/**
 * Writes an email for a service. What stands in posts and looks like the service's syntax stays text: in HTML its first character becomes a character
 * reference, in the text part and the subject an invisible word joiner (U+2060) breaks it.
 */
export function exportFor(service: Service, email: Email): ExportedEmail {
  const dialect = dialects[service]
  return {
    html: write(email.html, dialect, text => harmlessHtml(text, dialect)),
    text: write(email.text, dialect, text => harmlessText(text, dialect)),
    subject: write(email.subject, dialect, text => harmlessText(text, dialect)),
  }
}

function write(segments: readonly Segment[], dialect: Dialect, harmless: (text: string) => string): string {
  return segments
    .map(segment => {
      if ('text' in segment) return harmless(segment.text)
      const field = dialect.fields[segment.merge]
      const fallback = harmless(escapeFor(segment.context, segment.fallback))
      return fallback === '' ? field : dialect.orElse(field, fallback)
    })
    .join('')
}

function harmlessText(text: string, dialect: Dialect): string {
  return text.replace(dialect.opening, '$&\u2060')
}

// Character references mean nothing in a style sheet; there a blank between two braces changes nothing.
function harmlessHtml(html: string, dialect: Dialect): string {
  return html
    .split(/(<style\b[\s\S]*?<\/style>)/i)
    .map((piece, index) => (index % 2 === 1 ? piece.replace(dialect.opening, '$& ') : piece.replace(dialect.opening, characterReference)))
    .join('')
}

function characterReference(character: string): string {
  return `&#${character.charCodeAt(0)};`
}
