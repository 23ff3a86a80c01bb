import { readFile } from 'node:fs/promises'
import type { Config } from '../config/config.ts'
import { displayPath } from '../config/display-path.ts'
import { nearestName } from '../config/nearest-name.ts'
import type { TemplateSource } from '../config/read-template-file.ts'
import { placeInYaml } from '../config/yaml-place.ts'
import { type Problem, throwProblems } from '../errors.ts'
import type { TemplateSet } from '../render/read-templates.ts'
import type { InspectSources } from './finding.ts'

/** The files that an edition was made from, as the user would name them. */
export async function readSources(config: Config, templates: TemplateSet): Promise<InspectSources> {
  const { paths } = config
  const { html, htmlPartials, text, textPartials } = templates
  return {
    content: displayPath(paths.content, paths.displayRoot),
    editions: displayPath(paths.editions, paths.displayRoot),
    config: await readConfigText(config),
    templates: { html: [html, ...Object.values(htmlPartials)], text: [text, ...Object.values(textPartials)] },
  }
}

/** Refuses ids under `checks` that no check has. Throws UserError `config-invalid` with file and line of each. */
export async function refuseUnknownChecks(config: Config, known: readonly string[]): Promise<void> {
  const unknown = Object.keys(config.checks).filter(name => !known.includes(name))
  if (unknown.length === 0) return
  const source = await readConfigText(config)
  throwProblems(await Promise.all(unknown.map(name => unknownProblem(name, known, source))))
}

async function unknownProblem(name: string, known: readonly string[], source: TemplateSource | null): Promise<Omit<Problem, 'severity'>> {
  const near = nearestName(name, known)
  return {
    code: 'config-invalid',
    message: `"checks.${name}" is not a known check`,
    ...(source === null ? {} : { place: await placeInYaml(source.file, source.source, ['checks', name]) }),
    got: name.slice(0, 80),
    hint: near === null ? 'Remove it. The ids of the checks stand in docs/checks.md.' : `Did you mean "${near}"?`,
  }
}

async function readConfigText({ paths }: Config): Promise<TemplateSource | null> {
  if (paths.config === null) return null
  const source = await readFile(paths.config, 'utf8').catch(() => null)
  return source === null ? null : { file: displayPath(paths.config, paths.displayRoot), source }
}
