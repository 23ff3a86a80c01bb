import type { Browser } from 'playwright-core'
import type { Config } from '../../config/config.ts'
import type { Edition } from '../../edition/edition.ts'
import type { Problem } from '../../errors.ts'
import type { Simulation } from '../../inspect/simulate/simulation.ts'
import { sampleValues } from '../../run-build.ts'
import { comparePictures } from './compare-pictures.ts'
import { type Comparison, drawDifferenceSheet, drawSheet, drawThumbnail, type ViewDifference } from './draw-sheets.ts'
import { launchBrowser } from './launch-browser.ts'
import { openOther, type RevisionBuild } from './open-other.ts'
import { type EditionPage, readEditionPage } from './read-edition-page.ts'
import { chooseViews, type ShotView } from './shot-views.ts'
import { type Shot, type ShotOptions, takeShot } from './take-shot.ts'
import { writeShots } from './write-shots.ts'

/** What is asked of `shootEdition`. */
export interface ShootRequest extends ShotOptions {
  readonly config: Config
  /** Id of a built edition. */
  readonly edition: string
  /** Views by their names; none: the usual ones. */
  readonly views: readonly string[]
  readonly simulations: readonly Simulation[]
  /** Another built edition, or a git revision, to compare with; null: none. */
  readonly against: string | null
  /** How an edition is built again at a revision. */
  readonly revisionBuild: RevisionBuild
  readonly env: NodeJS.ProcessEnv
  readonly onProgress: (step: string, done: number, total: number) => void
  /** A browser that runs already, and is left running. Default: the one that is installed is started. */
  readonly browser?: Browser | undefined
  /** Aborted, it closes the browser and throws whatever comes of that; no picture is written. Default: never. */
  readonly signal?: AbortSignal
}

/** What was taken and written. Files are absolute paths. */
export interface Shooting {
  readonly edition: Edition
  readonly shots: readonly Shot[]
  /** What it was compared with, as a person would say it, and a difference for every shot; null where nothing was asked. */
  readonly comparison: { readonly against: string; readonly differences: readonly ViewDifference[] } | null
  readonly folder: string
  readonly files: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
}

/**
 * Takes pictures of a built edition, compares them if asked to, and writes them to out/<edition>/shots/ and the gallery anew. The folder changes as a whole.
 * Throws UserError (`edition-unknown`, `file-unreadable`, `browser-missing`, `browser-unusable`, `revision-unknown`, `output-unwritable`, and what a build at a revision throws).
 */
export async function shootEdition(request: ShootRequest): Promise<Shooting> {
  const { config, edition: id, signal } = request
  const { out, displayRoot } = config.paths
  const page = await readEditionPage({ out, id, displayRoot }, sampleValues(config))
  const views = chooseViews(request.simulations, request.views)
  const other =
    request.against === null ? null : await openOther(request.against, { ...request.revisionBuild, config, edition: id, env: request.env })
  try {
    signal?.throwIfAborted()
    const browser = request.browser ?? (await launchBrowser({ network: request.remote, env: request.env }))
    let closing: Promise<void> | null = null
    const close = () => {
      closing ??= browser.close()
      return closing
    }
    const onAbort = () => void close()
    signal?.addEventListener('abort', onAbort)
    try {
      signal?.throwIfAborted()
      const shots = await take(browser, page, views, request, 'Taking pictures:')
      const before = other === null ? null : await take(browser, other.page, views, request, 'Taking pictures to compare with:')
      const comparison =
        other === null || before === null ? null : { against: other.name, before, differences: compare(before, shots, request.scale) }
      const pictures = await drawAll(browser, page.edition, shots, comparison)
      signal?.throwIfAborted()
      const written = await writeShots(out, id, pictures)
      return { edition: page.edition, shots, comparison, ...written }
    } finally {
      signal?.removeEventListener('abort', onAbort)
      if (browser !== request.browser) await close()
    }
  } finally {
    await other?.close()
  }
}

async function take(
  browser: Browser,
  page: EditionPage,
  views: readonly ShotView[],
  request: ShootRequest,
  step: string,
): Promise<readonly Shot[]> {
  const shots: Shot[] = []
  for (const view of views) {
    request.onProgress(step, shots.length, views.length)
    shots.push(await takeShot(browser, page, view, request))
  }
  return shots
}

function compare(before: readonly Shot[], after: readonly Shot[], scale: number): readonly ViewDifference[] {
  return after.flatMap(({ id, png }) => {
    const old = before.find(shot => shot.id === id)
    if (old === undefined) return []
    const { width, height, ...difference } = comparePictures(old.png, png)
    return [{ ...difference, id, width: width / scale, height: height / scale }]
  })
}

/** Every file of shots/, by its name. */
async function drawAll(
  browser: Browser,
  edition: Edition,
  shots: readonly Shot[],
  comparison: Comparison | null,
): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>(shots.map(shot => [`${shot.id}.png`, shot.png]))
  files.set('contact-sheet.png', await drawSheet(browser, edition, shots))
  const [first] = shots
  if (first !== undefined) files.set('thumbnail.png', await drawThumbnail(browser, first))
  const changed = comparison?.differences.filter(each => each.png !== null) ?? []
  for (const { id, png } of changed) if (png !== null) files.set(`diff/${id}.png`, png)
  if (comparison !== null && changed.length > 0)
    files.set('diff/contact-sheet.png', await drawDifferenceSheet(browser, edition, shots, comparison))
  return files
}
