import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { keysOf } from './feature-keys.ts'

/** The pieces of caniemail's JSON that are used. https://www.caniemail.com/api/data.json */
interface Caniemail {
  readonly last_update_date: string
  readonly nicenames: { readonly family: Readonly<Record<string, string>>; readonly platform: Readonly<Record<string, string>> }
  readonly data: readonly {
    readonly slug: string
    readonly title: string
    /** Family, platform, version: `y`, `n`, `a` (partly), `u` (unknown), then numbers of notes. The last version is the newest. */
    readonly stats: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>
    readonly notes_by_num: Readonly<Record<string, string>> | null
  }[]
}

// Microsoft ended Windows Mail in December 2024.
const gone = new Set(['outlook-windows-mail'])

const platformNames: Readonly<Record<string, string>> = {
  'desktop-webmail': 'web',
  'outlook-com': 'web',
  webmail: 'web',
  'mobile-webmail': 'mobile-web',
}

/** The text of src/inspect/clients/client-data.ts, from the installed `caniemail` package. */
export function clientDataText(): string {
  const require = createRequire(import.meta.url)
  const caniemail = JSON.parse(readFileSync(require.resolve('caniemail/caniemail.json'), 'utf8')) as Caniemail
  const version = (require('caniemail/package.json') as { version: string }).version
  const clients = clientsOf(caniemail)
  const features = caniemail.data.filter(feature => keysOf(feature.slug).length > 0)
  const rows = features.map(feature => JSON.stringify(rowOf(feature, clients)))
  return `// Made by \`npm run generate:clients\`; do not edit. What mail programs support: caniemail.com, ${caniemail.last_update_date.slice(0, 10)}.
// Source: https://www.caniemail.com, by Rémi Parmentier, through the npm package caniemail ${version}.
//
${licence(readFileSync(require.resolve('caniemail/package.json').replace('package.json', 'LICENSE'), 'utf8'))}

/** The day of the data. */
export const clientDataDate = '${caniemail.last_update_date.slice(0, 10)}'

/** Clients in the order in which \`clientFeatureRows\` tells their support: id, then name. */
export const clientNames: readonly (readonly [string, string])[] = [
${clients.map(({ id, name }) => `  ['${id}', '${name}'],`).join('\n')}
]

/** Two features a line, as JSON: slug, title, keys it is recognised by, support by client (y, n, a for partly, u for unknown, with numbers of notes), notes. */
export const clientFeatureRows = String.raw\`
${rows
  .map(escapeTemplate)
  .map((row, index) => row + (index % 2 === 0 ? ',' : '\n'))
  .join('')
  .replace(/,$/, '')
  .trimEnd()}
\`
`
}

// The data's own licence is the same with "Copyright (c) 2019 HTeuMeuLeu" (github.com/hteumeuleu/caniemail).
function licence(text: string): string {
  const lines = text.trim().replace('Copyright © Avi', 'Copyright (c) 2019 HTeuMeuLeu\nCopyright © Avi').split('\n')
  return lines.map(line => `// ${line}`.trimEnd()).join('\n')
}

interface Client {
  readonly id: string
  readonly name: string
  readonly family: string
  readonly platform: string
}

function clientsOf({ data, nicenames }: Caniemail): Client[] {
  const clients = new Map<string, Client>()
  for (const { stats } of data) {
    for (const [family, platforms] of Object.entries(stats)) {
      for (const platform of Object.keys(platforms)) {
        const id = clientId(family, platform)
        if (!gone.has(id)) clients.set(id, { id, family, platform, name: clientName(family, platform, nicenames) })
      }
    }
  }
  return [...clients.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function clientId(family: string, platform: string): string {
  return `${family}-${platformNames[platform] ?? platform}`
}

function clientName(family: string, platform: string, { family: families, platform: platforms }: Caniemail['nicenames']): string {
  if (platform === 'outlook-com') return 'Outlook.com'
  const brand = (families[family] ?? family).replace('Yahoo! Mail', 'Yahoo Mail').replace('Mozilla ', '')
  const where = { 'desktop-webmail': 'web', webmail: 'web', 'mobile-webmail': 'mobile web' }[platform] ?? platforms[platform] ?? platform
  return `${brand} (${where})`
}

function rowOf(feature: Caniemail['data'][number], clients: readonly Client[]): readonly unknown[] {
  const support = clients.map(({ family, platform }) => newest(feature.stats[family]?.[platform]))
  const used = new Set(support.flatMap(each => each.slice(1).split('.')))
  const notes = Object.entries(feature.notes_by_num ?? {}).filter(([number]) => used.has(number))
  return [
    feature.slug,
    feature.title.trim(),
    keysOf(feature.slug).join(' '),
    support.join(' '),
    Object.fromEntries(notes.map(([number, note]) => [number, plain(note)])),
  ]
}

function newest(versions: Readonly<Record<string, string>> | undefined): string {
  const [support = 'u', ...notes] = (newestEntry(Object.entries(versions ?? {})) ?? 'u').split(/\s+/)
  return `${/^[yna]$/.test(support) ? support : 'u'}${notes.map(note => note.replace('#', '')).join('.')}`
}

// Versions are told oldest first, but JSON objects put whole numbers before all others: 10.15 after 12. Where dates stand among them, the order is right.
function newestEntry(entries: readonly (readonly [string, string])[]): string | undefined {
  const dated = entries.some(([version]) => Number.parseInt(version, 10) > 1900)
  return (dated ? entries : entries.toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))).at(-1)?.[1]
}

/** Markdown to plain words. */
function plain(note: string): string {
  return note
    .replace(/\s*\((?:See )?\[[^\]]*\]\([^)]*\)\)\.?/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .trim()
}

function escapeTemplate(row: string): string {
  if (/`|\$\{/.test(row)) throw new Error(`a row that a template string cannot hold: ${row}`)
  return row
}
