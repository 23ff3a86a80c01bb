import { describe, expect, test } from 'vitest'
import type { FullPost } from '../../src/content/post.ts'
import { applyEditionFile } from '../../src/edition/apply-edition-file.ts'
import { assembleEdition } from '../../src/edition/assemble-edition.ts'
import type { EditionFile } from '../../src/edition/edition.ts'
import { lostPicksOf } from '../../src/edition/lost-picks.ts'
import { selectPosts } from '../../src/selection/select-posts.ts'
import type { PastEdition, SelectionRules } from '../../src/selection/selection.ts'
import type { Summary } from '../../src/summary/summary.ts'
import { rulesOf, sentEdition, windowOf } from '../selection/post-of.ts'
import { englishMessages, fileOf, fullPostOf, itemsOf } from './file-of.ts'

interface Given {
  readonly file?: EditionFile | null
  readonly language?: string
  readonly rules?: Partial<SelectionRules>
  readonly past?: readonly PastEdition[]
  readonly summarize?: (posts: readonly FullPost[]) => readonly Summary[]
}

function assemble(
  posts: readonly FullPost[],
  { file = null, language = 'en', rules = {}, past = [], summarize = byDescription }: Given = {},
) {
  const now = '2026-02-20T00:00:00.000Z'
  const byRules = selectPosts(posts, { window: windowOf('2026-w06'), rules: rulesOf({ language, ...rules }), past, now })
  const { selection, problems } = applyEditionFile({ selection: byRules, file, posts, language, now })
  const lost = lostPicksOf(problems)
  return assembleEdition({ selection, language, template: 'weekly', file, lost, posts, summarize, messages: englishMessages() })
}

function byDescription(posts: readonly FullPost[]): readonly Summary[] {
  return posts.map(({ description }) => ({
    lead: description === null ? null : { text: description, source: { kind: 'description' } },
    points: [{ text: 'Boil the rope first.', source: { kind: 'faq', index: 0 }, question: 'Boil it?' }],
  }))
}

const tides = fullPostOf({ slug: 'tides', title: 'Reading tides', on: '2026-02-05', description: 'The moon pulls.' })
const lamps = fullPostOf({ slug: 'lamps', title: 'Lamps at low water', on: '2026-02-04', description: 'A lamp is a promise.' })

describe('assembleEdition()', () => {
  test('makes an edition of the picks in their order, with a proposed subject and preheader', () => {
    const edition = assemble([lamps, tides])
    expect(edition).toMatchObject({
      version: 1,
      id: '2026-w06',
      window: windowOf('2026-w06'),
      language: 'en',
      direction: 'ltr',
      template: 'weekly',
      subject: 'Reading tides, and 1 more story',
      preheader: 'The moon pulls. Also: Lamps at low water',
      intro: null,
      sponsor: null,
      dropped: [],
    })
    expect(edition.items.map(({ post }) => post.slug)).toEqual(['tides', 'lamps'])
    expect(edition.items[0]).toMatchObject({ reason: { kind: 'in-window' }, label: null, summary: { lead: { text: 'The moon pulls.' } } })
  })

  test('remembers the picks of a draft that could not be followed, and no others', () => {
    const file = fileOf({ items: itemsOf('tides', 'gone') })
    expect(assemble([tides], { file }).lost).toEqual([
      { line: 6, message: 'the pick "gone" is not among the posts', hint: expect.stringContaining('out') },
    ])
    expect(assemble([tides], { file: { ...file, status: 'sent' } })).not.toHaveProperty('lost')
    expect(assemble([tides])).not.toHaveProperty('lost')
  })

  test('counts the words of all leads and points', () => {
    expect(assemble([lamps, tides]).words).toBe(3 + 5 + 4 + 4)
  })

  test('is plain JSON and nothing of a post that no template needs', () => {
    const edition = assemble([lamps])
    expect(JSON.parse(JSON.stringify(edition))).toEqual(edition)
    expect(edition.items[0]?.post).not.toHaveProperty('body')
  })

  test('puts the editor’s words over its own', () => {
    const sponsor = { name: 'Rope Ltd', url: 'https://rope.example/', text: '', image: null }
    const items = itemsOf('lamps', {
      slug: 'tides',
      title: 'The moon and we',
      lead: 'My own lead.',
      image: { src: 'https://harbour.example/moon.png', alt: 'Moon' },
    })
    const file = fileOf({ subject: 'Hello', preheader: 'Dear you', intro: 'It *rained*.', sponsor, items })
    const edition = assemble([lamps, tides], { file })
    expect(edition).toMatchObject({ subject: 'Hello', preheader: 'Dear you', intro: 'It *rained*.', sponsor })
    expect(edition.items.map(({ post }) => post.title)).toEqual(['Lamps at low water', 'The moon and we'])
    expect(edition.items[1]).toMatchObject({
      post: { image: { src: 'https://harbour.example/moon.png', alt: 'Moon' } },
      summary: { lead: { text: 'My own lead.', source: { kind: 'editor' } }, points: [{ text: 'Boil the rope first.' }] },
    })
  })

  test('takes the first of two subjects to try as its own', () => {
    const file = fileOf({ subjects: ['Hello', 'Good morning'], split: 0.2 })
    expect(assemble([lamps], { file })).toMatchObject({ subject: 'Hello', subjects: ['Hello', 'Good morning'], split: 0.2 })
    expect(assemble([lamps])).toMatchObject({ subjects: null, split: null })
  })

  test('tells the summarizer the order and the titles as they will stand', () => {
    const seen: string[] = []
    const summarize = (posts: readonly FullPost[]) => {
      seen.push(...posts.map(post => post.title))
      return byDescription(posts)
    }
    assemble([lamps, tides], { file: fileOf({ items: itemsOf('lamps', { slug: 'tides', title: 'Moon' }) }), summarize })
    expect(seen).toEqual(['Lamps at low water', 'Moon'])
  })

  test('labels a post that came back after a change', () => {
    const back = fullPostOf({ slug: 'back', on: '2026-01-10', updated: '2026-02-04' })
    const edition = assemble([back], { rules: { by: 'updatedAt' }, past: [sentEdition('2026-w02', ['back'])] })
    expect(edition.items[0]).toMatchObject({ label: 'updated', reason: { kind: 'updated', ranIn: '2026-w02' } })
  })

  test('keeps the slugs that the editor took out', () => {
    expect(assemble([lamps, tides], { file: fileOf({ items: itemsOf('tides') }) }).dropped).toEqual(['lamps'])
  })

  test('runs from right to left in Persian', () => {
    expect(assemble([fullPostOf({ language: 'fa' })], { language: 'fa' })).toMatchObject({ language: 'fa', direction: 'rtl' })
  })

  test('is the same for the same input', () => {
    expect(JSON.stringify(assemble([lamps, tides]))).toBe(JSON.stringify(assemble([tides, lamps])))
  })
})
