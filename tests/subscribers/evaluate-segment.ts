import type { SegmentCondition, SegmentedSubscriber, SegmentField } from '../../src/subscribers/segment.ts'

/** What the documentation says of conditions, in plain code, to hold the queries against. */
export function evaluateSegment(condition: SegmentCondition, subscriber: SegmentedSubscriber): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.parts.every(part => evaluateSegment(part, subscriber))
    case 'any':
      return condition.parts.some(part => evaluateSegment(part, subscriber))
    case 'not':
      return !evaluateSegment(condition.part, subscriber)
    case 'is':
      return condition.values.some(value => isValue(condition.field, value, subscriber))
    case 'has':
      return valuesOf(condition.field, subscriber).some(value => value !== '')
    case 'time': {
      const instant = subscriber[condition.field]
      if (instant === null) return false
      return 'before' in condition ? instant < condition.before : instant >= condition.from
    }
  }
}

function isValue(field: SegmentField, value: string, subscriber: SegmentedSubscriber): boolean {
  const values = valuesOf(field, subscriber)
  if (field.kind !== 'language') return values.includes(value)
  return values.some(each => each.toLowerCase() === value || each.toLowerCase().startsWith(`${value}-`))
}

function valuesOf(field: SegmentField, subscriber: SegmentedSubscriber): readonly string[] {
  if (field.kind === 'tag') return subscriber.tags
  if (field.kind !== 'attribute') return [subscriber[field.kind] ?? '']
  const value = subscriber.attributes.get(field.name)
  return value === undefined ? [] : [value]
}
