import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Config } from '../../config/config.ts'
import { displayPath } from '../../config/display-path.ts'
import { type ConfigOverrides, readConfig } from '../../config/read-config.ts'
import { UserError } from '../../errors.ts'
import { buildEdition, sampleValues } from '../../run-build.ts'
import { isEditionId } from '../../selection/edition-id.ts'
import { type EditionPage, readEditionPage } from './read-edition-page.ts'
import { type Revision, readRevision } from './read-revision.ts'

/** How the configuration of a publication is found, so that it can be found in another revision. */
export interface RevisionBuild {
  /** Absolute working folder. */
  readonly cwd: string
  /** What --config names; null: the usual name. */
  readonly configFile: string | null
  readonly overrides: ConfigOverrides
  readonly now: Date
}

/** What pictures are compared with. Whoever opens it calls `close` at the end. */
export interface Other {
  /** `2026-w05`, or `2026-w06 at main (1a2b3c4)`. */
  readonly name: string
  readonly page: EditionPage
  readonly close: () => Promise<void>
}

interface OtherRequest extends RevisionBuild {
  readonly config: Config
  readonly edition: string
  readonly env: NodeJS.ProcessEnv
}

/**
 * Another built edition of the same folder, else the edition as the files of a git revision make it: they are written to a temporary folder and built
 * there. Throws UserError `revision-unknown`, and what the build throws.
 */
export async function openOther(name: string, request: OtherRequest): Promise<Other> {
  const { out } = request.config.paths
  const id = name.toLowerCase()
  if (isEditionId(id) && existsSync(join(out, id, 'edition.json'))) {
    return {
      name: id,
      page: await readEditionPage({ out, id, displayRoot: request.cwd }, sampleValues(request.config)),
      close: async () => {},
    }
  }
  const revision = await readRevision(request.cwd, name, request.env)
  try {
    const page = await buildAt(revision, name, request)
    const said = revision.commit.startsWith(name) ? revision.commit.slice(0, 7) : `${name} (${revision.commit.slice(0, 7)})`
    return { name: `${request.edition} at ${said}`, page, close: revision.remove }
  } catch (error) {
    await revision.remove()
    throw error instanceof UserError ? saidOf(name, error) : error
  }
}

async function buildAt(revision: Revision, name: string, { edition, cwd, configFile, overrides, now }: OtherRequest): Promise<EditionPage> {
  const out = join(revision.folder, 'out')
  const inside = (path: string) => (isAbsolute(path) ? displayPath(path, cwd) : path)
  const content = overrides.content?.dir === undefined ? overrides.content : { ...overrides.content, dir: inside(overrides.content.dir) }
  const config = await readConfig({
    cwd: revision.cwd,
    file: configFile === null ? null : inside(configFile),
    overrides: { ...overrides, ...(content === undefined ? {} : { content }), out },
  })
  const build = await buildEdition({ config, window: { kind: 'edition', id: edition }, now, check: false })
  if (build.kind === 'written') return readEditionPage({ out, id: build.edition.id, displayRoot: revision.cwd }, sampleValues(config))
  throw new UserError({
    code: 'edition-unknown',
    message: `${edition} had nothing to send`,
    got: name.slice(0, 80),
    hint: 'Compare with a later revision, or with another edition.',
  })
}

function saidOf(name: string, { problems: [first, ...more] }: UserError): UserError {
  return new UserError({ ...first, message: `at ${name.slice(0, 80)}: ${first.message}` }, ...more)
}
