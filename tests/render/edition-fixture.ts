/** An invented publication and its editions in three languages, for the tests of rendering. */

import { resolve } from 'node:path'
import type { Config } from '../../src/config/config.ts'
import { configSchema } from '../../src/config/schema.ts'
import type { Edition, EditionPost, Item } from '../../src/edition/edition.ts'
import { directionOf } from '../../src/locale/direction.ts'

/** The configuration of the invented publication; `changes` are top-level sections as the file would write them. */
export function configOf(changes: Record<string, unknown> = {}): Config {
  const file = configSchema.parse({
    site: { name: 'The Tidewater Letter', url: 'https://tidewater.example', language: 'en', timeZone: 'Europe/Lisbon' },
    brand: { logo: { src: '/logo.png', dark: '/logo-dark.png', width: 140 } },
    sender: { address: 'Tidewater Press\nPier 4\n8000-076 Faro\nPortugal' },
    ...changes,
  })
  const root = resolve('/srv/tidewater')
  return {
    ...file,
    site: { ...file.site, url: file.site.url ?? 'https://tidewater.example' },
    paths: {
      displayRoot: root,
      root,
      config: null,
      content: `${root}/content`,
      editions: `${root}/editions`,
      assets: null,
      templates: `${root}/templates`,
      out: `${root}/out`,
      cache: `${root}/.cache`,
      ledger: `${root}/data/news-digest.db`,
    },
  }
}

/** A post of the invented publication. */
export function postOf(changes: Partial<EditionPost> = {}): EditionPost {
  const slug = changes.slug ?? 'salt-clock'
  return {
    file: `${slug}.md`,
    slug,
    language: 'en',
    title: 'How the salt clock keeps time',
    url: `https://tidewater.example/blog/${slug}`,
    canonical: null,
    publishedAt: { instant: '2026-02-03T00:00:00.000Z', day: '2026-02-03', precision: 'day' },
    updatedAt: null,
    category: 'Harbour',
    tags: ['tides'],
    authors: ['Inês Prado'],
    image: { src: 'https://tidewater.example/pictures/salt-clock.png', alt: '' },
    words: 900,
    faq: [
      { question: 'Does it stop at neap tide?', answer: 'It slows by four minutes a day and catches up by itself.' },
      { question: 'Who winds it?', answer: 'Nobody: the basin fills twice a day.' },
    ],
    ...changes,
  }
}

/** An item with a lead and one key point. */
export function itemOf(changes: Partial<EditionPost> = {}, item: Partial<Item> = {}): Item {
  return {
    post: postOf(changes),
    summary: {
      lead: { text: 'A basin, a float and a bell have told the hours on Pier 4 since 1911.', source: { kind: 'description' } },
      points: [{ text: 'It slows by four minutes a day and catches up by itself.', question: null, source: { kind: 'faq', index: 0 } }],
    },
    reason: { kind: 'in-window' },
    label: null,
    ...item,
  }
}

/** An edition of one week. */
export function editionOf(changes: Partial<Edition> = {}): Edition {
  const language = changes.language ?? 'en'
  return {
    version: 1,
    id: '2026-w06',
    file: null,
    window: {
      id: '2026-w06',
      rhythm: 'weekly',
      from: '2026-02-02T00:00:00.000Z',
      to: '2026-02-09T00:00:00.000Z',
      timeZone: 'Europe/Lisbon',
      firstDay: '2026-02-02',
      lastDay: '2026-02-08',
    },
    language,
    direction: directionOf(language),
    template: 'weekly',
    subject: 'How the salt clock keeps time',
    subjects: null,
    split: null,
    preheader: 'Also: ropes that remember, the ferry that came early',
    intro: null,
    sponsor: null,
    items: [itemOf(), itemOf({ slug: 'rope', title: 'Ropes that remember', image: null, category: null })],
    dropped: [],
    words: 120,
    ...changes,
  }
}
