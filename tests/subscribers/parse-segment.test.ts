import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { parseSegment } from '../../src/subscribers/parse-segment.ts'
import type { SegmentedSubscriber } from '../../src/subscribers/segment.ts'
import { segmentOf } from '../../src/subscribers/segment-of.ts'
import { evaluateSegment } from './evaluate-segment.ts'

const segments = {
  berlin: 'tag = berlin',
  'berlin-press': 'berlin and tag = press',
  not: 'language = de',
  a: 'b or tag = x',
  b: 'segment a',
  ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`x${index + 1}`, `x${index} and x${index}`])),
  x0: 'tag = x',
}
const context = { segments, timeZone: 'Europe/Lisbon' }

const ada: SegmentedSubscriber = {
  address: 'ada@gmail.com',
  domain: 'gmail.com',
  name: 'Ada "Countess" Lovelace',
  language: 'de-AT',
  tags: ['berlin', 'press room'],
  attributes: new Map([
    ['city', 'New York'],
    ['postal-code', '10115'],
  ]),
  state: 'subscribed',
  joinedAt: Date.parse('2025-12-31T23:59:59Z'),
  confirmedAt: null,
}

describe('parseSegment()', () => {
  it.each([
    'tag = berlin',
    'TAG = Berlin AND language = DE',
    "tag in (paris, 'press room') and domain=gmail.com",
    'not tag = paris and not (language = en or language=fr)',
    'tag = paris or tag = rome or tag = berlin',
    'tag = paris and tag = rome or tag = berlin',
    'attribute.city = "New York"',
    'attribute."Postal Code" = 10115',
    'has attribute.city and has tag and has name',
    'attribute.city != "New York City" and attribute.street != x',
    'language not in (en, fr)',
    'joined before 2026-01-01',
    'joined after 2025-12-30 and not joined after 2025-12-31',
    'joined after 2025-12-31T23:59:58Z',
    'not confirmed before 2030-01-01',
    'name = "Ada \\"Countess\\" Lovelace"',
    'address = ADA@gmail.com and state = subscribed',
    'berlin and segment not',
  ])('understands %s', expression => {
    expect(evaluateSegment(parseSegment(expression, context), ada)).toBe(true)
  })

  it.each([
    'tag != berlin',
    'not berlin',
    'berlin-press',
    'joined after 2025-12-31',
    'joined before 2025-12-31',
    'confirmed before 2030-01-01',
    'has attribute.street or has attribute.constructor',
    'tag = berlin and tag = paris or language = en',
  ])('knows that %s is not so', expression => {
    expect(evaluateSegment(parseSegment(expression, context), ada)).toBe(false)
  })

  it.each([
    ['tag = berlin adn language = de', 14, 'and, or, or the end', 'adn'],
    ['tag = ', 7, /a tag/, 'its end'],
    ['tga = berlin', 1, /did you mean tag/, 'tga'],
    ['tag', 4, /"=", "!=" or "in"/, 'its end'],
    ['berlni', 1, /one of berlin.*did you mean berlin/, 'berlni'],
    ['(tag = berlin', 14, /"\)"/, 'its end'],
    ['tag = "berlin', 7, /a tag/, '", which is not closed'],
    ['state = gone', 9, /pending, subscribed/, 'gone'],
    ['tag > 3', 5, /=, !=, in/, '>'],
    ['joined before yesterday', 15, /a day such as/, 'yesterday'],
    ['joined 2026-01-01', 8, /"before" or "after"/, '2026-01-01'],
    ['has', 4, /tag, language/, 'its end'],
    ['tag in berlin', 8, /"\("/, 'berlin'],
    ['🧑‍🚀 = 1', 1, /tag, language/, '🧑‍🚀'],
    ["1'; drop table subscribers", 1, /a condition/, '1'],
    ['a', 1, /does not lead back: a → b → a/, 'a'],
  ])('says of %s what is wrong at column %i', (expression, column, expected, got) => {
    const problem = problemOf(expression)
    expect(problem?.message).toMatch(/cannot be understood at column \d+/)
    expect(problem).toMatchObject({ code: 'segment-invalid', expected: expect.stringMatching(expected), got })
    if (expression !== 'a') expect(problem?.message).toContain(`column ${column}`)
  })

  it('names the segment of the configuration that is wrong', () => {
    expect(() => parseSegment('bad', { ...context, segments: { bad: 'tag berlin' } })).toThrow(
      'the segment "bad" of the configuration cannot be understood at column 5: tag berlin',
    )
  })

  it('bounds depth, length and what names grow to', () => {
    expect(problemOf(`${'('.repeat(5000)}`)?.expected).toMatch(/at most 2000 characters/)
    expect(problemOf(`${'('.repeat(900)}tag = x`)?.expected).toMatch(/at most 50 levels/)
    expect(problemOf(`${'not '.repeat(400)}tag = x`)?.expected).toMatch(/at most 50 levels/)
    expect(problemOf('x12')?.expected).toMatch(/at most 500 conditions/)
  })

  it('throws nothing but UserError, whatever is written', () => {
    const word = fc.constantFrom(
      'tag',
      'attribute.',
      'attribute.x',
      '=',
      '!=',
      '(',
      ')',
      ',',
      'in',
      'not',
      'and',
      'or',
      'has',
      'joined',
      'before',
      '2026-01-01',
      '"',
      "'",
      '\\',
      'berlin',
      'segment',
      '__proto__',
      'constructor',
      '"a b"',
      '\ud800',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(word, { maxLength: 14 }).map(words => words.join(' ')),
    )
    fc.assert(
      fc.property(text, expression => {
        try {
          parseSegment(expression, context)
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('docs/subscribers.md', () => {
  const [, section = ''] =
    /## Segments\n(.*?)\n## /s.exec(readFileSync(new URL('../../docs/subscribers.md', import.meta.url), 'utf8')) ?? []
  const named = (load(/```yaml\n(.*?)```/s.exec(section)?.[1] ?? '') as { segments: Record<string, string> }).segments
  const written = [...section.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
  )
  const complete = written.map(code => code.replace(/^… /, 'tag ').replace('…', '2026-01-01'))

  it.each([...Object.values(named), ...complete])('is right that %s is a segment', expression => {
    expect(() => parseSegment(expression, { segments: named, timeZone: 'UTC' })).not.toThrow()
  })

  it('shows every kind of condition', () => expect(complete.length).toBeGreaterThan(15))
})

describe('segmentOf()', () => {
  it('is null where nothing is asked for, and nobody where the expression is empty', () => {
    const config = { segments, site: { timeZone: 'UTC' } }
    expect(segmentOf(config, undefined)).toBe(null)
    for (const empty of ['', ' ']) expect(() => segmentOf(config, empty)).toThrow(expect.objectContaining({ code: 'segment-invalid' }))
    expect(segmentOf(config, 'berlin')).toMatchObject({ expression: 'berlin', condition: { kind: 'is' } })
  })
})

function problemOf(expression: string) {
  try {
    parseSegment(expression, context)
  } catch (error) {
    return error instanceof UserError ? error.problems[0] : undefined
  }
  return undefined
}
