import path from 'node:path'
import { displayPath } from '../config/display-path.ts'
import { isLostPick } from '../edition/lost-picks.ts'
import type { Service } from '../render/export-for.ts'
import { formatBuild } from '../report/format-build.ts'
import { formatFindingsOfBuild } from '../report/format-findings.ts'
import { formatInstant } from '../report/format-instant.ts'
import { formatProblems } from '../report/format-problems.ts'
import { buildEdition, type WrittenBuild } from '../run-build.ts'
import type { Plan, PlanRequest } from '../run-plan.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { commandWith } from './command-with.ts'
import { selectionJson } from './json.ts'
import { toPlanRequest } from './plan-request.ts'
import type { Flags } from './program.ts'

/** How a build came about, for its last lines. */
interface HowBuilt {
  readonly seconds: number
  readonly checked: boolean
  readonly service: Service | undefined
}

/** Builds an edition into the output folder. Findings of severity error make exit code 1; the edition is written all the same. */
export async function runBuild(edition: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const startedAt = performance.now()
  const request = await toPlanRequest(edition, flags, context)
  const service = flags.for as Service | undefined
  const checked = flags.check !== false
  const template = typeof flags.template === 'string' ? flags.template : undefined
  const build = await buildEdition({ ...request, check: checked, template, service })
  if (build.kind === 'nothing-to-send') return nothing(build.plan, request, flags, context)
  return report(build, { seconds: (performance.now() - startedAt) / 1000, checked, service }, context)
}

/** The table is loaded only where one is shown: string-width takes 25 ms to load. */
async function nothing(plan: Plan, request: PlanRequest, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const { nothingToSend } = await import('./nothing-to-send.ts')
  return nothingToSend(plan, request, commandWith('build', flags), context)
}

function report(build: WrittenBuild, { seconds, checked, service }: HowBuilt, { cwd, paint, columns }: CommandContext): CommandResult {
  const { edition, rendered, findings, problems, plan } = build
  const files = build.files.map(file => displayPath(file, cwd))
  const errors = findings.filter(finding => finding.severity === 'error').length
  const failed = errors > 0 || problems.some(problem => problem.severity === 'error')
  const { bytes, shortened } = rendered
  const { id, subject, subjects, split, items, words } = edition
  const paste = files.find(file => path.basename(file) === `${service}.html`)
  const notes = [formatProblems(problems, paint), formatFindingsOfBuild(findings, paint)].filter(part => part !== '').join('\n')
  const summary = formatBuild(
    {
      id,
      subject,
      trial: subjects === null ? null : { second: subjects[1], split: split ?? 1 },
      picks: items.length,
      words,
      bytes,
      shortened,
      problems: problems.length,
      failed,
      lost: problems.filter(isLostPick).length,
      findings: checked ? { errors, warnings: findings.length - errors } : null,
      sent: plan.file?.status === 'sent' ? sentWords(plan.file.sentAt) : null,
      paste: service === undefined || paste === undefined ? null : { service, file: paste },
      files,
      seconds,
    },
    paint,
    columns,
  )
  return {
    exitCode: failed ? 1 : 0,
    text: notes === '' ? summary : `${summary}\n`,
    json: { edition, selection: selectionJson(plan.selection), problems, findings, files, bytes, shortened },
    notes,
  }
}

function sentWords(sentAt: string | null): string {
  return sentAt === null ? '' : ` on ${formatInstant(sentAt)}`
}
