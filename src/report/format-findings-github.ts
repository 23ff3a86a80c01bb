import type { Finding } from '../inspect/finding.ts'
import { type FindingFiles, findingFile } from './finding-file.ts'

/**
 * Findings as workflow commands, one to a line: GitHub Actions shows them at the file and line of the pull request
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message). Empty for none.
 */
export function formatFindingsForGithub(findings: readonly Finding[], files: FindingFiles): string {
  return findings.map(finding => `${command(finding, files)}\n`).join('')
}

function command(finding: Finding, files: FindingFiles): string {
  const { file, line, column } = findingFile(finding, files)
  const properties = [
    ['file', file],
    ['line', line],
    ['col', column],
    ['title', finding.rule],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]))
  const excerpt = finding.place.excerpt === null ? '' : `\n${finding.place.excerpt}`
  return `::${finding.severity} ${properties.join(',')}::${escapeData(`${finding.message}${excerpt}\nDo: ${finding.help}`)}`
}

// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts: what a runner decodes again, so that no text can begin a command.
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
