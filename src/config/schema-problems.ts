import type * as z from 'zod'
import type { ErrorCode, Problem } from '../errors.ts'
import { nearestName } from './nearest-name.ts'
import { quoteValue } from './quote-value.ts'
import { placeInYaml } from './yaml-place.ts'

/** The YAML text that was validated, for naming places. */
export interface YamlSource {
  /** As the user would name it. */
  readonly file: string
  readonly text: string
  /** Line of the file on which `text` begins; 1 when it is the whole file. */
  readonly firstLine?: number
}

/**
 * Turns everything a zod schema refused into problems: one for each in the order of the file, with file, line and column, what was expected, what stood there and what to do.
 * `value` is the parsed data that was refused; `source` is null where it did not come from a file.
 */
export async function schemaProblems(
  code: ErrorCode,
  error: z.ZodError,
  value: unknown,
  source: YamlSource | null,
  shape: z.ZodType,
): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const issue of error.issues) {
    const unknownKeys = issue.code === 'unrecognized_keys' ? issue.keys : [null]
    for (const key of unknownKeys) {
      const path = key === null ? issue.path : [...issue.path, key]
      const place = source === null ? {} : { place: await placeInYaml(source.file, source.text, path, source.firstLine ?? 1) }
      const name = path.map(String).join('.')
      problems.push(
        key === null
          ? {
              code,
              severity: 'error',
              ...place,
              message: `"${name}" is not what it should be`,
              expected: expectation(issue),
              got: quoteValue(valueAt(value, path)),
              hint: `Write ${expectation(issue)} here.`,
            }
          : {
              code,
              severity: 'error',
              ...place,
              message: `"${name}" is not a known setting`,
              got: key,
              hint: unknownKeyHint(key, knownKeys(shape, issue.path)),
            },
      )
    }
  }
  return problems.sort((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0))
}

function unknownKeyHint(key: string, known: readonly string[]): string {
  const near = nearestName(key, known)
  return near === null ? `Remove it. Known here: ${known.join(', ')}.` : `Did you mean "${near}"?`
}

/** What an issue wanted, as a noun: `a text`, `one of daily, weekly`. */
export function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return (
        {
          string: 'a text',
          number: 'a number',
          int: 'a whole number',
          boolean: 'true or false',
          array: 'a list',
          object: 'a map of settings',
          record: 'a map',
        }[String(issue.expected)] ?? String(issue.expected)
      )
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array' ? 'something that is not empty' : `at least ${issue.minimum}`
    case 'too_big':
      return `at most ${issue.maximum}`
    case 'invalid_format':
      return issue.message.startsWith('Invalid') ? `a text of the form ${issue.format}` : issue.message
    default:
      return issue.message
  }
}

/** The value at a path into parsed data; undefined where the path leads nowhere. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined), value)
}

function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  // Unwrapping goes through lists to what they hold, so a place in a list is no step of its own.
  const names = path.filter(key => typeof key === 'string')
  const inner = names.reduce<unknown>((each, key) => unwrap(each)?.shape?.[key], schema)
  return Object.keys(unwrap(inner)?.shape ?? {})
}

interface SchemaInside {
  shape?: Record<string, unknown>
}

function unwrap(schema: unknown): SchemaInside | undefined {
  let inner = schema
  while (typeof inner === 'object' && inner !== null && 'unwrap' in inner && typeof inner.unwrap === 'function') inner = inner.unwrap()
  if (typeof inner === 'object' && inner !== null && 'options' in inner && Array.isArray(inner.options))
    return unwrap(inner.options.find(option => unwrap(option)?.shape))
  return typeof inner === 'object' && inner !== null ? (inner as SchemaInside) : undefined
}
