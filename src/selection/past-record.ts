import type { Post } from '../content/post.ts'
import { millisecondsPerDay } from './calendar.ts'
import { dateIsIn } from './date-is-in.ts'
import { languageFits } from './languages.ts'
import { indexByName } from './post-identity.ts'
import type { PastEdition, SelectionRules, Window } from './selection.ts'

/** What earlier editions mean for a post of this one. */
export interface PastRecord {
  /** The newest edition of the series that ran the post, and whether the post has changed since; null when none ran it. */
  readonly ranIn: (post: Post) => { readonly edition: string; readonly changedSince: boolean } | null
  /** The edition of the series that the post would have belonged to, had it been there when that was sent. */
  readonly missedBy: (post: Post) => string | null
}

/**
 * Reads the past for one window: sent editions of the same rhythm and language count, except the very edition that is being built again.
 * No post is missed that any sent edition ran, that the editor dropped, or that is dated more than `lateArrivals.days` before the window.
 */
export function readPast(past: readonly PastEdition[], window: Window, rules: SelectionRules): PastRecord {
  const sent = past.filter(
    edition => edition.status === 'sent' && edition.id !== window.id && languageFits(edition.language, rules.language),
  )
  const series = sent.filter(edition => edition.rhythm === window.rhythm).sort((a, b) => (a.to < b.to ? 1 : -1))
  const seriesRuns = indexByName(runsOf(series))
  const allRuns = indexByName(runsOf(sent))
  const drops = indexByName(series.flatMap(edition => edition.dropped.map(slug => ({ slug, canonical: null }))))
  const oldest = new Date(Date.parse(window.from) - rules.lateArrivals.days * millisecondsPerDay).toISOString()
  const withTest = (edition: PastEdition) => ({ edition, holds: dateIsIn({ ...edition, timeZone: window.timeZone }) })
  const unrecorded = series.filter(edition => edition.ran === null).map(withTest)
  const recent = series.filter(({ from, to }) => from < window.from && to > oldest).map(withTest)

  return {
    ranIn: post => {
      const [latest, ...others] = seriesRuns.find(post)
      if (latest !== undefined) return { edition: latest.edition, changedSince: changedSince(post, [latest, ...others]) }
      const edition = unrecorded.find(({ holds }) => holds(post.publishedAt))?.edition
      return edition === undefined ? null : { edition: edition.id, changedSince: changedAfter(post, edition) }
    },
    missedBy: post => {
      const { publishedAt } = post
      if (publishedAt.instant >= window.from || publishedAt.instant < oldest) return null
      const edition = recent.find(({ holds }) => holds(publishedAt))?.edition
      if (edition === undefined || allRuns.find(post).length > 0 || drops.find(post).length > 0) return null
      return edition.id
    },
  }
}

interface Run {
  readonly edition: string
  readonly slug: string
  readonly canonical: string | null
  readonly updatedAt: string | null
}

function runsOf(editions: readonly PastEdition[]): readonly Run[] {
  return editions.flatMap(edition => (edition.ran ?? []).map(ran => ({ ...ran, edition: edition.id })))
}

function changedSince({ updatedAt }: Post, runs: readonly Run[]): boolean {
  return updatedAt !== null && runs.every(run => run.updatedAt === null || updatedAt.instant > run.updatedAt)
}

function changedAfter({ updatedAt }: Post, { sentAt, to }: PastEdition): boolean {
  return updatedAt !== null && updatedAt.instant > (sentAt ?? to)
}
