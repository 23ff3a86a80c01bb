/** A segment as a condition of a query. Whatever a person wrote reaches the database as a parameter only. */

import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Ledger } from '../ledger/ledger.ts'
import type { Segment, SegmentCondition, SegmentField } from './segment.ts'

type Condition = RawBuilder<SqlBool>

/** True of those in the segment, and of all where it is null; for a query in which the table is named `subscribers`. Says nothing of state and list. */
export function subscriberFilter(segment: Segment | null, kind: Ledger['kind']): Expression<SqlBool> {
  return segment === null ? sql<SqlBool>`1 = 1` : conditionOf(segment.condition, kind)
}

function conditionOf(condition: SegmentCondition, kind: Ledger['kind']): Condition {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const parts = condition.parts.map(part => conditionOf(part, kind))
      return sql`(${sql.join(parts, condition.kind === 'all' ? sql` and ` : sql` or `)})`
    }
    case 'not':
      return sql`(not ${conditionOf(condition.part, kind)})`
    case 'is':
      return anyOf(condition.values.map(value => isValue(condition.field, value, kind)))
    case 'has':
      return hasValue(condition.field, kind)
    case 'time': {
      const column = sql.ref(`subscribers.${condition.field}`)
      // Without coalesce, "not" of an unknown would be unknown, and leave people out.
      return 'before' in condition
        ? sql`coalesce(${column} < ${condition.before}, 1 = 0)`
        : sql`coalesce(${column} >= ${condition.from}, 1 = 0)`
    }
  }
}

function anyOf(parts: readonly Condition[]): Condition {
  return sql`(${sql.join(parts, sql` or `)})`
}

const tags = sql.ref('subscribers.tagsJson')
const attributes = sql.ref('subscribers.attributesJson')

function isValue(field: SegmentField, value: string, kind: Ledger['kind']): Condition {
  switch (field.kind) {
    case 'tag':
      return kind === 'sqlite'
        ? sql`exists (select 1 from json_each(${tags}) as tag where tag.value = ${value})`
        : sql`(${tags}::jsonb ? ${value}::text)`
    case 'attribute':
      return kind === 'sqlite'
        ? sql`exists (select 1 from json_each(${attributes}) as attribute where attribute.key = ${field.name} and attribute.value = ${value})`
        : sql`coalesce(${attributes}::jsonb ->> ${field.name}::text = ${value}::text, false)`
    case 'language': {
      const language = sql`lower(coalesce(${sql.ref('subscribers.language')}, ''))`
      const variants = `${value}-`
      return sql`(${language} = ${value} or substr(${language}, 1, ${sql.lit(Array.from(variants).length)}) = ${variants})`
    }
    default:
      return sql`(coalesce(${sql.ref(`subscribers.${field.kind}`)}, '') = ${value})`
  }
}

function hasValue(field: SegmentField, kind: Ledger['kind']): Condition {
  switch (field.kind) {
    case 'tag':
      return sql`(${tags} <> '[]')`
    case 'attribute':
      return kind === 'sqlite'
        ? sql`exists (select 1 from json_each(${attributes}) as attribute where attribute.key = ${field.name})`
        : sql`(${attributes}::jsonb ? ${field.name}::text)`
    default:
      return sql`(coalesce(${sql.ref(`subscribers.${field.kind}`)}, '') <> '')`
  }
}
