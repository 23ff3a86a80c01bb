import { realpath } from 'node:fs/promises'
import { displayPath } from '../config/display-path.ts'
import { configFileName } from '../config/read-config.ts'
import { UserError } from '../errors.ts'
import type { Finding } from '../inspect/finding.ts'
import type { LinkAnswer } from '../inspect/link-answer.ts'
import type { SpamAnswer } from '../inspect/read-spam-score.ts'
import { type ReadBuild, readBuild } from '../output/read-build.ts'
import type { FindingFiles } from '../report/finding-file.ts'
import { type CheckReport, formatCheck } from '../report/format-check.ts'
import { inspectEdition } from '../run-inspect.ts'
import type { CommandContext, CommandResult } from './command.ts'
import type { Flags } from './program.ts'
import { readBuiltConfig } from './read-built-config.ts'
import { readRepository } from './read-repository.ts'

/** Checks a built edition. Findings of severity error make exit code 1. */
export async function runCheck(argument: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  if (flags.json === true && typeof flags.format === 'string' && flags.format !== 'json') throw twoFormats(flags.format)
  const { config, id } = await readBuiltConfig(argument ?? 'latest', flags, context)
  const { out, displayRoot } = config.paths
  const build = await readBuild({ out, id, displayRoot })
  const answers = flags.network === true ? await askNetwork(build, context) : null
  const spam = flags.spam === true ? await askSpamAssassin(build) : null
  const findings = await inspectEdition({ config, ...build, ...(answers === null ? {} : { answers }) })
  const { weighEmail } = await import('../inspect/weigh-email.ts')
  const report: CheckReport = {
    id: build.edition.id,
    subject: build.edition.subject,
    second: build.edition.subjects?.[1] ?? null,
    findings,
    checksOff: build.email.checksOff ?? [],
    configOff: {
      file: displayPath(config.paths.config ?? configFileName, displayRoot),
      rules: Object.entries(config.checks).flatMap(([rule, weight]) => (weight === 'off' ? [rule] : [])),
    },
    weight: await weighEmail(build.email, build.edition),
    answers: answers === null ? null : [...answers.values()],
    spam,
  }
  const json = toJson(report)
  return {
    exitCode: errorsIn(findings) > 0 ? 1 : 0,
    text: await formatAs(flags.format, report, displayPath(build.folder, context.cwd), context),
    json,
    notes: '',
  }
}

async function askNetwork({ email }: ReadBuild, { progress }: CommandContext): Promise<ReadonlyMap<string, LinkAnswer>> {
  const [{ readLinks }, { addressesIn }] = await Promise.all([import('../inspect/read-links.ts'), import('../inspect/addresses.ts')])
  return readLinks(await addressesIn(email), { onProgress: (done, total) => progress('Asking for links:', done, total) })
}

async function askSpamAssassin({ eml }: ReadBuild): Promise<SpamAnswer> {
  const { readSpamScore } = await import('../inspect/read-spam-score.ts')
  return readSpamScore(eml, { env: process.env })
}

/** `folder` is the build's, as the user would name it. */
async function formatAs(format: unknown, report: CheckReport, folder: string, context: CommandContext): Promise<string> {
  switch (format) {
    case 'github': {
      const { formatFindingsForGithub } = await import('../report/format-findings-github.ts')
      return formatFindingsForGithub(report.findings, await filesOf(folder, context))
    }
    case 'sarif': {
      const [{ formatFindingsAsSarif }, { readVersion }] = await Promise.all([
        import('../report/format-findings-sarif.ts'),
        import('./read-version.ts'),
      ])
      return formatFindingsAsSarif(report.findings, await filesOf(folder, context), await readVersion())
    }
    default:
      return formatCheck(report, context.paint)
  }
}

async function filesOf(folder: string, { cwd }: CommandContext): Promise<FindingFiles> {
  const [workingFolder, repository] = await Promise.all([realpath(cwd), readRepository(cwd, process.env)])
  return { folder, workingFolder, repository }
}

function toJson({ id, findings, checksOff, configOff, weight, answers, spam }: CheckReport): CommandResult['json'] {
  const errors = errorsIn(findings)
  return {
    edition: id,
    errors,
    warnings: findings.length - errors,
    findings,
    checksOff,
    checksOffByConfig: configOff.rules,
    weight,
    network: answers,
    spam,
  }
}

function errorsIn(findings: readonly Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length
}

function twoFormats(format: string): UserError {
  return new UserError({
    code: 'usage',
    message: `--json and --format ${format} ask for two things at once`,
    expected: `--json, or --format ${format}`,
    hint: 'Keep one of them.',
  })
}
