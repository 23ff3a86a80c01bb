/**
 * What is known of providers, each fact with the page that says so (read in November 2026). Where a provider publishes no figure, it says so here, and
 * the default is a careful one of ours: configure what your account allows. What their replies mean stands in delivery/replies/preset-replies.ts.
 */

import type { RelayPresetName } from '../config/relay-presets.ts'

/** What is known of one provider. */
export interface RelayPreset {
  readonly name: RelayPresetName
  /** As the provider writes itself. */
  readonly title: string
  /** Its SMTP hosts; null where anybody's host may be one. */
  readonly hosts: RegExp | null
  /** Messages a second; null: no limit of ours. */
  readonly rate: number | null
  /** Connections open at once; null: as many as are configured. */
  readonly connections: number | null
  /** Null: no limit of ours. */
  readonly messagesPerConnection: number | null
  /** Octets of a message, encoded. The relay's own SIZE (RFC 1870) counts first. */
  readonly largestMessage: number | null
  /** Whether it takes no session without TLS. */
  readonly requiresTls: boolean
  /** Headers that it replaces by its own: bounces and logs do not show ours. */
  readonly replacedHeaders: readonly string[]
}

/** Every provider that a relay's `preset` may name. */
export const relayPresets: Readonly<Record<RelayPresetName, RelayPreset>> = {
  /**
   * TLS is required: docs.aws.amazon.com/ses/latest/dg/smtp-connect.html. 40 MB by SMTP; the rate differs by account, 1/s in the sandbox:
   * …/dg/quotas.html. 14/s is what accounts outside the sandbox long began with, and is no longer published. Date and Message-ID are replaced:
   * …/dg/header-fields.html. A connection is closed with 421 "Maximum message count per session reached", after 1,000 as users say
   * (github.com/knadh/listmonk/issues/2683); no figure is published. Its name for a message is the Message-ID that it gives, before the @.
   */
  'amazon-ses': {
    name: 'amazon-ses',
    title: 'Amazon SES',
    hosts: /^email-smtp(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/,
    rate: 14,
    connections: null,
    messagesPerConnection: 500,
    largestMessage: 40_000_000,
    requiresTls: true,
    replacedHeaders: ['Message-ID', 'Date'],
  },
  /**
   * Ten connections: postmarkapp.com/support/article/do-we-have-rate-limits-for-smtp, which names no rate. 10 MB with attachments:
   * postmarkapp.com/developer/api/overview. Newsletters go to smtp-broadcasts, and Message-ID is replaced unless a header `X-PM-KeepID: true` stands
   * beside it: postmarkapp.com/developer/user-guide/send-email-with-smtp.
   */
  postmark: {
    name: 'postmark',
    title: 'Postmark',
    hosts: /^smtp(?:-broadcasts)?\.postmarkapp\.com$/,
    rate: null,
    connections: 10,
    messagesPerConnection: null,
    largestMessage: 10_485_760,
    requiresTls: false,
    replacedHeaders: ['Message-ID'],
  },
  /**
   * 25 MB, and "rate limits in place" without a figure: documentation.mailgun.com/docs/mailgun/user-manual/sending-messages. The number of connections
   * is ours. The reply "Great success" names no message (github.com/mailgun/mailgun-php/issues/922). No page says that it replaces a header.
   */
  mailgun: {
    name: 'mailgun',
    title: 'Mailgun',
    hosts: /^smtp(?:\.eu)?\.mailgun\.org$/,
    rate: null,
    connections: 10,
    messagesPerConnection: null,
    largestMessage: 25_000_000,
    requiresTls: false,
    replacedHeaders: [],
  },
  /**
   * developers.brevo.com/docs/smtp-integration and …/docs/api-limits name limits of the API only, and none of SMTP: the number of connections is ours.
   * Message-ID is replaced, and ours kept in a header of another name: github.com/PHPMailer/PHPMailer/issues/2859.
   */
  brevo: {
    name: 'brevo',
    title: 'Brevo',
    hosts: /^smtp-relay\.(?:brevo|sendinblue)\.com$/,
    rate: null,
    connections: 10,
    messagesPerConnection: null,
    largestMessage: null,
    requiresTls: false,
    replacedHeaders: ['Message-ID'],
  },
  /** Defaults of postconf(5): smtpd_client_connection_count_limit 50, which does not hold for mynetworks; message_size_limit 10,240,000; no rate. */
  postfix: {
    name: 'postfix',
    title: 'Postfix',
    hosts: null,
    rate: null,
    connections: 50,
    messagesPerConnection: null,
    largestMessage: 10_240_000,
    requiresTls: false,
    replacedHeaders: [],
  },
}

/** The provider that a host belongs to; null for any other. */
export function presetOfHost(host: string): RelayPreset | null {
  return Object.values(relayPresets).find(({ hosts }) => hosts?.test(host.toLowerCase()) ?? false) ?? null
}
