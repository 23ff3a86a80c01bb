import { displayPath } from '../config/display-path.ts'
import { writeEditionFile } from '../edition/write-edition-file.ts'
import { formatPlan } from '../report/format-plan.ts'
import { formatProblems } from '../report/format-problems.ts'
import { makeEdition } from '../run-build.ts'
import { type Plan, type PlanRequest, planEdition, refuseWithoutPicks } from '../run-plan.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { commandWith } from './command-with.ts'
import { selectionJson } from './json.ts'
import { nothingToSend } from './nothing-to-send.ts'
import { toPlanRequest } from './plan-request.ts'
import type { Flags } from './program.ts'

/** Shows which posts an edition takes, which not, and why; with `--write`, leaves it as a file for the editor. */
export async function runPlan(edition: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const request = await toPlanRequest(edition, flags, context)
  const plan = await planEdition(request)
  refuseWithoutPicks(plan)
  if (plan.selection.tooFew) return nothingToSend(plan, request, commandWith('plan', flags), context)
  const shown = flags.write === true ? [await writeProposal(plan, request, flags.force === true)] : []
  const table = formatPlan(plan.selection, context.columns, context.paint)
  return {
    exitCode: 0,
    text:
      shown.length > 0
        ? `${table}Wrote ${context.paint.cyan(shown.join())}: reorder, drop, add; then news-digest build ${plan.window.id}\n`
        : table,
    json: { window: plan.window, selection: selectionJson(plan.selection), problems: plan.problems, files: shown },
    notes: formatProblems(plan.problems, context.paint),
  }
}

/** Leaves the plan as content/editions/<id>.md, with the subject and preheader that a build would propose. Returns the file as the user would name it. */
async function writeProposal(plan: Plan, request: PlanRequest, force: boolean): Promise<string> {
  const { editions: folder, displayRoot } = request.config.paths
  const { edition } = await makeEdition(request, plan)
  const { window, language, subject, preheader, items } = edition
  const picks = items.map(({ post }) => ({ slug: post.slug, title: post.title }))
  const proposal = { window, language, subject, preheader, picks }
  const written = await writeEditionFile({ folder, displayRoot }, proposal, force)
  return displayPath(written.path, displayRoot)
}
