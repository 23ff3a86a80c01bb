import { describe, expect, test } from 'vitest'
import { pickedSlugs, postOf, reasonOf, select, sentEdition } from './post-of.ts'

describe('selectPosts() and what already ran', () => {
  test('never runs a post twice, and names the edition that did', () => {
    const past = [sentEdition('2026-w05', ['tide-tables'])]
    expect(reasonOf(select([postOf()], { past }), 'tide-tables')).toEqual({ kind: 'ran', edition: '2026-w05' })
  })

  test('says of a post outside the window that it ran, rather than that it is outside', () => {
    const past = [sentEdition('2026-w05', ['tide-tables'])]
    expect(reasonOf(select([postOf({ on: '2026-01-28' })], { past }), 'tide-tables')).toEqual({ kind: 'ran', edition: '2026-w05' })
  })

  test.each([
    ['a draft', sentEdition('2026-w05', ['tide-tables'], { status: 'draft', sentAt: null })],
    ['an edition of another rhythm', sentEdition('2026-01', ['tide-tables'])],
    ['an edition in another language', sentEdition('2026-w05', ['tide-tables'], { language: 'de' })],
    ['the very edition that is built again', sentEdition('2026-w06', ['tide-tables'])],
  ])('does not count %s', (_, past) => {
    expect(pickedSlugs(select([postOf()], { past: [past] }))).toEqual(['tide-tables'])
  })

  test.each([
    ['its canonical URL', { canonical: 'http://Elsewhere.example/tides/' }],
    ['its own URL', { url: 'https://elsewhere.example/tides' }],
    ['a former slug', { aliases: ['old-tides'] }],
    ['a former path', { aliases: ['/blog/old-tides/'] }],
    ['a former address', { aliases: ['https://harbour.example/2025/old-tides.html'] }],
  ])('recognises a renamed post by %s', (_, changes) => {
    const ran = [{ slug: 'old-tides', canonical: 'https://elsewhere.example/tides', updatedAt: null }]
    const past = [sentEdition('2026-w05', [], { ran })]
    expect(reasonOf(select([postOf(changes)], { past }), 'tide-tables')).toEqual({ kind: 'ran', edition: '2026-w05' })
  })

  test('counts every post of a window as run where a sent edition does not say what it ran', () => {
    const past = [sentEdition('2026-w05', null)]
    expect(reasonOf(select([postOf({ on: '2026-01-30' })], { past }), 'tide-tables')).toEqual({ kind: 'ran', edition: '2026-w05' })
  })

  test('treats slugs such as __proto__ and constructor as plain text', () => {
    const posts = ['__proto__', 'constructor', 'toString'].map(slug => postOf({ slug }))
    const past = [sentEdition('2026-w05', ['constructor'])]
    expect(pickedSlugs(select(posts, { past }))).toEqual(['__proto__', 'toString'])
  })
})

describe('selectPosts() by updatedAt', () => {
  const by = { by: 'updatedAt' } as const
  const ranAt = (updatedAt: string | null) => [sentEdition('2026-w04', [], { ran: [{ slug: 'tide-tables', canonical: null, updatedAt }] })]
  const returning = postOf({ on: '2026-01-20', updated: '2026-02-04' })

  test('brings a post back that has changed since it ran', () => {
    const past = ranAt('2026-01-20T00:00:00.000Z')
    expect(reasonOf(select([returning], { rules: by, past }), 'tide-tables')).toEqual({ kind: 'updated', ranIn: '2026-w04' })
  })

  test('does not bring back one that has not changed since', () => {
    const past = ranAt('2026-02-04T00:00:00.000Z')
    expect(reasonOf(select([returning], { rules: by, past }), 'tide-tables')).toEqual({ kind: 'ran', edition: '2026-w04' })
  })

  test('labels an older post that never ran as updated, and a new one as new', () => {
    const fresh = postOf({ slug: 'fresh', on: '2026-02-03', updated: '2026-02-05' })
    const selection = select([returning, fresh], { rules: by })
    expect(reasonOf(selection, 'tide-tables')).toEqual({ kind: 'updated', ranIn: null })
    expect(reasonOf(selection, 'fresh')).toEqual({ kind: 'in-window' })
  })

  test('goes by publication where a post has no later change', () => {
    expect(pickedSlugs(select([postOf({ updated: '2026-01-01' })], { rules: by }))).toEqual(['tide-tables'])
  })

  test('is not asked when posts go by publishedAt', () => {
    expect(reasonOf(select([returning], { past: ranAt(null) }), 'tide-tables')).toEqual({ kind: 'ran', edition: '2026-w04' })
  })
})

describe('selectPosts() and late arrivals', () => {
  const late = postOf({ on: '2026-01-29' })
  const past = [sentEdition('2026-w05', ['other'])]

  test('brings a post along that is dated in a sent window and never ran', () => {
    const selection = select([late, postOf({ slug: 'own' })], { past })
    expect(pickedSlugs(selection)).toEqual(['own', 'tide-tables'])
    expect(reasonOf(selection, 'tide-tables')).toEqual({ kind: 'late-arrival', edition: '2026-w05' })
  })

  test('only reports it where the rules say so', () => {
    const selection = select([late], { past, rules: { lateArrivals: { mode: 'report', days: 14 } } })
    expect(reasonOf(selection, 'tide-tables')).toEqual({ kind: 'missed', edition: '2026-w05' })
  })

  test.each([
    ['dated longer before the window than the rules allow', late, { rules: { lateArrivals: { mode: 'include', days: 3 } }, past }],
    ['dated in a window that was not sent', late, { past: [sentEdition('2026-w05', ['other'], { status: 'draft' })] }],
    ['not featured', { ...late, featured: false }, { past }],
    ['taken out by the editor then', late, { past: [sentEdition('2026-w05', ['other'], { dropped: ['tide-tables'] })] }],
    ['run by an edition of another rhythm', late, { past: [...past, sentEdition('2026-01', ['tide-tables'])] }],
    ['dated after the window', postOf({ on: '2026-02-10' }), { past: [sentEdition('2026-w07', ['other'])] }],
  ] as const)('does not bring one along that is %s', (_, post, given) => {
    expect(reasonOf(select([post], given), 'tide-tables')?.kind).toBe('outside-window')
  })
})
