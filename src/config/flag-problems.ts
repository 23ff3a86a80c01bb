import type * as z from 'zod'
import type { Problem } from '../errors.ts'
import { quoteValue } from './quote-value.ts'
import { configSchema } from './schema.ts'
import { expectation, schemaProblems, valueAt } from './schema-problems.ts'

// The flags that give a setting; a setting below one of these (`selection.tags.include.0`) is given by the same flag.
const flags: Readonly<Record<string, string>> = {
  'site.name': '--name',
  'site.url': '--site-url',
  'site.language': '--language',
  'site.timeZone': '--time-zone',
  'content.dir': '--content',
  'selection.by': '--by',
  'selection.order': '--order',
  'selection.limit': '--limit',
  'selection.min': '--min',
  'selection.categories': '--category',
  'selection.tags': '--tag',
  'sender.email': '--sender-email',
  'sender.address': '--address',
  out: '--out',
}

/** What is wrong with settings given by hand, nested as in the file: the flag is named, not a place in a file that may not even exist. */
export async function flagProblems(given: object): Promise<Problem[]> {
  const result = configSchema.safeParse(given)
  if (result.success) return []
  const known = result.error.issues.filter(issue => flagOf(issue.path) !== null)
  if (known.length === 0) return schemaProblems('config-invalid', result.error, given, null, configSchema)
  return known.map(issue => ({
    code: 'config-invalid',
    severity: 'error',
    message: `${flagOf(issue.path)} is not what it should be`,
    expected: expectation(issue),
    got: quoteValue(valueAt(given, issue.path)),
    hint: hintFor(issue, valueAt(given, issue.path)),
  }))
}

/** What to give instead of a wrong value of one setting (`site.url`), as a sentence; null when the value is right. */
export function settingFault(setting: `${string}.${string}`, value: string): string | null {
  const [section = '', name = ''] = setting.split('.')
  const issue = configSchema.safeParse({ [section]: { [name]: value } }).error?.issues[0]
  return issue === undefined ? null : hintFor(issue, value)
}

function flagOf(path: readonly PropertyKey[]): string | null {
  const name = path.map(String).join('.')
  const setting = Object.keys(flags).find(each => name === each || name.startsWith(`${each}.`))
  return setting === undefined ? null : (flags[setting] ?? null)
}

function hintFor(issue: z.core.$ZodIssue, value: unknown): string {
  const isAddress = issue.path.join('.') === 'site.url' && typeof value === 'string'
  const address = isAddress ? `https://${value.replace(/^[a-z]*:?\/*/i, match => (match.includes('/') ? '' : match))}` : ''
  return isAddress && /^https:\/\/[^\s/:]+\.[^\s/:]+/.test(address) ? `Try ${address}.` : `Give ${expectation(issue)}.`
}
