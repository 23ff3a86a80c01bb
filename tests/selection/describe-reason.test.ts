import { describe, expect, test } from 'vitest'
import { describeReason, describeReasonBesideDate } from '../../src/selection/describe-reason.ts'
import type { LeftOutReason, PickReason } from '../../src/selection/selection.ts'
import { postOf } from './post-of.ts'

describe('describeReason()', () => {
  test.each<[LeftOutReason, string]>([
    [{ kind: 'not-featured' }, 'not featured'],
    [{ kind: 'ran', edition: '2026-w05' }, 'ran in 2026-w05'],
    [{ kind: 'outside-window', day: '2026-02-11' }, 'dated 2026-02-11, outside'],
    [{ kind: 'future', day: '2026-02-11' }, 'dated 2026-02-11, in the future'],
    [{ kind: 'hidden', why: 'draft' }, 'a draft'],
    [{ kind: 'other-language', language: 'de' }, 'in another language: de'],
    [{ kind: 'translation-of', slug: 'tides' }, 'a translation of "tides", which counts for this language'],
    [{ kind: 'category', value: 'News', rule: 'excluded' }, 'category "News" is excluded'],
    [{ kind: 'tag', value: 'boats', rule: 'not-included' }, 'tag "boats" is not included'],
    [{ kind: 'author', value: null, rule: 'not-included' }, 'has no author, and only some are included'],
    [{ kind: 'missed', edition: '2026-w05' }, 'late: belongs to 2026-w05, which was sent without it; late arrivals are only reported'],
    [{ kind: 'over-limit', limit: 5 }, 'over the limit of 5'],
    [{ kind: 'editor' }, 'left out by the editor'],
  ])('says of %j: %s', (reason, words) => {
    expect(describeReason({ decision: 'left-out', post: postOf(), reason })).toBe(words)
  })

  test.each<[PickReason, string]>([
    [{ kind: 'in-window' }, 'in the window'],
    [{ kind: 'late-arrival', edition: '2026-w05' }, 'late: belongs to 2026-w05, which was sent without it'],
    [{ kind: 'updated', ranIn: '2026-w04' }, 'updated since it ran in 2026-w04'],
    [{ kind: 'updated', ranIn: null }, 'updated in the window'],
    [{ kind: 'fill' }, 'not featured, but fills the edition'],
    [{ kind: 'editor' }, "the editor's pick"],
  ])('says of the pick %j: %s', (reason, words) => {
    expect(describeReason({ decision: 'picked', post: postOf(), reason })).toBe(words)
  })
})

describe('describeReasonBesideDate()', () => {
  test.each<[LeftOutReason, string]>([
    [{ kind: 'outside-window', day: '2026-02-11' }, 'outside the window'],
    [{ kind: 'future', day: '2026-02-11' }, 'in the future'],
    [{ kind: 'outside-window', day: '2026-02-12' }, 'dated 2026-02-12, outside'],
    [{ kind: 'not-featured' }, 'not featured'],
  ])('says of %j, for a post of 2026-02-11: %s', (reason, words) => {
    expect(describeReasonBesideDate({ decision: 'left-out', post: postOf({ on: '2026-02-11' }), reason })).toBe(words)
  })
})
