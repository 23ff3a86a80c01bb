import { displayPath } from '../config/display-path.ts'
import type { Service } from '../render/export-for.ts'
import { formatBuild } from '../report/format-build.ts'
import { formatFindings } from '../report/format-findings.ts'
import { formatProblems } from '../report/format-problems.ts'
import { buildEdition, type WrittenBuild } from '../run-build.ts'
import type { Plan, PlanRequest } from '../run-plan.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { selectionJson } from './json.ts'
import { toPlanRequest } from './plan-request.ts'
import type { Flags } from './program.ts'

/** Builds an edition into the output folder. Findings of severity error make exit code 1; the edition is written all the same. */
export async function runBuild(edition: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const startedAt = performance.now()
  const request = await toPlanRequest(edition, flags, context)
  const service = flags.for as Service | undefined
  const template = typeof flags.template === 'string' ? flags.template : undefined
  const build = await buildEdition({ ...request, check: flags.check !== false, template, service })
  if (build.kind === 'nothing-to-send') return nothing(build.plan, request, context)
  return report(build, (performance.now() - startedAt) / 1000, context)
}

/** The table is loaded only where one is shown: string-width takes 25 ms to load. */
async function nothing(plan: Plan, request: PlanRequest, context: CommandContext): Promise<CommandResult> {
  const { nothingToSend } = await import('./nothing-to-send.ts')
  return nothingToSend(plan, request, 'build', context)
}

function report(build: WrittenBuild, seconds: number, { cwd, paint }: CommandContext): CommandResult {
  const { edition, rendered, findings, problems } = build
  const files = build.files.map(file => displayPath(file, cwd))
  const errors = findings.filter(finding => finding.severity === 'error').length
  const { bytes, shortened } = rendered
  const { id, subject, items, words } = edition
  const counts = { errors, warnings: findings.length - errors }
  return {
    exitCode: errors > 0 || problems.some(problem => problem.severity === 'error') ? 1 : 0,
    text: formatBuild(
      { id, subject, picks: items.length, words, bytes, shortened, problems: problems.length, findings: counts, files, seconds },
      paint,
    ),
    json: { edition, selection: selectionJson(build.plan.selection), problems, findings, files, bytes, shortened },
    notes: formatProblems(problems, paint) + formatFindings(findings, paint),
  }
}
