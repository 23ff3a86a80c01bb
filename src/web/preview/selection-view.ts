import { describeReason } from '../../selection/describe-reason.ts'
import type { Decision, Selection } from '../../selection/selection.ts'
import type { SelectionRow, SelectionView } from './api.ts'

/** Posts of another time than the edition's that are listed on each side of it. All others are listed: each has something to say of this edition. */
const listedOutside = 30

/** The selection as a list that stays readable in a publication of thousands of posts. */
export function toSelectionView({ window, decisions, picks }: Selection): SelectionView {
  const leftOut = decisions.filter(each => each.decision === 'left-out').sort(newestFirst)
  const outside = leftOut.filter(isOutside)
  const later = outside.filter(({ post }) => post.publishedAt.instant >= window.to)
  const near = new Set(outside.slice(Math.max(0, later.length - listedOutside), later.length + listedOutside))
  const others = leftOut.filter(each => !isOutside(each) || near.has(each))
  return { rows: [...picks, ...others].map(toRow), more: outside.length - near.size }
}

function newestFirst(a: Decision, b: Decision): number {
  return a.post.publishedAt.instant < b.post.publishedAt.instant ? 1 : -1
}

function isOutside({ reason }: Decision): boolean {
  return reason.kind === 'outside-window' || reason.kind === 'future'
}

function toRow(decision: Decision): SelectionRow {
  const { slug, title, file, language, publishedAt } = decision.post
  const { kind } = decision.reason
  return { slug, title, file, language, day: publishedAt.day, decision: decision.decision, reason: describeReason(decision), kind }
}
