import type { Config } from '../../config/config.ts'
import { readBuild } from '../../output/read-build.ts'
import { usualBytes } from '../../render/usual-values.ts'
import { builtKey } from './edition-key.ts'
import type { FinishedEdition } from './shown-edition.ts'

/**
 * The edition that a build has written. `id` is one that `parseEditionId` let through.
 * @throws UserError as `readBuild` does
 */
export async function readBuilt(config: Config, id: string): Promise<FinishedEdition> {
  const { out, displayRoot } = config.paths
  const { edition, email, service } = await readBuild({ out, id, displayRoot })
  return {
    kind: 'finished',
    key: builtKey(id),
    config,
    edition,
    email,
    service,
    bytes: usualBytes(email.html),
    shortened: [],
    selection: null,
    templates: null,
    warnings: [],
  }
}
