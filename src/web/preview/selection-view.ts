import { describeReason } from '../../selection/describe-reason.ts'
import type { Decision, Selection } from '../../selection/selection.ts'
import type { SelectionRow, SelectionView } from './api.ts'

/** Posts of another time than the edition's that are listed. All others are listed whatever their number: each has something to say of this edition. */
const listedOutside = 60

/** The selection as a list that stays readable in a publication of thousands of posts. */
export function toSelectionView({ window, decisions, picks }: Selection): SelectionView {
  const leftOut = decisions.filter(each => each.decision === 'left-out')
  const outside = leftOut.filter(({ reason }) => reason.kind === 'outside-window' || reason.kind === 'future')
  const distance = ({ post }: Decision) => Math.abs(Date.parse(post.publishedAt.instant) - Date.parse(window.from))
  const near = new Set(
    outside.length > listedOutside ? outside.toSorted((a, b) => distance(a) - distance(b)).slice(0, listedOutside) : outside,
  )
  const isFar = (each: Decision) =>
    (each.reason.kind === 'outside-window' || each.reason.kind === 'future') && !near.has(each as (typeof outside)[number])
  const others = leftOut.filter(each => !isFar(each)).toSorted((a, b) => (a.post.publishedAt.instant < b.post.publishedAt.instant ? 1 : -1))
  return { rows: [...picks, ...others].map(toRow), more: outside.length - near.size }
}

function toRow(decision: Decision): SelectionRow {
  const { slug, title, file, language, publishedAt } = decision.post
  const { kind } = decision.reason
  return { slug, title, file, language, day: publishedAt.day, decision: decision.decision, reason: describeReason(decision), kind }
}
