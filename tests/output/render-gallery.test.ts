import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type GalleryEntry, renderGallery } from '../../src/output/render-gallery.ts'
import { readGalleryEntries } from '../../src/output/write-gallery.ts'
import { emailOf } from '../message/email-of.ts'
import { createTempFolder } from '../temp-folder.ts'
import { editionOf } from './edition-of.ts'

function entryOf(changes: Partial<GalleryEntry> = {}): GalleryEntry {
  return {
    id: '2026-w06',
    subject: 'Tides & lamps',
    preheader: 'Four stories from the harbour.',
    firstDay: '2026-02-02',
    lastDay: '2026-02-08',
    language: 'en',
    direction: 'ltr',
    posts: 4,
    bytes: 41_250,
    ...changes,
  }
}

describe('renderGallery()', () => {
  it('shows subject, dates, number of stories and size of an edition, and links to its files', () => {
    const page = renderGallery([entryOf()])
    expect(page).toContain('<a href="2026-w06/index.html">Tides &amp; lamps</a>')
    expect(page).toContain('February 2 – 8, 2026')
    expect(page).toContain('4 stories')
    expect(page).toContain('41.3 kB')
    for (const file of ['email.txt', 'email.eml', 'edition.json']) expect(page).toContain(`href="2026-w06/${file}"`)
  })

  it('lists the newest edition first, in whatever order they come', () => {
    const entries = [
      entryOf(),
      entryOf({ id: '2026-w07', firstDay: '2026-02-09', lastDay: '2026-02-15' }),
      entryOf({ id: '2026-02', firstDay: '2026-02-01', lastDay: '2026-02-28' }),
    ]
    const order = (page: string) => Array.from(page.matchAll(/href="([^"]+)\/index\.html"/g), match => match[1])
    expect(order(renderGallery(entries))).toEqual(['2026-02', '2026-w07', '2026-w06'])
    expect(renderGallery(entries.toReversed())).toBe(renderGallery(entries))
  })

  it('marks an edition in another language, and escapes what a subject holds', () => {
    const page = renderGallery([entryOf({ subject: '<script>"x"</script>', language: 'fa', direction: 'rtl' })])
    expect(page).toContain('<h2 lang="fa" dir="rtl">')
    expect(page).toContain('&lt;script&gt;&quot;x&quot;&lt;/script&gt;')
    expect(page).not.toContain('<script')
  })

  it('shows both subjects where two are tried', () => {
    expect(renderGallery([entryOf({ second: 'Lamps <b>' })])).toContain('<b>B</b> Lamps &lt;b&gt;</p>')
    expect(renderGallery([entryOf()])).not.toContain('<b>B</b>')
  })

  it('says that Gmail clips an edition, or nearly does', () => {
    expect(renderGallery([entryOf({ bytes: 86_000 })])).toContain('close to Gmail’s limit')
    expect(renderGallery([entryOf({ bytes: 120_000 })])).toContain('clipped by Gmail')
  })

  it('says what to do when there is no edition', () => {
    expect(renderGallery([])).toContain('news-digest build latest')
  })

  it('shows the thumbnail of an edition that has pictures, and is the same page for the others', () => {
    const page = renderGallery([entryOf({ thumbnail: true })])
    expect(page).toContain('<img src="2026-w06/shots/thumbnail.png" alt=""')
    expect(renderGallery([entryOf({ thumbnail: false })])).toBe(renderGallery([entryOf()]))
    expect(renderGallery([entryOf()])).not.toContain('img')
  })

  it('loads nothing from anywhere', () => {
    expect(renderGallery([entryOf()])).not.toMatch(/https?:|src=|@import|url\(/)
  })
})

describe('readGalleryEntries()', () => {
  it('passes over folders that hold no edition, or one of another name, and knows which have a thumbnail', async () => {
    const root = await createTempFolder({
      'assets/a.png': '',
      'broken/edition.json': '{',
      'broken/email.json': JSON.stringify(emailOf()),
      'renamed/edition.json': JSON.stringify(editionOf()),
      'renamed/email.json': JSON.stringify(emailOf()),
      '2026-w04/edition.json': JSON.stringify({ ...editionOf({ id: '2026-w04' }), window: { firstDay: 'x', lastDay: 'y' } }),
      '2026-w04/email.json': JSON.stringify(emailOf()),
      '2026-w06/edition.json': JSON.stringify(editionOf()),
      '2026-w06/email.json': JSON.stringify(emailOf({ html: [{ text: '<p>ü</p>' }] })),
      'index.html': '',
      '2026-w05/edition.json': JSON.stringify(editionOf({ id: '2026-w05' })),
      '2026-w05/email.json': JSON.stringify(emailOf()),
      '2026-w05/shots/thumbnail.png': '',
    })
    await mkdir(join(root, '.news-digest.new.2026-w07.1.0'))
    await writeFile(join(root, 'note.txt'), '')
    const entries = await readGalleryEntries(root)
    expect(entries.find(entry => entry.id === '2026-w05')?.thumbnail).toBe(true)
    expect(entries.filter(entry => entry.id !== '2026-w05')).toEqual([
      {
        id: '2026-w06',
        subject: 'Tides, lamps and a borrowed boat',
        template: 'weekly',
        preheader: 'Four stories from the harbour, and how to read a tide table.',
        firstDay: '2026-02-02',
        lastDay: '2026-02-08',
        language: 'en',
        direction: 'ltr',
        posts: 1,
        bytes: 9,
      },
    ])
  })
})
