/** What the columns of a file are: by the names that people and other services give them, or as the user says. */

import { nearestName } from '../config/nearest-name.ts'
import { UserError } from '../errors.ts'
import { normalAttributeName } from './attributes.ts'

/** What a column holds. `wanted` and `unwanted` say yes or no; `left` and `bounced` are instants; `attributes` is a JSON object. */
export type ColumnTarget = { readonly kind: PlainTarget | 'ignored' } | { readonly kind: 'attribute'; readonly name: string }

/** Targets that at most one column has. */
export type PlainTarget = keyof typeof knownHeaders

/** A column's name with what it holds. */
export interface ImportColumn {
  readonly header: string
  readonly target: ColumnTarget
}

/** What the user says of the columns. */
export interface ColumnChoice {
  /** Target to header: `email`, `name`, …, `attribute.city`. */
  readonly map: ReadonlyMap<string, string>
  /** Headers to pass over. */
  readonly ignore: readonly string[]
}

/**
 * Names in the order in which they are believed, as `plainHeader` writes them. Out of the exports of Mailchimp (Email Address, OPTIN_TIME, UNSUB_TIME,
 * CLEAN_TIME, in one file for each state), listmonk (attributes, status), Ghost (subscribed_to_emails, labels), Substack (email_disabled), Brevo
 * (EMAIL, ADDED_TIME), Buttondown (type, creation_date), Kit (state), Keila (status), ours; and out of what people write by hand.
 */
const knownHeaders = {
  email: words(
    'email emailaddress mail mailaddress emailadresse mailadresse adresseemail adressemail courriel correo correoelectronico emailid ایمیل پستالکترونیک نشانیایمیل subscriber subscriberemail address adresse',
  ),
  name: words('name fullname displayname vollername nom nombre نام'),
  firstName: words('firstname fname givenname vorname prenom first'),
  lastName: words('lastname lname surname familyname nachname nomdefamille apellido apellidos last'),
  language: words('language lang locale sprache langue idioma زبان'),
  tags: words('tags tag labels segments schlagworter etiquetas برچسبها'),
  state: words('status state subscriptionstatus emailsubscriptionstatus emailmarketing zustand'),
  joined: words(
    'joinedat joined optintime optinat subscribedat subscribedate signupdate signedupat addedtime addedat createdat creationdate created dateadded',
  ),
  confirmed: words('confirmedat confirmed confirmtime confirmationtime doubleoptinat optinconfirmedat'),
  consent: words('consent proof optinsource'),
  ip: words('confirmip optinip ipaddress ip'),
  wanted: words('subscribedtoemails emailenabled subscribed'),
  unwanted: words('emaildisabled emailblacklisted emailblocklisted blocklisted blacklisted unsubscribed'),
  left: words('unsubtime unsubscribedat unsubscribeddate unsubscribedate optouttime'),
  bounced: words('cleantime cleanedat bouncedat'),
  attributes: words('attributes attribs customfields metadata data'),
} as const

/** Every target that `--map` knows, besides `attribute.NAME`. */
const targetNames = Object.keys(knownHeaders) as readonly PlainTarget[]

/**
 * The columns of a file. Columns that nobody knows become attributes of their name.
 * @throws UserError `import-refused` where no column holds the address, or the choice names a column that is not there
 */
export function importColumns(headers: readonly string[], choice: ColumnChoice, file: string): readonly ImportColumn[] {
  const chosen = chosenTargets(headers, choice, file)
  const taken = new Set([...chosen.values()].map(target => target.kind))
  const known = new Map<number, ColumnTarget>(chosen)
  for (const target of targetNames) {
    if (taken.has(target)) continue
    const index = bestColumn(headers, knownHeaders[target], known)
    if (index !== null) known.set(index, { kind: target })
  }
  const columns = headers.map((header, index): ImportColumn => ({ header, target: known.get(index) ?? attributeTarget(header) }))
  if (!columns.some(({ target }) => target.kind === 'email')) throw noAddress(headers, file)
  return columns
}

/** The target of a name in a JSON object. */
export function fieldTarget(name: string, { map, ignore }: ColumnChoice): ColumnTarget {
  if (ignore.includes(name)) return { kind: 'ignored' }
  for (const [target, header] of map) if (header === name) return targetNamed(target)
  const plain = plainHeader(name)
  const found = targetNames.find(target => !map.has(target) && knownHeaders[target].includes(plain))
  return found === undefined ? attributeTarget(name) : { kind: found }
}

/** Why a name after `--map` is none, as an error; null where it is one. */
export function targetFault(target: string): UserError | null {
  if (targetNames.some(each => each === target) || /^attribute\../.test(target)) return null
  const near = nearestName(target, targetNames)
  return new UserError({
    code: 'usage',
    message: `--map does not know "${target}"`,
    expected: `${targetNames.join(', ')} or attribute.NAME${near === null ? '' : `; did you mean ${near}?`}`,
    hint: 'Write it as --map email=Mail, with the name of the column behind the sign.',
  })
}

function words(text: string): readonly string[] {
  return text.split(' ')
}

/** Small letters and digits only: `E-Mail-Adresse` is `emailadresse`, `Prénom` is `prenom`. */
function plainHeader(header: string): string {
  return header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function targetNamed(target: string): ColumnTarget {
  const plain = targetNames.find(each => each === target)
  return plain === undefined ? attributeTarget(target.replace(/^attribute\./, '')) : { kind: plain }
}

function attributeTarget(header: string): ColumnTarget {
  const name = normalAttributeName(header.replace(/^attribute\./i, ''))
  return name === null ? { kind: 'ignored' } : { kind: 'attribute', name }
}

function chosenTargets(headers: readonly string[], { map, ignore }: ColumnChoice, file: string): Map<number, ColumnTarget> {
  const indexOf = (header: string, flag: string) => {
    const exact = headers.indexOf(header)
    const index = exact < 0 ? headers.findIndex(each => each.trim().toLowerCase() === header.trim().toLowerCase()) : exact
    if (index < 0) throw noSuchColumn(header, flag, headers, file)
    return index
  }
  return new Map<number, ColumnTarget>([
    ...ignore.map(header => [indexOf(header, '--ignore'), { kind: 'ignored' }] as const),
    ...[...map].map(([target, header]) => [indexOf(header, '--map'), targetNamed(target)] as const),
  ])
}

function bestColumn(headers: readonly string[], names: readonly string[], taken: ReadonlyMap<number, ColumnTarget>): number | null {
  const plain = headers.map((header, index) => (taken.has(index) ? '' : plainHeader(header)))
  const found = names.map(name => plain.indexOf(name)).find(index => index >= 0)
  return found ?? null
}

function noAddress(headers: readonly string[], file: string): UserError {
  const hasAddress = headers.some(header => header.includes('@'))
  return new UserError({
    code: 'import-refused',
    message: hasAddress ? 'the file has no line of headers: its first line is a person already' : 'no column of the file holds addresses',
    place: { file, line: 1 },
    expected: 'a column named email, e-mail, Email Address, E-Mail-Adresse or the like',
    got: shown(headers),
    hint: hasAddress ? 'Put a line above it, such as: email,name' : `Name it: --map email=${quotedHeader(headers[0] ?? 'COLUMN')}`,
  })
}

function noSuchColumn(header: string, flag: string, headers: readonly string[], file: string): UserError {
  const near = nearestName(header, headers)
  return new UserError({
    code: 'import-refused',
    message: `${flag} names a column that the file has not: "${header}"`,
    place: { file, line: 1 },
    expected: `${shown(headers)}${near === null ? '' : `; did you mean ${near}?`}`,
    got: header,
    hint: 'Write the header as it stands in the file.',
  })
}

function shown(headers: readonly string[]): string {
  const some = headers.slice(0, 20).map(header => header.slice(0, 60))
  return `${some.join(', ')}${headers.length > some.length ? ' …' : ''}`
}

function quotedHeader(header: string): string {
  return /^[\w-]+$/.test(header) ? header : `"${header.slice(0, 60)}"`
}
