import { describeReason } from '../selection/describe-reason.ts'
import type { Selection } from '../selection/selection.ts'

/** An instant (milliseconds since 1970) as `--json` shows it: in UTC (ISO 8601). */
export function instantJson(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

/** A selection as `--json` shows it: one flat object for every post, in the collection's order. */
export function selectionJson({ decisions }: Selection): readonly object[] {
  return decisions.map(decision => {
    const { post, reason } = decision
    return {
      slug: post.slug,
      language: post.language,
      title: post.title,
      file: post.file,
      publishedAt: post.publishedAt.instant,
      decision: decision.decision,
      reason: describeReason(decision),
      kind: reason.kind,
    }
  })
}
