import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { withTemplateReference } from '../../scripts/template-reference.ts'
import { addSendFlags } from '../../src/commands/send-flags.ts'
import { configJsonSchemaText } from '../../src/config/json-schema.ts'
import { presetReplyRules } from '../../src/delivery/replies/preset-replies.ts'
import { replyRules } from '../../src/delivery/replies/reply-rules.ts'
import { errorCatalogue } from '../../src/errors.ts'
import { deliveryStates } from '../../src/ledger/tables.ts'
import { mergeFieldNames } from '../../src/render/email.ts'
import { folderOrder } from '../architecture/imports.ts'

describe('what is written from code', () => {
  it('news-digest.schema.json is the schema of the configuration (else: npm run generate)', () => {
    expect(read('news-digest.schema.json')).toBe(configJsonSchemaText())
  })

  it('docs/templates.md has every field, helper and message (else: npm run generate)', () => {
    const document = read('docs/templates.md')
    expect(document).toBe(withTemplateReference(document))
  })
})

describe('docs/configuration.md', () => {
  const documented = new Map(tableRows(read('docs/configuration.md')).map(([key, fallback]) => [key, fallback]))
  const settings = settingsOf(JSON.parse(configJsonSchemaText()))

  it('names every setting and no others', () => {
    expect([...documented.keys()].sort()).toEqual([...settings.keys()].sort())
  })

  it('gives the default of every setting', () => {
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(settings))
  })
})

describe('docs/sending.md', () => {
  const document = read('docs/sending.md')

  it('has every state of a delivery and no others', () => {
    const [, section] = /## States\n(.*?)\n##/s.exec(document) ?? []
    const named = [...(section ?? '').matchAll(/^\| ([a-z]+) \|/gm)].map(([, name]) => name)
    expect(new Set(named)).toEqual(new Set(['state', ...deliveryStates]))
  })

  it('says of every reply that pauses or stops a sending what to do', () => {
    const rules = [...replyRules, ...Object.values(presetReplyRules).flat()]
    const reasons = rules.filter(({ action }) => action.kind === 'pause' || action.kind === 'stop').map(({ says }) => says)
    expect(reasons.length).toBeGreaterThan(4)
    expect(reasons.filter(reason => !document.includes(`\`${reason}\``))).toEqual([])
  })

  it('names every flag of send', () => {
    const flags = addSendFlags(new Command()).options.map(({ long }) => long)
    expect(flags.filter(flag => !['--out', '--now'].includes(flag ?? '') && !document.includes(`${flag}`))).toEqual([])
  })
})

describe('the other tables', () => {
  it('docs/glossary.md names every merge field and no others', () => {
    const [, section] = /## Merge fields\n(.*?)\n## /s.exec(read('docs/glossary.md')) ?? []
    expect(tableRows(section ?? '').map(([name]) => name)).toEqual([...mergeFieldNames])
  })

  it('docs/architecture.md lists the folders in the order of imports', () => {
    const listed = [...read('docs/architecture.md').matchAll(/^\| `([a-z]+)\/` \|/gm)].map(([, folder]) => folder)
    const order: readonly string[] = [...folderOrder, 'commands']
    expect(listed).toEqual(order.filter(folder => listed.includes(folder)))
  })

  it('docs/errors.md names every code of the catalogue and no others', () => {
    expect(tableRows(read('docs/errors.md')).map(([code]) => code)).toEqual(Object.keys(errorCatalogue))
  })
})

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
}

/** The code in the first two columns of the rows whose first column is code. */
function tableRows(document: string): [string, string][] {
  return [...document.matchAll(/^\| `([^`]+)` \| (?:`([^`]*)`)?/gm)].map(([, key = '', fallback = '']) => [key, fallback])
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly anyOf?: readonly JsonSchema[]
  readonly default?: unknown
}

// Maps whose keys another document lists.
const maps = ['audience']

/** Dotted names of all settings with their defaults as one would write them. An alternative of settings counts by its settings. */
function settingsOf(schema: JsonSchema, path = ''): Map<string, string> {
  const properties = schema.properties ?? schema.anyOf?.find(each => each.properties !== undefined)?.properties
  if (properties === undefined || maps.includes(path)) return new Map([[path, written(schema.default)]])
  return new Map(
    Object.entries(properties)
      .filter(([name]) => name !== '$schema')
      .flatMap(([name, inner]) => [...settingsOf(inner, path === '' ? name : `${path}.${name}`)]),
  )
}

function written(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
