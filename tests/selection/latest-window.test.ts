import { describe, expect, test } from 'vitest'
import type { Post } from '../../src/content/post.ts'
import { type LatestWindowRequest, latestWindow } from '../../src/selection/latest-window.ts'
import { calendar, postOf, rulesOf, sentEdition } from './post-of.ts'

function latest(posts: readonly Post[], changes: Partial<LatestWindowRequest> = {}): string | null {
  const request = { calendar, rules: rulesOf(), past: [], now: new Date('2026-02-18T12:00:00Z'), ...changes }
  return latestWindow(posts, request)?.id ?? null
}

describe('latestWindow()', () => {
  test('finds the newest window with a post to send', () => {
    expect(latest([postOf({ on: '2026-01-06' }), postOf({ slug: 'newer', on: '2026-02-04' })])).toBe('2026-w06')
  })

  test('takes the running window when it has something already', () => {
    expect(latest([postOf({ on: '2026-02-16' })])).toBe('2026-w08')
  })

  test('never goes beyond now', () => {
    expect(latest([postOf({ on: '2026-02-20' }), postOf({ slug: 'older', on: '2026-01-06' })])).toBe('2026-w02')
    expect(latest([postOf({ on: '2026-03-20' })])).toBeNull()
  })

  test('passes over windows whose posts are hidden, not featured, in another language or too few', () => {
    const posts = [
      postOf({ slug: 'hidden', on: '2026-02-11', hidden: 'draft' }),
      postOf({ slug: 'plain', on: '2026-02-04', featured: false }),
      postOf({ slug: 'german', on: '2026-01-28', language: 'de' }),
      postOf({ slug: 'alone', on: '2026-01-20' }),
      postOf({ slug: 'one', on: '2026-01-13' }),
      postOf({ slug: 'two', on: '2026-01-14' }),
    ]
    expect(latest(posts)).toBe('2026-w04')
    expect(latest(posts, { rules: rulesOf({ min: 2 }) })).toBe('2026-w03')
    expect(latest(posts, { rules: rulesOf({ featuredOnly: false }) })).toBe('2026-w06')
    expect(latest(posts, { rules: rulesOf({ whenFewer: 'fill' }) })).toBe('2026-w06')
  })

  test('passes over a window whose posts ran elsewhere, and takes one that is rebuilt', () => {
    const posts = [postOf({ on: '2026-02-09' }), postOf({ slug: 'older', on: '2026-02-04' })]
    expect(latest(posts, { past: [sentEdition('2026-w06', ['tide-tables', 'older'])] })).toBe('2026-w06')
  })

  test('takes a window that has nothing but a late arrival', () => {
    expect(latest([postOf({ on: '2026-02-04' })], { past: [sentEdition('2026-w06', ['other'])] })).toBe('2026-w08')
  })

  test('takes a window for which the editor has chosen posts', () => {
    const draft = sentEdition('2026-w07', ['tide-tables'], { status: 'draft', sentAt: null })
    expect(latest([postOf({ on: '2025-06-04' })], { past: [draft] })).toBe('2026-w07')
  })

  test('passes over a window that is known to have nothing, whatever its edition file names', () => {
    const draft = sentEdition('2026-w07', ['gone'], { status: 'draft', sentAt: null })
    expect(latest([postOf({ on: '2026-02-04' })], { past: [draft], except: '2026-w07' })).toBe('2026-w06')
  })

  test('works in months and days', () => {
    const posts = [postOf({ on: '2026-01-15' })]
    expect(latest(posts, { calendar: { ...calendar, rhythm: 'monthly' } })).toBe('2026-01')
    expect(latest(posts, { calendar: { ...calendar, rhythm: 'daily' } })).toBe('2026-01-15')
  })
})
