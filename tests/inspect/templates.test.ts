import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config/read-config.ts'
import { baseline } from '../../src/inspect/clients/baseline.ts'
import type { Finding } from '../../src/inspect/finding.ts'
import { rules } from '../../src/inspect/rules.ts'
import { readTemplates } from '../../src/render/read-templates.ts'
import { renderEmail } from '../../src/render/render-email.ts'
import { makeEdition } from '../../src/run-build.ts'
import { inspectEdition } from '../../src/run-inspect.ts'
import { planEdition } from '../../src/run-plan.ts'
import { testNonce } from '../render/rendered.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const document = readFileSync(new URL('../../docs/checks.md', import.meta.url), 'utf8')

/** One short week, and half a year: many posts of every shape in the sample publication. */
const windows = [
  { language: 'en', window: { kind: 'edition', id: '2026-w08' } },
  { language: 'en', window: { kind: 'edition', id: '2026-w09' } },
  { language: 'en', window: { kind: 'span', from: '2026-01-01', to: '2026-06-30' } },
  { language: 'de', window: { kind: 'span', from: '2026-01-01', to: '2026-06-30' } },
  { language: 'fa', window: { kind: 'span', from: '2026-01-01', to: '2026-06-30' } },
] as const

async function findingsOf(template: string, { language, window }: (typeof windows)[number]): Promise<readonly Finding[]> {
  const config = await readConfig({ cwd: root, file: null, overrides: { selection: { featuredOnly: false } } })
  const request = { config, window, language, template, now: new Date('2026-07-10T08:00:00Z'), strict: false }
  const plan = await planEdition(request)
  const { edition, messages } = await makeEdition(request, plan)
  const templates = await readTemplates({ userDir: config.paths.templates, displayRoot: root, template })
  const { email } = await renderEmail(edition, { config, templates, messages, nonce: testNonce })
  return inspectEdition({ config, edition, email, eml: null, templates })
}

describe.each(['weekly', 'brief', 'spotlight'])('the sample publication with the template %s', template => {
  it.each(windows)('has no error, and only warnings that docs/checks.md explains ($language, $window)', async each => {
    const findings = await findingsOf(template, each)
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    const kept = warningsThatStay()
    expect(findings.filter(({ rule }) => !kept.includes(rule))).toEqual([])
  })
})

describe('docs/checks.md', () => {
  const [, checks = ''] = /## The checks\n(.*?)\n## /s.exec(document) ?? []

  it('has a row for every check and no others, in the order of the rules', () => {
    expect([...checks.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id)).toEqual(rules.map(({ name }) => name))
  })

  it('gives each row a severity, a reason, a mend and a source', () => {
    const rows = [...checks.matchAll(/^\| `[a-z-]+` \|(.*)\|$/gm)].map(([, row = '']) => row.split(' | ').map(cell => cell.trim()))
    for (const [severity = '', why = '', mend = '', source = ''] of rows) {
      expect(severity).toMatch(/^(error|warning|error, warning)$/)
      for (const cell of [why, mend, source]) expect(cell.length, why).toBeGreaterThan(3)
    }
  })
})

describe('what client-support accepts', () => {
  it('stands in docs/checks.md, with the reasons', () => {
    const [, section = ''] = /## What client-support accepts\n(.*?)\n## /s.exec(document) ?? []
    const rows = [...section.matchAll(/^\| `([^`]+)` \| (?:everywhere|there) \| (.*) \|$/gm)].map(
      ([, feature, reason]) => `${feature}: ${reason}`,
    )
    expect(rows).toEqual(baseline.map(({ feature, reason }) => `${feature}: ${reason}`))
  })
})

/** Ids in the list under "Warnings that may stay". */
function warningsThatStay(): string[] {
  const [, section = ''] = /## Warnings that may stay\n(.*?)(?:\n## |$)/s.exec(document) ?? []
  return [...section.matchAll(/^- `([a-z-]+)`/gm)].map(([, id = '']) => id)
}
