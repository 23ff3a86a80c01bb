import { describe, expect, test } from 'vitest'
import type { Post } from '../../src/content/post.ts'
import { applyEditionFile } from '../../src/edition/apply-edition-file.ts'
import type { EditionFile } from '../../src/edition/edition.ts'
import { selectPosts } from '../../src/selection/select-posts.ts'
import { pickedSlugs, postOf, reasonOf, rulesOf, sentEdition, windowOf } from '../selection/post-of.ts'
import { fileOf, itemsOf } from './file-of.ts'

const now = '2026-02-20T00:00:00.000Z'

function apply(posts: readonly Post[], file: EditionFile | null, given: Partial<Parameters<typeof selectPosts>[1]> = {}) {
  const selection = selectPosts(posts, { window: windowOf('2026-w06'), rules: rulesOf(), past: [], now, ...given })
  return applyEditionFile({ selection, file, posts, language: 'en', now })
}

const tides = postOf({ slug: 'tides', on: '2026-02-05' })
const lamps = postOf({ slug: 'lamps', on: '2026-02-04' })
const ropes = postOf({ slug: 'ropes', on: '2025-11-04', featured: false })

describe('applyEditionFile()', () => {
  test('leaves the rules’ choice alone without a file, and with one that names no items', () => {
    for (const file of [null, fileOf({ subject: 'Hello' })]) {
      const { selection, problems } = apply([tides, lamps], file)
      expect(pickedSlugs(selection)).toEqual(['tides', 'lamps'])
      expect(problems).toEqual([])
    }
  })

  test('follows the editor’s order, drops and additions, and says whose decision it was', () => {
    const { selection, problems } = apply(
      [tides, lamps, ropes, postOf({ slug: 'nets' })],
      fileOf({ items: itemsOf('lamps', 'ropes', 'tides') }),
    )
    expect(problems).toEqual([])
    expect(pickedSlugs(selection)).toEqual(['lamps', 'ropes', 'tides'])
    expect(reasonOf(selection, 'lamps')).toEqual({ kind: 'in-window' })
    expect(reasonOf(selection, 'ropes')).toEqual({ kind: 'editor' })
    expect(selection.decisions.find(({ post }) => post.slug === 'nets')).toMatchObject({ decision: 'left-out', reason: { kind: 'editor' } })
    expect(selection.tooFew).toBe(false)
  })

  test('lets the editor send fewer posts than the rules ask for, but not none', () => {
    expect(apply([tides], fileOf({ items: itemsOf('tides') }), { rules: rulesOf({ min: 3 }) }).selection.tooFew).toBe(false)
    expect(apply([tides], fileOf({ items: [] })).selection.tooFew).toBe(true)
  })

  test('takes dropped posts out of the rules’ choice', () => {
    const { selection } = apply([tides, lamps], fileOf({ dropped: ['tides'] }))
    expect(pickedSlugs(selection)).toEqual(['lamps'])
    expect(reasonOf(selection, 'tides')).toEqual({ kind: 'editor' })
  })

  test('keeps saying that a post was updated when the editor keeps it', () => {
    const back = postOf({ slug: 'back', on: '2026-01-10', updated: '2026-02-04' })
    const past = [sentEdition('2026-w02', ['back'])]
    const { selection } = apply([back], fileOf({ items: itemsOf('back') }), { rules: rulesOf({ by: 'updatedAt' }), past })
    expect(reasonOf(selection, 'back')).toEqual({ kind: 'updated', ranIn: '2026-w02' })
  })

  test('says with file and line when a pick no longer exists, proposes the nearest, and goes on with the others', () => {
    const { selection, problems } = apply([tides, lamps], fileOf({ items: itemsOf('tide', 'lamps', 'gone-for-good') }))
    expect(pickedSlugs(selection)).toEqual(['lamps'])
    expect(problems).toMatchObject([
      {
        code: 'edition-pick-missing',
        severity: 'error',
        place: { file: 'content/editions/2026-w06.md', line: 5 },
        hint: expect.stringContaining('"tides"'),
      },
      { code: 'edition-pick-missing', place: { line: 7 }, hint: expect.stringContaining('Take the line out') },
    ])
  })

  test('only warns of it in an edition that is sent: its archive must still build', () => {
    const sent = fileOf({ status: 'sent', items: itemsOf('lamps', 'gone') })
    expect(apply([lamps], sent).problems).toMatchObject([{ code: 'edition-pick-missing', severity: 'warning' }])
  })

  test('finds a post that was renamed, by alias or canonical URL', () => {
    const renamed = postOf({ slug: 'new-name', aliases: ['/blog/old-name'], on: '2025-01-01' })
    const moved = postOf({ slug: 'moved', canonical: 'https://elsewhere.example/a', on: '2025-01-01' })
    const items = itemsOf('old-name', { slug: 'before', canonical: 'https://elsewhere.example/a' })
    expect(pickedSlugs(apply([renamed, moved], fileOf({ items })).selection)).toEqual(['new-name', 'moved'])
  })

  test('takes the translation in the edition’s language, and another where there is none', () => {
    const german = postOf({ slug: 'tides', language: 'de', file: 'de/tides.md' })
    const onlyGerman = postOf({ slug: 'nets', language: 'de', file: 'de/nets.md' })
    const { selection } = apply([german, tides, onlyGerman], fileOf({ items: itemsOf('tides', 'nets') }))
    expect(selection.picks.map(({ post }) => post.file)).toEqual(['tides.md', 'de/nets.md'])
  })

  test('runs a pick that stands there twice once, and says so', () => {
    const { selection, problems } = apply([tides], fileOf({ items: itemsOf('tides', 'tides') }))
    expect(pickedSlugs(selection)).toEqual(['tides'])
    expect(problems).toMatchObject([{ severity: 'warning', place: { line: 6 } }])
  })

  test('does not send readers to a draft, but to an unlisted post if the editor wants it', () => {
    const posts = [postOf({ slug: 'draft', hidden: 'draft' }), postOf({ slug: 'unlisted', hidden: 'unlisted' })]
    const { selection, problems } = apply(posts, fileOf({ items: itemsOf('draft', 'unlisted') }))
    expect(pickedSlugs(selection)).toEqual(['unlisted'])
    expect(problems).toMatchObject([{ code: 'edition-pick-hidden', severity: 'error', place: { line: 5 } }])
  })

  test('leaves out a pick that is dated in the future: an error in a draft, a warning in a sent edition', () => {
    const items = itemsOf('soon', 'tides')
    for (const [status, severity] of [
      ['draft', 'error'],
      ['sent', 'warning'],
    ] as const) {
      const { selection, problems } = apply([postOf({ slug: 'soon', on: '2026-03-01' }), tides], fileOf({ status, items }))
      expect(pickedSlugs(selection)).toEqual(['tides'])
      expect(problems).toMatchObject([{ code: 'edition-pick-hidden', severity, message: expect.stringContaining('2026-03-01') }])
    }
  })

  test('does not change the selection it was given', () => {
    const selection = selectPosts([tides, lamps], { window: windowOf('2026-w06'), rules: rulesOf(), past: [], now })
    const before = structuredClone(selection)
    applyEditionFile({ selection, file: fileOf({ items: itemsOf('lamps') }), posts: [tides, lamps], language: 'en', now })
    expect(selection).toEqual(before)
  })

  test('warns of a subject or preheader that speaks of a post taken out since', () => {
    const titled = [
      { ...tides, title: 'Reading the tide: a guide' },
      { ...lamps, title: 'Lamps at low water' },
    ]
    const words = { subject: 'Reading the tide: a guide', preheader: 'Also: Lamps at low water' }
    const { problems } = apply(titled, fileOf({ ...words, items: itemsOf('lamps') }))
    expect(problems).toMatchObject([
      { code: 'edition-file-invalid', severity: 'warning', message: expect.stringContaining('the subject speaks of "tides"') },
    ])
    expect(apply(titled, fileOf({ ...words, dropped: ['lamps'] })).problems).toMatchObject([
      { message: expect.stringContaining('the preheader speaks of "lamps"') },
    ])
    expect(apply(titled, fileOf({ ...words, items: itemsOf('lamps', 'tides') })).problems).toEqual([])
    const trial = { subjects: ['Lamps', 'Reading the tide: a guide'], split: 1 } as const
    expect(apply(titled, fileOf({ ...trial, items: itemsOf('lamps') })).problems).toMatchObject([
      { message: expect.stringContaining('the subject speaks of "tides"'), got: trial.subjects[1], hint: 'Write another subject.' },
    ])
  })
})
