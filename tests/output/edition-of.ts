/** Built editions for tests. */

import type { Edition } from '../../src/edition/edition.ts'
import type { EditionOutput } from '../../src/output/write-edition.ts'
import { emailOf } from '../message/email-of.ts'

/** A small edition of one post. */
export function editionOf(changes: Partial<Edition> = {}): Edition {
  return {
    version: 1,
    id: '2026-w06',
    file: null,
    window: {
      id: '2026-w06',
      rhythm: 'weekly',
      from: '2026-02-01T23:00:00.000Z',
      to: '2026-02-08T23:00:00.000Z',
      timeZone: 'Europe/Berlin',
      firstDay: '2026-02-02',
      lastDay: '2026-02-08',
    },
    language: 'en',
    direction: 'ltr',
    template: 'weekly',
    subject: 'Tides, lamps and a borrowed boat',
    subjects: null,
    split: null,
    preheader: 'Four stories from the harbour, and how to read a tide table.',
    intro: null,
    sponsor: null,
    items: [
      {
        post: {
          file: 'lamps.md',
          slug: 'lamps',
          language: 'en',
          title: 'Lamps at low water',
          url: 'https://harbour.example/blog/lamps',
          canonical: null,
          publishedAt: { instant: '2026-02-03T23:00:00.000Z', day: '2026-02-04', precision: 'day' },
          updatedAt: null,
          category: 'Light',
          tags: [],
          authors: ['Ada Example'],
          image: null,
          words: 420,
          faq: [],
        },
        summary: { lead: { text: 'A lamp is a promise to a ship.', source: { kind: 'description' } }, points: [] },
        reason: { kind: 'in-window' },
        label: null,
      },
    ],
    dropped: [],
    words: 8,
    ...changes,
  }
}

/** What a build hands over for writing. */
export function outputOf(changes: Partial<EditionOutput> = {}): EditionOutput {
  const edition = changes.edition ?? editionOf()
  return {
    edition,
    email: emailOf({ edition: edition.id }),
    eml: Buffer.from('Subject: Tides\r\n\r\n'),
    sample: { name: 'Ada' },
    site: { url: 'https://harbour.example', assets: null },
    exports: [],
    ...changes,
  }
}
