import { formatNothing } from '../report/format-nothing.ts'
import { formatProblems } from '../report/format-problems.ts'
import type { Plan, PlanRequest } from '../run-plan.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { selectionJson } from './json.ts'

/** The result of a command whose window has nothing to send: exit code 3, and where there is something. `commandFor` makes the command for an edition. */
export function nothingToSend(
  plan: Plan,
  { config }: PlanRequest,
  commandFor: (edition: string) => string,
  context: CommandContext,
): CommandResult {
  const { selection, newestWithPosts: newest, problems } = plan
  const next = newest === null ? null : commandFor(newest.id)
  return {
    exitCode: 3,
    text: formatNothing(
      { selection, min: config.selection.min, featuredOnly: config.selection.featuredOnly, newest, command: next ?? '' },
      context.columns,
      context.paint,
    ),
    json: {
      edition: null,
      window: plan.window,
      selection: selectionJson(selection),
      problems,
      files: [],
      bytes: 0,
      newest: newest?.id ?? null,
      next,
    },
    notes: formatProblems(problems, context.paint),
  }
}
