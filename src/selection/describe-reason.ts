import type { HiddenReason } from '../content/post.ts'
import type { Decision, LeftOutReason, PickReason } from './selection.ts'

/** Why a post was picked or left out, in a few plain words that stand after its title: "not featured", "ran in 2026-w05". */
export function describeReason(decision: Decision): string {
  return decision.decision === 'picked' ? describePick(decision.reason) : describeLeftOut(decision.reason)
}

/** The same for a table that has a column of dates: without the day that stands there. */
export function describeReasonBesideDate(decision: Decision): string {
  const { post, reason } = decision
  if (!('day' in reason) || reason.day !== post.publishedAt.day) return describeReason(decision)
  return reason.kind === 'future' ? 'in the future' : 'outside the window'
}

function describePick(reason: PickReason): string {
  switch (reason.kind) {
    case 'in-window':
      return 'in the window'
    case 'late-arrival':
      return belongsTo(reason.edition)
    case 'updated':
      return reason.ranIn === null ? 'updated in the window' : `updated since it ran in ${reason.ranIn}`
    case 'fill':
      return 'not featured, but fills the edition'
    case 'editor':
      return "the editor's pick"
  }
}

function describeLeftOut(reason: LeftOutReason): string {
  switch (reason.kind) {
    case 'hidden':
      return hiddenWords[reason.why]
    case 'outside-window':
      return `dated ${reason.day}, outside`
    case 'future':
      return `dated ${reason.day}, in the future`
    case 'not-featured':
      return 'not featured'
    case 'other-language':
      return `in another language: ${reason.language}`
    case 'translation-of':
      return `a translation of "${reason.slug}", which counts for this language`
    case 'category':
    case 'tag':
    case 'author':
      return describeListRule(reason)
    case 'ran':
      return `ran in ${reason.edition}`
    case 'missed':
      return `${belongsTo(reason.edition)}; late arrivals are only reported`
    case 'over-limit':
      return `over the limit of ${reason.limit}`
    case 'editor':
      return 'left out by the editor'
  }
}

const hiddenWords: Readonly<Record<HiddenReason, string>> = {
  draft: 'a draft',
  unpublished: 'not published',
  unlisted: 'unlisted',
  archived: 'archived',
  status: 'its status is not "published"',
  'drafts-folder': 'in a folder of drafts',
}

function describeListRule({ kind, value, rule }: LeftOutReason & { kind: 'category' | 'tag' | 'author' }): string {
  if (value === null) return `has no ${kind}, and only some are included`
  return rule === 'excluded' ? `${kind} "${value}" is excluded` : `${kind} "${value}" is not included`
}

function belongsTo(edition: string): string {
  return `late: belongs to ${edition}, which was sent without it`
}
