import type { Config } from '../config/config.ts'
import { readConfig } from '../config/read-config.ts'
import type { PlanRequest } from '../run-plan.ts'
import type { CommandContext } from './command.ts'
import { textOf } from './flag-values.ts'
import { toOverrides, toWindowRequest } from './flags.ts'
import type { Flags } from './program.ts'

/** The configuration with the flags of a command applied. */
export function readConfigFor(flags: Flags, { cwd }: CommandContext): Promise<Config> {
  return readConfig({ cwd, file: textOf(flags.config), overrides: toOverrides(flags) })
}

/** The plan that the argument and the flags of `plan` and `build` ask for. */
export async function toPlanRequest(edition: string | undefined, flags: Flags, context: CommandContext): Promise<PlanRequest> {
  return {
    window: toWindowRequest(edition, flags),
    config: await readConfigFor(flags, context),
    now: context.now,
    language: textOf(flags.language) ?? undefined,
    strict: flags.strict === true,
    onProgress: context.progress,
  }
}
