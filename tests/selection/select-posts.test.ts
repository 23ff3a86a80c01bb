import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Post } from '../../src/content/post.ts'
import { resolveWindow } from '../../src/selection/windows.ts'
import { calendar, pickedSlugs, postOf, reasonOf, select, sentEdition } from './post-of.ts'

const all = { featuredOnly: false }

describe('selectPosts() and dates', () => {
  test('picks a post of the window’s first and last day', () => {
    const posts = [postOf({ slug: 'monday', on: '2026-02-02' }), postOf({ slug: 'sunday', on: '2026-02-08' })]
    expect(pickedSlugs(select(posts))).toEqual(['sunday', 'monday'])
  })

  test('leaves out a post dated on the window’s end, and one before its beginning', () => {
    const posts = [postOf({ slug: 'after', on: '2026-02-09' }), postOf({ slug: 'before', on: '2026-02-01' })]
    const selection = select(posts)
    expect(selection.picks).toEqual([])
    expect(reasonOf(selection, 'after')).toEqual({ kind: 'outside-window', day: '2026-02-09' })
    expect(reasonOf(selection, 'before')).toEqual({ kind: 'outside-window', day: '2026-02-01' })
  })

  test('leaves out an instant that is the window’s end, and takes the millisecond before it', () => {
    const posts = [postOf({ slug: 'end', on: '2026-02-09T00:00:00.000Z' }), postOf({ slug: 'last', on: '2026-02-08T23:59:59.999Z' })]
    expect(pickedSlugs(select(posts))).toEqual(['last'])
  })

  test('takes a post without an hour by its calendar day where midnight is skipped', () => {
    const saoPaulo = { ...calendar, timeZone: 'America/Sao_Paulo', rhythm: 'daily' } as const
    const window = resolveWindow({ kind: 'edition', id: '2018-11-04' }, saoPaulo, new Date(0), [])
    const day = { instant: '2018-11-04T03:00:00.000Z', day: '2018-11-04', precision: 'day' } as const
    const posts = [{ ...postOf(), publishedAt: day }]
    expect(pickedSlugs(select(posts, { window }))).toEqual(['tide-tables'])
  })

  describe('in a week that begins on Friday at 9:00', () => {
    const friday = { ...calendar, weekStartsOn: 'friday', startsAt: '09:00' } as const
    const week = (id: string) => resolveWindow({ kind: 'edition', id }, friday, new Date(0), [])
    const post = postOf({ on: '2026-02-06' })

    test('a post dated that Friday belongs to the digest of that morning', () => {
      expect(pickedSlugs(select([post], { window: week('2026-w06') }))).toEqual(['tide-tables'])
      expect(reasonOf(select([post], { window: week('2026-w07') }), 'tide-tables')?.kind).toBe('outside-window')
    })

    test('a post that appeared after it was sent comes with the next, as a late arrival', () => {
      const { from, to } = week('2026-w06')
      const past = [sentEdition('2026-w06', ['other'], { from, to, sentAt: to })]
      const selection = select([post], { window: week('2026-w07'), past })
      expect(reasonOf(selection, 'tide-tables')).toEqual({ kind: 'late-arrival', edition: '2026-w06' })
    })

    test('a post dated Friday at 10:00 belongs to the next', () => {
      const later = postOf({ on: '2026-02-06T10:00:00.000Z' })
      expect(pickedSlugs(select([later], { window: week('2026-w06') }))).toEqual([])
      expect(pickedSlugs(select([later], { window: week('2026-w07') }))).toEqual(['tide-tables'])
    })
  })

  test('leaves out a post dated tomorrow and says so, though the window is still running', () => {
    const posts = [postOf({ slug: 'tomorrow', on: '2026-02-06' }), postOf({ slug: 'today', on: '2026-02-05' })]
    const selection = select(posts, { now: '2026-02-05T12:00:00.000Z' })
    expect(pickedSlugs(selection)).toEqual(['today'])
    expect(reasonOf(selection, 'tomorrow')).toEqual({ kind: 'future', day: '2026-02-06' })
  })

  test('leaves out an instant later today', () => {
    const selection = select([postOf({ on: '2026-02-05T12:00:00.001Z' })], { now: '2026-02-05T12:00:00.000Z' })
    expect(reasonOf(selection, 'tide-tables')?.kind).toBe('future')
  })
})

describe('selectPosts() and rules', () => {
  test('leaves out what is not featured, unless all are wanted', () => {
    const posts = [postOf({ featured: false })]
    expect(reasonOf(select(posts), 'tide-tables')).toEqual({ kind: 'not-featured' })
    expect(pickedSlugs(select(posts, { rules: all }))).toEqual(['tide-tables'])
  })

  test('leaves out a hidden post and says why', () => {
    expect(reasonOf(select([postOf({ hidden: 'draft' })]), 'tide-tables')).toEqual({ kind: 'hidden', why: 'draft' })
  })

  test('includes and excludes categories, tags and authors without regard to case; excluding wins', () => {
    const posts = [
      postOf({ slug: 'a', category: 'News', tags: ['Boats', 'Weather'], authors: ['Ada'] }),
      postOf({ slug: 'b', category: 'Recipes', tags: ['fish'], authors: ['Bo'] }),
      postOf({ slug: 'c' }),
    ]
    const lists = (include: string[], exclude: string[] = []) => ({ include, exclude })
    const only = select(posts, { rules: { categories: lists(['news']) } })
    expect(pickedSlugs(only)).toEqual(['a'])
    expect(reasonOf(only, 'b')).toEqual({ kind: 'category', value: 'Recipes', rule: 'not-included' })
    expect(reasonOf(only, 'c')).toEqual({ kind: 'category', value: null, rule: 'not-included' })
    const without = select(posts, { rules: { tags: lists(['boats', 'fish'], ['WEATHER']) } })
    expect(pickedSlugs(without)).toEqual(['b'])
    expect(reasonOf(without, 'a')).toEqual({ kind: 'tag', value: 'Weather', rule: 'excluded' })
    expect(pickedSlugs(select(posts, { rules: { authors: lists([], ['ada']) } }))).toEqual(['b', 'c'])
  })

  test('keeps a post in two included tags once', () => {
    const selection = select([postOf({ tags: ['boats', 'weather'] })], { rules: { tags: { include: ['boats', 'weather'], exclude: [] } } })
    expect(selection.picks).toHaveLength(1)
  })

  test('orders by newest, oldest, or pinned first', () => {
    const posts = [
      postOf({ slug: 'old', on: '2026-02-02' }),
      postOf({ slug: 'pin', on: '2026-02-03', pinned: true }),
      postOf({ slug: 'new', on: '2026-02-05' }),
    ]
    expect(pickedSlugs(select(posts))).toEqual(['new', 'pin', 'old'])
    expect(pickedSlugs(select(posts, { rules: { order: 'oldest' } }))).toEqual(['old', 'pin', 'new'])
    expect(pickedSlugs(select(posts, { rules: { order: 'pinned' } }))).toEqual(['pin', 'new', 'old'])
  })

  test('orders posts of one day by slug, whatever order they were read in', () => {
    const posts = ['c', 'a', 'b'].map(slug => postOf({ slug }))
    expect(pickedSlugs(select(posts))).toEqual(['a', 'b', 'c'])
    expect(pickedSlugs(select([...posts].reverse()))).toEqual(['a', 'b', 'c'])
  })

  test('stops at the limit, and says which were over it', () => {
    const posts = ['02', '03', '04'].map(day => postOf({ slug: `on-${day}`, on: `2026-02-${day}` }))
    const selection = select(posts, { rules: { limit: 2 } })
    expect(pickedSlugs(selection)).toEqual(['on-04', 'on-03'])
    expect(reasonOf(selection, 'on-02')).toEqual({ kind: 'over-limit', limit: 2 })
  })
})

describe('selectPosts() with fewer posts than wanted', () => {
  const posts = [
    postOf({ slug: 'featured', on: '2026-02-02' }),
    postOf({ slug: 'plain-old', on: '2026-02-03', featured: false }),
    postOf({ slug: 'plain-new', on: '2026-02-05', featured: false }),
    postOf({ slug: 'plain-outside', on: '2026-02-12', featured: false }),
  ]

  test('has nothing to send when told to skip, and still says what would have counted', () => {
    const selection = select(posts, { rules: { min: 2 } })
    expect(selection.tooFew).toBe(true)
    expect(pickedSlugs(selection)).toEqual(['featured'])
  })

  test('fills with the newest of the window that are not featured, after those that are', () => {
    const selection = select(posts, { rules: { min: 2, whenFewer: 'fill' } })
    expect(selection.tooFew).toBe(false)
    expect(pickedSlugs(selection)).toEqual(['featured', 'plain-new'])
    expect(reasonOf(selection, 'plain-new')).toEqual({ kind: 'fill' })
    expect(reasonOf(selection, 'plain-old')).toEqual({ kind: 'not-featured' })
  })

  test('never fills over the limit', () => {
    expect(pickedSlugs(select(posts, { rules: { min: 3, limit: 2, whenFewer: 'fill' } }))).toEqual(['featured', 'plain-new'])
  })

  test('does not fill with a post that ran or that another rule refuses', () => {
    const rules = { min: 3, whenFewer: 'fill', tags: { include: [], exclude: ['x'] } } as const
    const given = [...posts.slice(0, 2), postOf({ slug: 'tagged', featured: false, tags: ['x'] })]
    const past = [sentEdition('2026-w05', ['plain-old'])]
    expect(pickedSlugs(select(given, { rules, past }))).toEqual(['featured'])
  })

  test('has nothing to send without any post, even when filling', () => {
    expect(select([], { rules: { min: 0, whenFewer: 'fill' } }).tooFew).toBe(true)
  })
})

describe('selectPosts() and languages', () => {
  const english = postOf({ language: 'en', file: 'en/tides.md' })
  const german = postOf({ language: 'de', file: 'de/tides.md' })

  test('takes the edition’s language and leaves translations out', () => {
    const selection = select([english, german], { rules: { language: 'de' } })
    expect(selection.picks.map(({ post }) => post.language)).toEqual(['de'])
    expect(selection.decisions[0]?.reason).toEqual({ kind: 'other-language', language: 'en' })
  })

  test('takes a region’s variant, but the exact language wins over it', () => {
    const british = postOf({ language: 'en-gb', slug: 'tides-uk', translationKey: 'tides' })
    expect(select([british]).picks).toHaveLength(1)
    const both = select([british, postOf({ slug: 'tides-any', translationKey: 'tides' })])
    expect(pickedSlugs(both)).toEqual(['tides-any'])
    expect(reasonOf(both, 'tides-uk')).toEqual({ kind: 'translation-of', slug: 'tides-any' })
  })

  test('does not take one language for another that begins with the same letters', () => {
    expect(select([postOf({ language: 'enm' })]).picks).toEqual([])
  })

  test('does not let a draft translation push out the post', () => {
    const draft = postOf({ language: 'en', slug: 'draft', translationKey: 'k', hidden: 'draft' })
    expect(pickedSlugs(select([draft, postOf({ language: 'en-gb', slug: 'live', translationKey: 'k' })]))).toEqual(['live'])
  })
})

describe('selectPosts() always', () => {
  const posts = fc.uniqueArray(
    fc.record({
      slug: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
      on: fc.constantFrom('2026-01-25', '2026-01-30', '2026-02-02', '2026-02-04T09:30:00.000Z', '2026-02-08', '2026-02-09', '2026-03-01'),
      featured: fc.boolean(),
      pinned: fc.boolean(),
      language: fc.constantFrom('en', 'en-gb', 'de'),
      hidden: fc.constantFrom(null, null, 'draft' as const),
    }),
    { selector: post => `${post.slug} ${post.language}` },
  )
  const rules = fc.record({
    featuredOnly: fc.boolean(),
    by: fc.constantFrom('publishedAt', 'updatedAt'),
    order: fc.constantFrom('newest', 'oldest', 'pinned'),
    limit: fc.constantFrom(null, 1, 3),
    min: fc.constantFrom(0, 1, 4),
    whenFewer: fc.constantFrom('skip', 'fill'),
  })

  test('decides about every post once, in the given order, and picks within the limit', () => {
    fc.assert(
      fc.property(posts, rules, fc.subarray(['a', 'b', 'c']), (fields, changes, ran) => {
        const given = fields.map(each => postOf({ ...each, file: `${each.language}/${each.slug}.md` }))
        const selection = select(given, { rules: changes, past: [sentEdition('2026-w05', ran)] })
        expect(selection.decisions.map(({ post }) => post)).toEqual(given)
        expect(new Set(selection.picks).size).toBe(selection.picks.length)
        expect(selection.picks.length).toBeLessThanOrEqual(changes.limit ?? given.length)
        expect(selection.picks).toHaveLength(selection.decisions.filter(({ decision }) => decision === 'picked').length)
        for (const { post } of selection.picks) {
          expect(ran).not.toContain(post.slug)
          expect([post.hidden, post.language === 'de']).toEqual([null, false])
        }
      }),
    )
  })

  test('picks the same whatever order the posts come in', () => {
    fc.assert(
      fc.property(posts, rules, (fields, changes) => {
        const given = fields.map(each => postOf({ ...each, file: `${each.language}/${each.slug}.md` }))
        const files = (from: readonly Post[]) => select(from, { rules: changes }).picks.map(({ post }) => post.file)
        expect(files([...given].reverse())).toEqual(files(given))
      }),
    )
  })
})
