/** What the preview has read, for one revision of the files: every piece when it is first asked for, and once. */

import { randomBytes } from 'node:crypto'
import type { Config } from '../../config/config.ts'
import type { PostCollection } from '../../content/post.ts'
import { createPostReader, type PostReader } from '../../content/read-posts-again.ts'
import { readEditionFiles } from '../../edition/read-edition-files.ts'
import type { GalleryEntry } from '../../output/render-gallery.ts'
import { readGalleryEntries } from '../../output/write-gallery.ts'
import { listTemplates, readTemplates, type TemplateSet } from '../../render/read-templates.ts'
import { renderEmail } from '../../render/render-email.ts'
import { makeEdition } from '../../run-build.ts'
import { type Plan, planEdition, readOptionsOf, refuseWithoutPicks } from '../../run-plan.ts'
import type { Window } from '../../selection/selection.ts'
import type { EditionEntry, PreviewProblem } from './api.ts'
import type { ParsedKey } from './edition-key.ts'
import { listEditions } from './list-editions.ts'
import { once, onceEach } from './once.ts'
import { toProblems } from './problems.ts'
import { readBuilt } from './read-built.ts'
import type { ShownEdition } from './shown-edition.ts'

/** Parts of a publication that change on their own. */
export type Part = 'config' | 'content' | 'editions' | 'templates' | 'out'

/** The publication at one revision. */
export interface Snapshot {
  readonly revision: number
  readonly config: Config
  readonly listing: () => Promise<Listing>
  /** Throws UserError for what keeps the edition from being shown. `template` null is the edition's own; a built edition has no other. */
  readonly edition: (key: ParsedKey, template: string | null) => Promise<ShownEdition>
  /** The snapshot after a change: what has not changed is not read again. */
  readonly after: (change: Change) => Snapshot
}

/** A change of the files. The configuration is given anew only where it has changed and can be read. */
export interface Change {
  readonly parts: ReadonlySet<Part>
  readonly config: Config
  readonly now: Date
  /** The files that have changed, absolute. */
  readonly files: readonly string[]
}

/** Editions and templates to choose from, and what kept some of them from being listed. */
export interface Listing {
  readonly entries: readonly EditionEntry[]
  readonly templates: readonly string[]
  readonly problems: readonly PreviewProblem[]
}

/** Readings that outlive a change of another part. */
interface Readings {
  readonly posts: () => Promise<PostCollection>
  readonly reader: PostReader
  readonly built: () => Promise<readonly GalleryEntry[]>
  readonly templates: (name: string) => Promise<TemplateSet>
  readonly templateNames: () => Promise<readonly string[]>
  /** The last window known to be next: shown on while the content cannot be read. */
  readonly lastNext: { window: Window | null }
}

/** The first snapshot of a publication. */
export function createSnapshot(config: Config, now: Date): Snapshot {
  return snapshotOf(1, config, now, readingsOf(config, { window: null }))
}

function snapshotOf(revision: number, config: Config, now: Date, readings: Readings): Snapshot {
  const plan = async (window: Parameters<typeof planEdition>[0]['window']) =>
    planEdition({ config, now, window, collection: await readings.posts() })
  const nextPlan = once(() => plan({ kind: 'latest' }))
  const planOf = onceEach(id => plan({ kind: 'edition', id }))
  const live = onceEach(async name => {
    const [id = '', template = ''] = name.split('\n')
    return makeLive(await planOf(id), { config, now, template: template === '' ? null : template, readings })
  })
  return {
    revision,
    config,
    listing: once(() => makeListing(config, nextPlan, readings)),
    edition: ({ id, built }, template) => (built ? readBuilt(config, id) : live(`${id}\n${template ?? ''}`)),
    after: change => snapshotOf(revision + 1, change.config, change.now, carryOver(readings, config, change)),
  }
}

function readingsOf(config: Config, lastNext: Readings['lastNext']): Readings {
  const { paths } = config
  const places = { userDir: paths.templates, displayRoot: paths.displayRoot }
  const reader = createPostReader(readOptionsOf({ config }))
  return {
    posts: once(reader.read),
    reader,
    built: once(() => readGalleryEntries(paths.out).catch(() => [])),
    templates: onceEach(template => readTemplates({ ...places, template })),
    templateNames: once(() => listTemplates(places)),
    lastNext,
  }
}

function carryOver(old: Readings, oldConfig: Config, { parts, config, files }: Change): Readings {
  const fresh = readingsOf(config, old.lastNext)
  if (config !== oldConfig) return fresh
  const { reader } = old
  if (parts.has('content')) reader.noteChanged(files)
  return {
    posts: parts.has('content') ? once(reader.read) : old.posts,
    reader,
    built: parts.has('out') ? fresh.built : old.built,
    templates: parts.has('templates') ? fresh.templates : old.templates,
    templateNames: parts.has('templates') ? fresh.templateNames : old.templateNames,
    lastNext: old.lastNext,
  }
}

async function makeListing(config: Config, nextPlan: () => Promise<Plan>, readings: Readings): Promise<Listing> {
  const problems: PreviewProblem[] = []
  const next = await nextPlan().then(
    ({ window, collection }) => newerOf(window, collection.broken.length > 0 ? readings.lastNext.window : null),
    error => {
      problems.push(...toProblems(error))
      return readings.lastNext.window
    },
  )
  readings.lastNext.window = next
  const { paths, site } = config
  const { displayRoot } = paths
  const [editions, built, templates] = await Promise.all([
    readEditionFiles({ folder: paths.editions, displayRoot, siteUrl: site.url, timeZone: site.timeZone }),
    readings.built(),
    readings.templateNames(),
  ])
  return { entries: listEditions({ config, files: editions.files, built, next }), templates, problems }
}

/** An edition whose only post has just been broken does not leave the list: its post could be mended with the next save. */
function newerOf(window: Window, last: Window | null): Window {
  return last !== null && last.from > window.from ? last : window
}

interface LiveRequest {
  readonly config: Config
  readonly now: Date
  readonly template: string | null
  readonly readings: Readings
}

/** The same steps as a build takes, up to the email; nothing is written. */
async function makeLive(plan: Plan, { config, now, template, readings }: LiveRequest): Promise<ShownEdition> {
  const key = plan.window.id
  const { selection } = plan
  refuseWithoutPicks(plan)
  if (selection.tooFew) return { kind: 'nothing-to-send', key, selection, newest: plan.newestWithPosts, warnings: plan.problems }
  const made = await makeEdition(
    { config, now, window: { kind: 'edition', id: key }, template: template ?? undefined, readFull: readings.reader.readFull },
    plan,
  )
  const templates = await readings.templates(made.edition.template)
  const { messages } = made
  const { email, bytes, shortened } = await renderEmail(made.edition, {
    config,
    templates,
    messages,
    nonce: randomBytes(16).toString('hex'),
  })
  const warnings = [...plan.problems, ...made.problems]
  return {
    kind: 'finished',
    key,
    config,
    edition: made.edition,
    email,
    service: undefined,
    bytes,
    shortened,
    selection,
    templates,
    warnings,
  }
}
