import { nearestName } from '../config/nearest-name.ts'
import type { TemplateSource } from '../config/read-template-file.ts'
import { placeInYaml } from '../config/yaml-place.ts'
import { type Problem, throwProblems } from '../errors.ts'

/** Refuses ids under `checks` of the configuration (`source`) that no check has. Throws UserError `config-invalid` with file and line of each. */
export async function refuseUnknownChecks(checks: object, known: readonly string[], source: TemplateSource | null): Promise<void> {
  const unknown = Object.keys(checks).filter(name => !known.includes(name))
  throwProblems(await Promise.all(unknown.map(name => unknownCheck(name, known, source))))
}

async function unknownCheck(name: string, known: readonly string[], source: TemplateSource | null): Promise<Omit<Problem, 'severity'>> {
  const near = nearestName(name, known)
  return {
    code: 'config-invalid',
    message: `"checks.${name}" is not a known check`,
    ...(source === null ? {} : { place: await placeInYaml(source.file, source.source, ['checks', name]) }),
    got: name.slice(0, 80),
    hint: near === null ? 'Remove it. The ids of the checks stand in docs/checks.md.' : `Did you mean "${near}"?`,
  }
}
