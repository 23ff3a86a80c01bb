/** Summaries of an edition's posts, every sentence of them quoted: the lead and key points that fit each item's place and the whole. */

import type { FullPost } from '../content/post.ts'
import { chooseLead, type LeadRoom } from './choose-lead.ts'
import { choosePoints } from './choose-points.ts'
import { type Candidate, type Relevance, relevanceOf } from './relevance.ts'
import { type PostTexts, sourceTextsOf } from './source-texts.ts'
import type { ItemBudget, KeyPoint, Summary, SummaryBudgets, SummaryStyle } from './summary.ts'

/** How an edition summarizes: the style, and the words there are. */
export interface SummarySettings {
  readonly style: SummaryStyle
  readonly budgets: SummaryBudgets
}

interface Draft {
  readonly texts: PostTexts
  readonly relevance: Relevance
  readonly budget: ItemBudget
  readonly lead: Candidate | null
}

/**
 * One summary for each post, in the edition's order: the place decides the budget. Leads come first: where the edition's words run
 * out, points go before leads, and of leads the last ones. No two leads say the same. Pure, and the same for the same posts.
 */
export function summarizePosts(posts: readonly FullPost[], { style, budgets }: SummarySettings): readonly Summary[] {
  const drafts = fitLeads(draftLeads(posts, budgets, style), budgets.edition)
  const told = drafts.flatMap(({ lead }) => lead?.told ?? [])
  let left = budgets.edition - wordsOf(drafts)
  return drafts.map(({ texts, relevance, budget, lead }) => {
    const words = Math.min(budget.words - (lead?.words ?? 0), left)
    const points = choosePoints(texts, relevance, { words, points: budget.points, style, told }, lead)
    left -= points.reduce((sum, point) => sum + point.words, 0)
    told.push(...points.flatMap(point => point.told))
    return { lead: lead?.passage ?? null, points: points.map(point => keyPointOf(point, style)) }
  })
}

/** The summary of one post on its own, within an item's budget. */
export function summarizePost(post: FullPost, budget: ItemBudget, style: SummaryStyle): Summary {
  const budgets = { opening: budget, next: budget, nextCount: 0, later: budget, edition: budget.words }
  return summarizePosts([post], { style, budgets })[0] ?? { lead: null, points: [] }
}

function draftLeads(posts: readonly FullPost[], budgets: SummaryBudgets, style: SummaryStyle): readonly Draft[] {
  const told: ReadonlySet<string>[] = []
  return posts.map((post, index) => {
    const { texts, relevance } = weigh(post)
    const budget = budgetAt(index, budgets)
    const lead = chooseLead(texts, relevance, { ...leadRoomOf(budget, style), told })
    told.push(...(lead?.told ?? []))
    return { texts, relevance, budget, lead }
  })
}

/** What a post says, whatever stands beside it: for somebody who summarizes the same posts over and over, as the preview does. */
const weighed = new WeakMap<FullPost, Pick<Draft, 'texts' | 'relevance'>>()

function weigh(post: FullPost): Pick<Draft, 'texts' | 'relevance'> {
  const known = weighed.get(post)
  if (known !== undefined) return known
  const texts = sourceTextsOf(post)
  const fresh = { texts, relevance: relevanceOf(texts) }
  weighed.set(post, fresh)
  return fresh
}

function budgetAt(index: number, { opening, next, nextCount, later }: SummaryBudgets): ItemBudget {
  if (index === 0) return opening
  return index <= nextCount ? next : later
}

// Words that a lead leaves to each point, so long as half of the item's stay its own.
const wordsForPoint = 20

function leadRoomOf({ words, points }: ItemBudget, style: SummaryStyle): Omit<LeadRoom, 'told'> {
  const wanted = style === 'lead' ? words : Math.max(words - wordsForPoint * points, Math.ceil(words / 2))
  return { wanted, most: words }
}

/** Leads that keep to the edition's words: the later ones shorter first, then, from the last on, none. */
function fitLeads(drafts: readonly Draft[], most: number): readonly Draft[] {
  const fitted = [...drafts]
  const each = Math.floor(most / Math.max(1, drafts.length))
  for (let index = fitted.length - 1; index >= 0 && wordsOf(fitted) > most; index -= 1) {
    const draft = fitted[index]
    if (!draft?.lead || draft.lead.words <= each) continue
    const told = fitted.flatMap(({ lead }, at) => (at === index ? [] : (lead?.told ?? [])))
    const shorter = chooseLead(draft.texts, draft.relevance, { wanted: each, most: each, told })
    if (shorter) fitted[index] = { ...draft, lead: shorter }
  }
  for (let index = fitted.length - 1; index >= 0 && wordsOf(fitted) > most; index -= 1) {
    const draft = fitted[index]
    if (draft) fitted[index] = { ...draft, lead: null }
  }
  return fitted
}

function wordsOf(drafts: readonly Draft[]): number {
  return drafts.reduce((sum, { lead }) => sum + (lead?.words ?? 0), 0)
}

function keyPointOf({ passage, question }: Candidate, style: SummaryStyle): KeyPoint {
  return { ...passage, question: style === 'answers' ? question : null }
}
