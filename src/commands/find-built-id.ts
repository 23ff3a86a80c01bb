import type { Config } from '../config/config.ts'
import { displayPath } from '../config/display-path.ts'
import { UserError } from '../errors.ts'
import { newestBuild } from '../output/read-build.ts'
import { parseEditionId } from '../selection/edition-id.ts'

/**
 * The id that a command's argument means where it means a built edition: `latest` is the newest in the output folder. Whether an edition of a plain id
 * has been built is seen when it is read.
 * @throws UserError `edition-unknown` where nothing has been built, `edition-id-invalid` for what names no edition
 */
export async function findBuiltId(argument: string, { paths }: Pick<Config, 'paths'>): Promise<string> {
  if (argument !== 'latest') return parseEditionId(argument).id
  const newest = await newestBuild(paths.out)
  if (newest !== null) return newest
  throw new UserError({
    code: 'edition-unknown',
    message: 'no edition has been built yet',
    expected: `a built edition in ${displayPath(paths.out, paths.displayRoot)}`,
    hint: 'Run "news-digest build latest" first, or name the folder it was built into with --out.',
  })
}
