import type { Config } from '../config/config.ts'
import { readConfig } from '../config/read-config.ts'
import type { Edition } from '../edition/edition.ts'
import { readEdition } from '../output/read-edition.ts'
import type { CommandContext } from './command.ts'
import { findBuiltId } from './find-built-id.ts'
import { textOf } from './flag-values.ts'
import { toOverrides } from './flags.ts'
import type { Flags } from './program.ts'

/** What a command about a built edition begins with. */
export interface BuiltConfig {
  readonly config: Config
  /** The edition that its argument means. */
  readonly id: string
}

/**
 * The configuration with the flags applied, and the built edition that an argument means. Where nobody has configured `site.url`, the edition tells: it
 * was built with one, as in a first build by flags alone.
 * @throws UserError as `readConfig`, `findBuiltId` and `readEdition` do
 */
export async function readBuiltConfig(argument: string, flags: Flags, { cwd }: CommandContext): Promise<BuiltConfig> {
  const config = await readConfig({
    cwd,
    file: textOf(flags.config),
    overrides: toOverrides(flags),
    findSiteUrl: async paths => siteOf(await readEdition({ ...paths, id: await findBuiltId(argument, { paths }) })),
  })
  return { config, id: await findBuiltId(argument, config) }
}

function siteOf({ items: [first] }: Edition): string | null {
  const url = first === undefined ? null : URL.parse(first.post.url)
  return url !== null && /^https?:$/.test(url.protocol) ? url.origin : null
}
