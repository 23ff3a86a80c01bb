import { pathToFileURL } from 'node:url'
import type { Finding } from '../inspect/finding.ts'
import { type FindingFiles, findingFile } from './finding-file.ts'

/**
 * Findings as a SARIF 2.1.0 log, which code scanning of GitHub, GitLab and Azure reads
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). `version` is that of news-digest.
 */
export function formatFindingsAsSarif(findings: readonly Finding[], files: FindingFiles, version: string): string {
  const ids = [...new Set(findings.map(({ rule }) => rule))]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'news-digest', semanticVersion: version, rules: ids.map(id => ruleOf(id, findings)) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map(finding => resultOf(finding, ids, files)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

// GitHub asks for all three texts (docs.github.com, "SARIF support for code scanning", reportingDescriptor object).
function ruleOf(id: string, findings: readonly Finding[]): object {
  const first = findings.find(({ rule }) => rule === id)
  return {
    id,
    shortDescription: { text: id.replaceAll('-', ' ') },
    fullDescription: { text: first?.message ?? '' },
    help: { text: first?.help ?? '' },
    defaultConfiguration: { level: first?.severity ?? 'warning' },
  }
}

function resultOf(finding: Finding, ids: readonly string[], files: FindingFiles): object {
  const { file, line, column } = findingFile(finding, files)
  const { rule, severity, message, help, place } = finding
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: severity,
    message: { text: [message, ...(place.excerpt === null ? [] : [place.excerpt]), `Do: ${help}`].join('\n') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line ?? 1, ...(column === undefined ? {} : { startColumn: column }) },
        },
      },
    ],
  }
}

/** Relative paths as relative references (RFC 3986 §4.2), others as file addresses. */
function uriOf(file: string): string {
  if (/^(?:[/\\]|[A-Za-z]:)/.test(file)) return pathToFileURL(file).href
  return file.split('/').map(encodeURIComponent).join('/')
}
