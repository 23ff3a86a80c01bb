/** One row of a file, read: somebody to put on the list, or why not. */

import { cleanLine } from '../content/clean-text.ts'
import { readDate } from '../content/post-date.ts'
import type { SubscriberState } from '../ledger/tables.ts'
import { attributeValue, normalAttributeName } from './attributes.ts'
import type { ColumnTarget, PlainTarget } from './import-columns.ts'
import { stateOf, strongestState } from './import-states.ts'
import { languageOf } from './language-of.ts'
import { normalAddress } from './normal-address.ts'
import { splitTags } from './tags.ts'

/** A row as the file has it. Rows count from 1 without the headers, lines count as an editor counts them. */
export interface RawRow {
  readonly row: number
  readonly line: number
  readonly cells: readonly (readonly [ColumnTarget, string])[]
  /** Why it cannot be read at all. */
  readonly fault?: string
}

/** What applies to all rows. */
export interface RowRules {
  readonly tags: readonly string[]
  readonly language: string | null
  /** How these people agreed; null where only the file's own words count. */
  readonly consent: string | null
  /** Zone of times without one. */
  readonly timeZone: string
  /** Milliseconds; for whoever joined at an unknown time. */
  readonly now: number
}

/** Somebody to put on the list. */
export interface ImportedPerson {
  readonly address: string
  readonly original: string
  readonly domain: string
  readonly name: string | null
  readonly language: string | null
  readonly tags: readonly string[]
  readonly attributes: ReadonlyMap<string, string>
  readonly state: SubscriberState
  readonly joinedAt: number
  readonly confirmedAt: number | null
  /** The row's own proof; null where that of the whole import counts. */
  readonly proofJson: string | null
}

/** A person, or why the row is refused. */
export type RowReading = { readonly kind: 'person'; readonly person: ImportedPerson } | Refusal

interface Refusal {
  readonly kind: 'refused'
  readonly address: string
  readonly reason: string
}

const longestName = 200
const mostAttributes = 100
const longestValue = 1000

/** Reads a row. The first thing that is wrong with it is the reason. */
export function readRow({ cells, fault }: RawRow, rules: RowRules): RowReading {
  const { plain, attributes } = sortCells(cells)
  const given = plain.get('email') ?? ''
  const refuse = (reason: string): Refusal => ({ kind: 'refused', address: cleanLine(given).slice(0, 200), reason })
  if (fault !== undefined) return refuse(fault)
  if (given.trim() === '') return refuse('there is no address')
  const address = normalAddress(given)
  if (address.kind === 'refused') return refuse(address.reason)
  const person = personOf(plain, attributes, rules)
  if (typeof person === 'string') return refuse(person)
  const standing = standingOf(plain, rules)
  if (typeof standing === 'string') return refuse(standing)
  const { original, domain } = address
  return { kind: 'person', person: { address: address.address, original, domain, ...person, ...standing } }
}

type Plain = ReadonlyMap<PlainTarget, string>

/** Name, language, tags and attributes, or what is wrong with them. */
function personOf(
  plain: Plain,
  attributes: ReadonlyMap<string, string>,
  rules: RowRules,
): Pick<ImportedPerson, 'name' | 'language' | 'tags' | 'attributes'> | string {
  const name = nameOf(plain)
  if (name.length > longestName) return `the name is longer than ${longestName} characters`
  const language = languageOf(plain.get('language') ?? '')
  if (language === undefined) return `"${shown(plain.get('language'))}" is no language tag such as de or pt-BR`
  if (attributes.size > mostAttributes) return `it has more than ${mostAttributes} attributes`
  for (const [key, value] of attributes) if (value.length > longestValue) return `${key} is longer than ${longestValue} characters`
  const tags = [...rules.tags, ...splitTags(plain.get('tags') ?? '')]
  return { name: name === '' ? null : name, language: language ?? rules.language, tags, attributes }
}

/** State, times and proof, or what is wrong with them. */
function standingOf(plain: Plain, rules: RowRules): Pick<ImportedPerson, 'state' | 'joinedAt' | 'confirmedAt' | 'proofJson'> | string {
  const joined = instantOf(plain.get('joined'), rules)
  if (joined === undefined) return `"${shown(plain.get('joined'))}" is no date that can be understood`
  const confirmed = confirmedOf(plain.get('confirmed'), joined ?? rules.now, rules)
  if (confirmed === undefined) return `"${shown(plain.get('confirmed'))}" is no date that can be understood`
  const state = stateOfRow(plain, confirmed)
  if (state === null) return `"${shown(plain.get('state'))}" is no state that is known`
  const confirmedAt = typeof confirmed === 'number' ? confirmed : null
  const how = cleanLine(plain.get('consent') ?? '')
  const isKnown = confirmedAt !== null || how !== '' || rules.consent !== null
  if (state === 'subscribed' && !isKnown) return 'it is not known how this person agreed'
  const proofJson = proofOf(how === '' ? rules.consent : how, cleanLine(plain.get('ip') ?? ''), confirmedAt ?? joined, how !== '')
  return { state, joinedAt: joined ?? confirmedAt ?? rules.now, confirmedAt, proofJson }
}

function sortCells(cells: RawRow['cells']) {
  const plain = new Map<PlainTarget, string>()
  const attributes = new Map<string, string>()
  for (const [target, text] of cells) {
    if (text === '' || target.kind === 'ignored') continue
    if (target.kind === 'attribute') putAttribute(attributes, target.name, text)
    else if (target.kind === 'attributes') putAttributes(attributes, text)
    else plain.set(target.kind, text)
  }
  return { plain, attributes }
}

function putAttribute(attributes: Map<string, string>, name: string, text: string): void {
  const value = attributeValue(text)
  if (value !== '') attributes.set(name, value)
}

/** A JSON object, as listmonk has it. What is nested in it stays JSON. */
function putAttributes(attributes: Map<string, string>, text: string): void {
  for (const [key, value] of Object.entries(jsonObject(text) ?? { data: text })) {
    const name = normalAttributeName(key)
    if (name !== null && value !== null)
      putAttribute(attributes, name, typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean))
  }
}

function jsonObject(text: string): Record<string, unknown> | null {
  if (!text.trimStart().startsWith('{')) return null
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return null
  }
}

function nameOf(plain: Plain): string {
  const whole = cleanLine(plain.get('name') ?? '')
  return whole === '' ? cleanLine(`${plain.get('firstName') ?? ''} ${plain.get('lastName') ?? ''}`) : whole
}

function instantOf(text: string | undefined, { timeZone }: RowRules): number | null | undefined {
  if (text === undefined || /^[0:\s-]*$/.test(text)) return null
  const reading = readDate(text, timeZone)
  return reading.kind === 'date' ? Date.parse(reading.date.instant) : undefined
}

/** An instant; `no` where the file says that it was not confirmed; null where it says nothing. */
function confirmedOf(text: string | undefined, otherwise: number, rules: RowRules): number | 'no' | null | undefined {
  const answer = yesOrNo(text)
  if (answer !== null) return answer ? otherwise : 'no'
  return instantOf(text, rules)
}

function stateOfRow(plain: Plain, confirmed: number | 'no' | null): SubscriberState | null {
  const written = plain.get('state')?.trim() ?? ''
  const state = written === '' ? 'subscribed' : stateOf(written)
  if (state === null) return null
  const unwanted = plain.get('unwanted')
  const isUnwanted = yesOrNo(plain.get('wanted')) === false || (unwanted !== undefined && yesOrNo(unwanted) !== false)
  return strongestState([
    state,
    ...(plain.has('left') || isUnwanted ? (['unsubscribed'] as const) : []),
    ...(plain.has('bounced') ? (['bounced'] as const) : []),
    ...(confirmed === 'no' ? (['pending'] as const) : []),
  ])
}

function yesOrNo(text: string | undefined): boolean | null {
  if (text === undefined) return null
  if (/^(yes|true|1|y|ja|t|oui|si|sí)$/i.test(text.trim())) return true
  return /^(no|false|0|n|nein|f|non)$/i.test(text.trim()) ? false : null
}

function proofOf(how: string | null, ip: string, at: number | null, isOwn: boolean): string | null {
  if (!isOwn && ip === '' && at === null) return null
  return JSON.stringify({ ...(how === null ? {} : { how }), ...(at === null ? {} : { at }), ...(ip === '' ? {} : { ip }) })
}

function shown(text = ''): string {
  return cleanLine(text).slice(0, 60)
}
