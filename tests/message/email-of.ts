/** Emails for tests, from the segments alone. */

import { createHash } from 'node:crypto'
import type { Email, Segment } from '../../src/render/email.ts'

/** Segments of an email; what is left out is a plain stand-in. */
export interface EmailParts {
  readonly subject?: readonly Segment[]
  readonly preheader?: string
  readonly html?: readonly Segment[]
  readonly text?: readonly Segment[]
  readonly edition?: string
}

/** A rendered email with right hashes. */
export function emailOf(parts: EmailParts = {}): Email {
  const subject = parts.subject ?? [{ text: 'Tides, lamps and a borrowed boat' }]
  const html = parts.html ?? [{ text: '<p>Good morning.</p>' }]
  const text = parts.text ?? [{ text: 'Good morning.\n' }]
  const hashes = { subject: hash(subject), html: hash(html), text: hash(text) }
  return {
    version: 1,
    edition: parts.edition ?? '2026-w06',
    language: 'en',
    direction: 'ltr',
    date: '2026-02-08T23:00:00.000Z',
    subject,
    preheader: parts.preheader ?? 'Four stories from the harbour, and how to read a tide table.',
    html,
    text,
    hashes: { ...hashes, content: hash(hashes) },
  }
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
