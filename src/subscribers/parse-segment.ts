import { nearestName } from '../config/nearest-name.ts'
import { readDate } from '../content/post-date.ts'
import { startOfDay } from '../content/zone-time.ts'
import { UserError } from '../errors.ts'
import { addDays } from '../selection/calendar.ts'
import type { SegmentCondition, SegmentField } from './segment.ts'
import { isSign, isWord, type Token, tokenCursor } from './segment-tokens.ts'
import { expectedValues, plainFields, segmentField, segmentValue } from './segment-values.ts'

/** What an expression may refer to. */
export interface SegmentContext {
  /** `segments:` of the configuration: name to expression. */
  readonly segments: Readonly<Record<string, string>>
  /** The zone in which days begin. */
  readonly timeZone: string
}

const longestExpression = 2000
const deepest = 50
/** In all, names put in place and every value counted: `a: b and b`, `b: c and c` … would grow without bound, and SQLite nests at most 1,000 deep. */
const mostConditions = 500

const joiners = 'and, or, or the end'
const reserved = new Set(['and', 'or', 'not', 'in', 'has', 'before', 'after'])

/**
 * Parses an expression, its names of other segments put in place. The grammar stands in docs/subscribers.md#segments.
 * @throws UserError `segment-invalid` with the column, what was expected and what stood there
 */
export function parseSegment(expression: string, context: SegmentContext): SegmentCondition {
  return parse({ expression, label: 'the segment', trail: [], budget: { left: mostConditions }, context })
}

interface Job {
  readonly expression: string
  readonly label: string
  /** Names of the segments that this one stands in. */
  readonly trail: readonly string[]
  readonly budget: { left: number }
  readonly context: SegmentContext
}

function parse(job: Job): SegmentCondition {
  const { expression, budget, context } = job
  if (expression.length > longestExpression) throw invalid(job, null, `at most ${longestExpression} characters`, `${expression.length}`)
  const { peek, next, takeWord, takeSign } = tokenCursor(expression)
  const expectSign = (sign: string) => {
    if (!takeSign(sign)) throw invalid(job, peek(), `"${sign}"`)
  }
  const spend = (condition: SegmentCondition): SegmentCondition => {
    budget.left -= condition.kind === 'is' ? condition.values.length : 1
    if (budget.left < 0) throw invalid(job, null, `at most ${mostConditions} conditions, those of other segments counted`, 'more')
    return condition
  }

  const chain = (kind: 'all' | 'any', word: string, part: (depth: number) => SegmentCondition) => (depth: number) => {
    if (depth > deepest) throw invalid(job, peek(), `at most ${deepest} levels`)
    const parts = [part(depth)]
    while (takeWord(word)) parts.push(part(depth))
    const [only] = parts
    return parts.length === 1 && only !== undefined ? only : spend({ kind, parts })
  }
  const negation = (depth: number): SegmentCondition => {
    if (depth > deepest) throw invalid(job, peek(), `at most ${deepest} levels`)
    return takeWord('not') ? spend({ kind: 'not', part: negation(depth + 1) }) : primary(depth)
  }
  const conjunction = chain('all', 'and', negation)
  const disjunction = chain('any', 'or', conjunction)

  const primary = (depth: number): SegmentCondition => {
    if (takeSign('(')) {
      const inner = disjunction(depth + 1)
      expectSign(')')
      return inner
    }
    const token = next()
    if (token.kind !== 'word' || reserved.has(token.text.toLowerCase())) {
      if (isWord(token, 'has')) return spend({ kind: 'has', field: requireField(next()) })
      throw invalid(job, token, 'a condition, such as tag = berlin, or the name of a segment')
    }
    if (isWord(token, 'segment') && peek().kind === 'word') return named(next())
    if (isWord(token, 'joined')) return timed('joinedAt')
    if (isWord(token, 'confirmed')) return timed('confirmedAt')
    return isComparison(peek()) ? comparison(requireField(token)) : fieldOrName(token)
  }

  const isComparison = (token: Token) =>
    ['=', '!=', '!', '<', '>'].some(sign => isSign(token, sign)) || isWord(token, 'in') || isWord(token, 'not')

  const fieldOrName = (token: Token): SegmentCondition => {
    const quoted = peek()
    if (token.text.toLowerCase() === 'attribute.' && quoted.kind === 'quoted' && quoted.attached) return comparison(requireField(token))
    if (segmentField(token.text) !== null) throw invalid(job, peek(), `"=", "!=" or "in" after ${token.text}`)
    return named(token)
  }

  const requireField = (token: Token): SegmentField => {
    const isQuotedName = token.text.toLowerCase() === 'attribute.' && peek().kind === 'quoted' && peek().attached
    const written = isQuotedName ? `attribute.${next().text}` : token.text
    const field = token.kind === 'word' ? segmentField(written) : null
    if (field !== null) return field
    const near = nearestName(token.text, [...plainFields, 'joined', 'confirmed'])
    throw invalid(
      job,
      token,
      `${plainFields.join(', ')}, attribute.NAME, joined or confirmed${near === null ? '' : `; did you mean ${near}?`}`,
    )
  }

  const comparison = (field: SegmentField): SegmentCondition => {
    const operator = next()
    if (isSign(operator, '=')) return spend({ kind: 'is', field, values: [value(field)] })
    if (isSign(operator, '!=')) return spend({ kind: 'not', part: spend({ kind: 'is', field, values: [value(field)] }) })
    const negated = isWord(operator, 'not')
    if (!isWord(negated ? next() : operator, 'in')) throw invalid(job, operator, '=, !=, in (…) or not in (…)')
    expectSign('(')
    const values = [value(field)]
    while (takeSign(',')) values.push(value(field))
    expectSign(')')
    const part = spend({ kind: 'is', field, values })
    return negated ? spend({ kind: 'not', part }) : part
  }

  const value = (field: SegmentField): string => {
    const token = next()
    const found = token.kind === 'word' || token.kind === 'quoted' ? segmentValue(field, token.text) : null
    if (found === null) throw invalid(job, token, expectedValues[field.kind])
    return found
  }

  const timed = (field: 'joinedAt' | 'confirmedAt'): SegmentCondition => {
    const direction = next()
    const isBefore = isWord(direction, 'before')
    if (!isBefore && !isWord(direction, 'after')) throw invalid(job, direction, '"before" or "after" and a day')
    const token = next()
    const date = token.kind === 'word' || token.kind === 'quoted' ? readDate(token.text, context.timeZone) : null
    if (date?.kind !== 'date') throw invalid(job, token, 'a day such as 2026-01-31')
    const { day, instant, precision } = date.date
    if (isBefore) return spend({ kind: 'time', field, before: Date.parse(instant) })
    const from = precision === 'day' ? Date.parse(startOfDay(addDays(day, 1), context.timeZone)) : Date.parse(instant) + 1
    return spend({ kind: 'time', field, from })
  }

  const named = (token: Token): SegmentCondition => {
    const names = Object.keys(context.segments)
    const name = token.text
    const inner = Object.hasOwn(context.segments, name) ? context.segments[name] : undefined
    if (inner === undefined) throw unknownName(job, token, names)
    if (job.trail.includes(name)) throw invalid(job, token, `a segment that does not lead back: ${[...job.trail, name].join(' → ')}`)
    return spend(parse({ ...job, expression: inner, label: `the segment "${name}" of the configuration`, trail: [...job.trail, name] }))
  }

  const condition = disjunction(0)
  if (peek().kind !== 'end') throw invalid(job, peek(), joiners)
  return condition
}

function unknownName(job: Job, token: Token, names: readonly string[]): UserError {
  const near = nearestName(token.text, [...names, ...plainFields])
  const known = names.length === 0 ? 'the configuration names no segments' : `one of ${names.join(', ')}`
  return invalid(
    job,
    token,
    `a condition such as tag = berlin, or the name of a segment (${known})${near === null ? '' : `; did you mean ${near}?`}`,
  )
}

function invalid({ label, expression }: Job, token: Token | null, expected: string, got?: string): UserError {
  const where = token === null ? '' : ` at column ${token.column}`
  return new UserError({
    code: 'segment-invalid',
    message: `${label} cannot be understood${where}${expression.length > 100 ? '' : `: ${expression}`}`,
    expected,
    got:
      got ??
      (token === null || token.kind === 'end'
        ? 'its end'
        : token.kind === 'unclosed'
          ? `${token.text}, which is not closed`
          : token.text.slice(0, 60)),
    hint: 'Write conditions such as: tag = berlin and not (language = de or joined before 2026-01-01). More: docs/subscribers.md#segments',
  })
}
