/** One person out of two that have the same address. */

import type { SubscriberRow } from '../ledger/tables.ts'
import { attributesJson, attributesOf } from './attributes.ts'
import type { ImportRow } from './import-stage.ts'
import { strongestState } from './import-states.ts'
import { tagsJson, tagsOf } from './tags.ts'

/** What is known of a person besides address and state. */
export type PersonValues = Pick<SubscriberRow, 'name' | 'language' | 'tagsJson' | 'attributesJson'>

/** Values of both: tags of both, and for the rest `first` wins wherever it has something. */
export function mergeValues(first: PersonValues, second: PersonValues): PersonValues {
  return {
    name: first.name ?? second.name,
    language: first.language ?? second.language,
    tagsJson: first.tagsJson === second.tagsJson ? first.tagsJson : tagsJson([...tagsOf(first.tagsJson), ...tagsOf(second.tagsJson)]),
    attributesJson:
      first.attributesJson === second.attributesJson || second.attributesJson === '{}'
        ? first.attributesJson
        : attributesJson(new Map([...attributesOf(second.attributesJson), ...attributesOf(first.attributesJson)])),
  }
}

/** Whether nothing differs. */
export function sameValues(a: PersonValues, b: PersonValues): boolean {
  return a.name === b.name && a.language === b.language && a.tagsJson === b.tagsJson && a.attributesJson === b.attributesJson
}

/** Two rows of a file as one: the state that sends least, the earliest time of joining and of confirming. */
export function mergeRows(first: ImportRow, second: ImportRow): ImportRow {
  const confirmed = [first.confirmedAt, second.confirmedAt].filter(each => each !== null)
  return {
    ...first,
    ...mergeValues(first, second),
    state: strongestState([first.state, second.state]),
    joinedAt: Math.min(first.joinedAt, second.joinedAt),
    confirmedAt: confirmed.length === 0 ? null : Math.min(...confirmed),
    proofJson: first.proofJson ?? second.proofJson,
  }
}
