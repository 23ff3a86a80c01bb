import type { Post } from '../content/post.ts'
import { dateIsIn, dateOf } from './date-is-in.ts'
import { findLesserTranslations, languageFits } from './languages.ts'
import { makePostOrder } from './order-posts.ts'
import { readPast } from './past-record.ts'
import { makeRuleRefusal } from './rule-refusal.ts'
import type { Decision, LeftOutReason, PastEdition, PickReason, Selection, SelectionRules, Window } from './selection.ts'

/** What a selection depends on besides the posts. `now` is a UTC instant: posts dated after it are not out yet. */
export interface SelectionRequest {
  readonly window: Window
  readonly rules: SelectionRules
  readonly past: readonly PastEdition[]
  readonly now: string
}

/** What one post's own fields and dates say, before posts are weighed against each other by order, `min` and `limit`. */
type Verdict =
  | { readonly kind: 'eligible'; readonly reason: PickReason }
  | { readonly kind: 'spare' }
  | { readonly kind: 'out'; readonly reason: LeftOutReason }

/**
 * Decides about every post: picked or left out, each with one reason, the most telling. Decisions stand in the order of the posts, picks in the
 * edition's order with those that filled it up to `min` last. The same input gives the same selection.
 */
export function selectPosts(posts: readonly Post[], request: SelectionRequest): Selection {
  const { window, rules } = request
  const judge = makeJudge(posts, request)
  const verdicts = new Map(posts.map(post => [post, judge(post)]))
  const picked = choosePicks(posts, verdicts, rules)
  const decisions = posts.map(post => decide(post, verdicts.get(post), picked.get(post), rules))
  const byPost = new Map(decisions.map(decision => [decision.post, decision]))
  const picks = [...picked.keys()].map(post => byPost.get(post)).filter(decision => decision?.decision === 'picked')
  return { window, decisions, picks, tooFew: picks.length === 0 || (rules.whenFewer === 'skip' && picks.length < rules.min) }
}

function makeJudge(posts: readonly Post[], { window, rules, past, now }: SelectionRequest): (post: Post) => Verdict {
  const translations = findLesserTranslations(posts, rules.language)
  const record = readPast(past, window, rules)
  const refuse = makeRuleRefusal(rules)
  const isInWindow = dateIsIn(window)

  const everHere = (post: Post): LeftOutReason | null => {
    if (!languageFits(post.language, rules.language)) return { kind: 'other-language', language: post.language }
    if (post.hidden !== null) return { kind: 'hidden', why: post.hidden }
    const better = translations.get(post)
    if (better !== undefined) return { kind: 'translation-of', slug: better }
    const date = dateOf(post, rules.by)
    return date.instant > now ? { kind: 'future', day: date.day } : null
  }

  const judgeInside = (post: Post): Verdict => {
    const ran = record.ranIn(post)
    const returns = rules.by === 'updatedAt' && ran?.changedSince === true
    if (ran !== null && !returns) return out({ kind: 'ran', edition: ran.edition })
    const refusal = refuse(post)
    if (refusal !== null) return refusal.kind === 'not-featured' && ran === null ? { kind: 'spare' } : out(refusal)
    const isNew = ran === null && isInWindow(post.publishedAt)
    return { kind: 'eligible', reason: isNew ? { kind: 'in-window' } : { kind: 'updated', ranIn: ran?.edition ?? null } }
  }

  const judgeOutside = (post: Post): Verdict => {
    const ran = record.ranIn(post)
    if (ran !== null) return out({ kind: 'ran', edition: ran.edition })
    const missedBy = record.missedBy(post)
    if (missedBy === null || refuse(post) !== null) return out({ kind: 'outside-window', day: dateOf(post, rules.by).day })
    if (rules.lateArrivals.mode === 'report') return out({ kind: 'missed', edition: missedBy })
    return { kind: 'eligible', reason: { kind: 'late-arrival', edition: missedBy } }
  }

  return post => {
    const never = everHere(post)
    if (never !== null) return out(never)
    return isInWindow(dateOf(post, rules.by)) ? judgeInside(post) : judgeOutside(post)
  }
}

/** The picks in the edition's order, each with its reason. Filling takes the newest posts of the window that are not featured. */
function choosePicks(posts: readonly Post[], verdicts: ReadonlyMap<Post, Verdict>, rules: SelectionRules): ReadonlyMap<Post, PickReason> {
  const picked = new Map<Post, PickReason>()
  const ordered = posts.filter(post => verdicts.get(post)?.kind !== 'out').sort(makePostOrder(rules))
  for (const post of ordered) {
    const verdict = verdicts.get(post)
    if (verdict?.kind === 'eligible' && picked.size < (rules.limit ?? Number.POSITIVE_INFINITY)) picked.set(post, verdict.reason)
  }
  const missing = rules.whenFewer === 'fill' ? Math.min(rules.min, rules.limit ?? rules.min) - picked.size : 0
  const newest = makePostOrder({ order: 'newest', by: rules.by })
  const spare = ordered.filter(post => verdicts.get(post)?.kind === 'spare').sort(newest)
  for (const post of spare.slice(0, Math.max(0, missing))) picked.set(post, { kind: 'fill' })
  return picked
}

function decide(post: Post, verdict: Verdict | undefined, reason: PickReason | undefined, rules: SelectionRules): Decision {
  if (reason !== undefined) return { decision: 'picked', post, reason }
  if (verdict?.kind === 'eligible') return { decision: 'left-out', post, reason: { kind: 'over-limit', limit: rules.limit ?? 0 } }
  return { decision: 'left-out', post, reason: verdict?.kind === 'out' ? verdict.reason : { kind: 'not-featured' } }
}

function out(reason: LeftOutReason): Verdict {
  return { kind: 'out', reason }
}
