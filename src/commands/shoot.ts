import { displayPath } from '../config/display-path.ts'
import { UserError } from '../errors.ts'
import { simulations } from '../inspect/simulate/simulations.ts'
import { formatProblems } from '../report/format-problems.ts'
import { formatOver, formatShooting, type ShootingSummary } from '../report/format-shooting.ts'
import { type Shooting, type ShootRequest, shootEdition } from '../web/shots/run-shoot.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { partsOf, textOf } from './flag-values.ts'
import { toOverrides } from './flags.ts'
import { interruptible } from './interruption.ts'
import type { Flags } from './program.ts'
import { readBuiltConfig } from './read-built-config.ts'

/** Takes pictures of a built edition. A view that has changed by more than `--fail-over` makes exit code 1; the pictures are written all the same. */
export async function runShoot(argument: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  return interruptible(async signal => {
    // What the browser had under way fails when it is closed: nobody asks for that any more.
    const result = await shoot(argument, flags, context, { signal }).catch(error => (signal.aborted ? interrupted : Promise.reject(error)))
    return signal.aborted ? interrupted : result
  })
}

/** Nothing is said: whoever interrupts knows. */
const interrupted: CommandResult = { exitCode: 130, text: '', json: null, notes: '' }

/** The same, with a browser that runs already. */
export async function shoot(
  argument: string | undefined,
  flags: Flags,
  context: CommandContext,
  options: Pick<ShootRequest, 'browser' | 'signal'>,
): Promise<CommandResult> {
  const against = textOf(flags.against)
  const failOver = typeof flags.failOver === 'number' ? flags.failOver : null
  if (failOver !== null && against === null) throw nothingToCompare()
  const { config, id } = await readBuiltConfig(argument ?? '', flags, context)
  const shooting = await shootEdition({
    ...options,
    config,
    edition: id,
    views: partsOf(flags.view),
    simulations,
    scale: flags.scale === '2' ? 2 : 1,
    remote: flags.remote === true,
    against,
    revisionBuild: {
      cwd: context.cwd,
      configFile: textOf(flags.config),
      overrides: toOverrides(flags),
      now: context.now,
    },
    env: process.env,
    onProgress: context.progress,
  })
  return toResult(shooting, { failOver, quiet: flags.quiet === true }, context)
}

interface Asked {
  readonly failOver: number | null
  readonly quiet: boolean
}

function toResult(shooting: Shooting, { failOver, quiet }: Asked, { cwd, paint }: CommandContext): CommandResult {
  const { edition, shots, comparison, problems } = shooting
  const fileOf = (name: string) => {
    const file = shooting.files.get(name)
    return file === undefined ? null : displayPath(file, cwd)
  }
  const differences = comparison?.differences.map(({ id, percent, changedPixels }) => ({
    id,
    percent,
    changedPixels,
    file: fileOf(`diff/${id}.png`),
  }))
  const summary: ShootingSummary = {
    id: edition.id,
    folder: `${displayPath(shooting.folder, cwd)}/`,
    sheet: fileOf('contact-sheet.png') ?? '',
    shots,
    comparison:
      comparison === null
        ? null
        : { against: comparison.against, differences: comparison.differences, sheet: fileOf('diff/contact-sheet.png'), failOver },
  }
  return {
    exitCode: differences?.some(({ percent }) => failOver !== null && percent > failOver) ? 1 : 0,
    text: formatShooting(summary, paint),
    json: {
      edition: edition.id,
      shots: shots.map(({ id, label, width, height, changes }) => ({ id, label, width, height, changes, file: fileOf(`${id}.png`) })),
      contactSheet: fileOf('contact-sheet.png'),
      thumbnail: fileOf('thumbnail.png'),
      comparison:
        comparison === null ? null : { against: comparison.against, failOver, differences, contactSheet: fileOf('diff/contact-sheet.png') },
      problems,
    },
    notes: formatProblems(problems, paint) + (quiet ? formatOver(summary, paint) : ''),
  }
}

function nothingToCompare(): UserError {
  return new UserError({
    code: 'usage',
    message: '--fail-over has nothing to compare with',
    expected: '--against and an edition or a git revision',
    hint: 'Add --against, such as --against HEAD.',
  })
}
