import { describe, expect, it } from 'vitest'
import { formatPlan } from '../../src/report/format-plan.ts'
import { createPaint } from '../../src/report/paint.ts'
import { selectPosts } from '../../src/selection/select-posts.ts'
import { postOf, rulesOf, sentEdition, windowOf } from '../selection/post-of.ts'

const long = 'A very long title about lamps, ropes and everything else that lies in a harbour at low water'

const posts = [
  postOf({ slug: 'lamps', title: long, on: '2026-02-04' }),
  postOf({ slug: 'before', title: `Before: ${long}`, on: '2026-01-30' }),
  postOf({ slug: 'soon', title: `Soon: ${long}`, on: '2026-02-10' }),
  postOf({ slug: 'ran', title: 'Ran last summer', on: '2025-05-02' }),
  postOf({ slug: 'ran-near', title: 'Ran just now', on: '2026-01-29' }),
]

function plan(columns: number): string {
  const past = [sentEdition('2025-w18', ['ran']), sentEdition('2026-w04', ['ran-near'])]
  const request = { window: windowOf('2026-w06'), rules: rulesOf(), past, now: '2026-02-09T00:00:00.000Z' }
  return formatPlan(selectPosts(posts, request), columns, createPaint(false))
}

describe('formatPlan()', () => {
  it('cuts titles, not reasons, and says no date twice', () => {
    const lines = plan(80).split('\n')
    expect(lines.find(line => line.includes('Soon'))).toMatch(/^· 2026-02-10 {2}Soon: .*… +in the future$/)
    expect(lines.find(line => line.includes('Before'))).toMatch(/^· 2026-01-30 {2}Before: .*… +outside the window$/)
    for (const line of lines.slice(2, -2)) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('cuts nothing where there is no terminal', () => {
    expect(plan(Number.POSITIVE_INFINITY)).not.toContain('…')
    expect(plan(Number.POSITIVE_INFINITY)).toContain(`Soon: ${long}`)
  })

  it('shows a post that ran only when it is dated near the window', () => {
    expect(plan(80)).toContain('ran in 2026-w04')
    expect(plan(80)).not.toContain('Ran last summer')
    expect(plan(80)).toContain('1 picked, 4 left out (1 of them not near this window: --json lists them)')
  })
})
