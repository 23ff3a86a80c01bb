import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/inspect/finding.ts'
import { formatFindingsForGithub } from '../../src/report/format-findings-github.ts'
import { formatFindingsAsSarif } from '../../src/report/format-findings-sarif.ts'

const files = { folder: 'out/2026-w06', workingFolder: '/srv/harbour', repository: '/srv/harbour' }

function findingOf(changes: Partial<Finding> = {}): Finding {
  return {
    rule: 'link-text',
    severity: 'warning',
    message: 'a link says only "here"',
    place: { part: 'html', excerpt: 'here → https://harbour.example/', line: 1, column: 2034 },
    origin: null,
    help: 'say where it leads',
    ...changes,
  }
}

describe('formatFindingsForGithub()', () => {
  it('pins a finding to the file to change, else to the file of the build', () => {
    const post = findingOf({ severity: 'error', origin: { file: 'content/blog/lamps.md', line: 12 } })
    const shipped = findingOf({ origin: { file: 'news-digest/templates/weekly/email.mjml.hbs', line: 3 } })
    const message = findingOf({ place: { part: 'message', excerpt: null, line: null, column: null } })
    expect(formatFindingsForGithub([post, shipped, message], files).split('\n')).toEqual([
      '::error file=content/blog/lamps.md,line=12,title=link-text::a link says only "here"%0Ahere → https://harbour.example/%0ADo: say where it leads',
      '::warning file=out/2026-w06/email.html,line=1,col=2034,title=link-text::a link says only "here"%0Ahere → https://harbour.example/%0ADo: say where it leads',
      '::warning file=out/2026-w06/email.eml,title=link-text::a link says only "here"%0ADo: say where it leads',
      '',
    ])
  })

  it('names files from the root of the repository, where code hosts look for them', () => {
    const inSite = { ...files, workingFolder: '/srv/harbour/site' }
    const origins = ['content/lamps.md', '/srv/harbour/templates/weekly/email.mjml.hbs', '/elsewhere/lamps.md']
    const findings = [...origins.map(file => findingOf({ origin: { file, line: 3 } })), findingOf()]
    const places = formatFindingsForGithub(findings, inSite).matchAll(/ file=([^:]+),title/g)
    expect([...places].map(([, place]) => place)).toEqual([
      'site/content/lamps.md,line=3',
      'templates/weekly/email.mjml.hbs,line=3',
      'site/out/2026-w06/email.html,line=1,col=2034',
      'site/out/2026-w06/email.html,line=1,col=2034',
    ])
  })

  it('escapes what would end a command or begin another', () => {
    const hostile = findingOf({ message: '100 %\r\n::stop-commands::x', origin: { file: 'content/a,b:c%.md' } })
    const [line = ''] = formatFindingsForGithub([hostile], files).split('\n')
    expect(line).toContain('file=content/a%2Cb%3Ac%25.md,')
    expect(line).toContain('::100 %25%0D%0A::stop-commands::x%0A')
  })

  it('is one command to a line, whatever the email holds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))), texts => {
        const findings = texts.map(([message, file]) => findingOf({ message, origin: { file: `content/${file}` } }))
        const lines = formatFindingsForGithub(findings, files).split(/[\r\n]/)
        expect(lines).toHaveLength(texts.length + 1)
        expect(lines.slice(0, -1).every(line => line.startsWith('::warning file='))).toBe(true)
      }),
    )
  })

  it('says nothing where nothing was found', () => expect(formatFindingsForGithub([], files)).toBe(''))
})

describe('formatFindingsAsSarif()', () => {
  const logOf = (findings: readonly Finding[]) => JSON.parse(formatFindingsAsSarif(findings, files, '1.2.3'))

  it('is a SARIF 2.1.0 log with all that code scanning asks for', () => {
    const log = logOf([
      findingOf(),
      findingOf({ rule: 'gmail-clip', severity: 'error', place: { part: 'html', excerpt: null, line: null, column: null } }),
    ])
    expect([log.version, log.$schema]).toEqual(['2.1.0', 'https://json.schemastore.org/sarif-2.1.0.json'])
    const [run, ...others] = log.runs
    expect(others).toEqual([])
    expect(run.tool.driver).toMatchObject({ name: 'news-digest', semanticVersion: '1.2.3' })
    for (const rule of run.tool.driver.rules) {
      expect(rule.id).toMatch(/^[a-z-]+$/)
      for (const text of [rule.shortDescription.text, rule.fullDescription.text, rule.help.text]) expect(text.length).toBeGreaterThan(5)
      expect(['error', 'warning', 'note', 'none']).toContain(rule.defaultConfiguration.level)
    }
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
      expect(['error', 'warning', 'note', 'none']).toContain(result.level)
      expect(result.message.text.length).toBeGreaterThan(5)
      expect(result.locations).toHaveLength(1)
      const { artifactLocation, region } = result.locations[0].physicalLocation
      expect(artifactLocation.uri).toBe('out/2026-w06/email.html')
      expect(region.startLine).toBeGreaterThan(0)
    }
  })

  it('writes addresses of files as RFC 3986 does', () => {
    const [run] = logOf([findingOf({ origin: { file: 'content/blog/über uns #1.md', line: 3, column: 4 } })]).runs
    const { artifactLocation, region } = run.results[0].locations[0].physicalLocation
    expect(artifactLocation.uri).toBe('content/blog/%C3%BCber%20uns%20%231.md')
    expect(region).toEqual({ startLine: 3, startColumn: 4 })
  })

  it('names a build outside the working folder by its file address', () => {
    const log = JSON.parse(formatFindingsAsSarif([findingOf()], { ...files, folder: '/srv/tide office/out/2026-w06' }, '1.2.3'))
    expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
      'file:///srv/tide%20office/out/2026-w06/email.html',
    )
  })

  it('has no results where nothing was found', () => expect(logOf([]).runs[0].results).toEqual([]))
})
