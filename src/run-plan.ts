import type { Config } from './config/config.ts'
import type { BrokenPost, PostCollection } from './content/post.ts'
import type { ReadOptions } from './content/read-options.ts'
import { readPosts } from './content/read-posts.ts'
import { applyEditionFile } from './edition/apply-edition-file.ts'
import type { EditionFile } from './edition/edition.ts'
import { isLostPick } from './edition/lost-picks.ts'
import { toPastEdition } from './edition/past-edition.ts'
import { type EditionFiles, readEditionFiles } from './edition/read-edition-files.ts'
import { type Problem, throwProblems } from './errors.ts'
import type { Calendar } from './selection/calendar.ts'
import { editionIdOf, parseEditionId } from './selection/edition-id.ts'
import { languageFits } from './selection/languages.ts'
import { latestWindow } from './selection/latest-window.ts'
import { selectPosts } from './selection/select-posts.ts'
import type { PastEdition, Selection, SelectionRules, Window } from './selection/selection.ts'
import { resolveWindow, type WindowRequest } from './selection/windows.ts'

/** What planning an edition depends on; what may be left out has the default that is named. */
export interface PlanRequest {
  readonly config: Config
  readonly window: WindowRequest
  readonly now: Date
  /** Language of the edition. Default: the edition file's, else the site's. */
  readonly language?: string | undefined
  /** Any problem in any post stops the plan. Default: only what could belong to this edition does. */
  readonly strict?: boolean
  /** The posts, where they have just been read with `readOptionsOf(config)`. Default: they are read. */
  readonly collection?: PostCollection
  readonly onProgress?: (step: string, done: number, total: number) => void
}

/** A plan: which posts an edition takes, and everything that building it goes on from. */
export interface Plan {
  readonly window: Window
  readonly selection: Selection
  readonly language: string
  /** What the editor wrote for this edition; null when there is no file. */
  readonly file: EditionFile | null
  readonly collection: PostCollection
  /** Problems that did not stop the plan, of posts and of the edition file. */
  readonly problems: readonly Problem[]
  /** Where there is nothing to send: the newest window that has something, if any has. */
  readonly newestWithPosts: Window | null
}

/**
 * Reads the posts, works out the window and decides about every post.
 * @throws UserError when the content cannot be read, the window makes no sense, or a broken post could belong to this edition
 */
export async function planEdition(request: PlanRequest): Promise<Plan> {
  const { config } = request
  const now = request.now.toISOString()
  const series = await readSeries(request)
  const asked =
    request.window.kind === 'latest' ? null : nameWindow(resolveWindow(request.window, series.calendar, request.now, series.past), series)
  const collection = request.collection ?? (await readPosts(readOptionsOf(request)))
  const newest = (except?: Window) =>
    newestWindow(collection, series, { rules: rulesOf(config, series.language), now: request.now, except })
  const window = asked ?? newest() ?? nameWindow(resolveWindow({ kind: 'default' }, series.calendar, request.now, series.past), series)
  const file = series.files.find(each => each.id === window.id) ?? null
  const language = series.asked ?? file?.language ?? series.language
  refuseBroken(collection, window, request.strict ?? false)
  const byRules = selectPosts(collection.posts, { window, rules: rulesOf(config, language), past: series.past, now })
  const { selection, problems } = applyEditionFile({ selection: byRules, file, posts: collection.posts, language, now })
  const brokenElsewhere = problemsOf(collection.broken).map(asWarning)
  return {
    window,
    selection,
    language,
    file,
    collection,
    problems: [...collection.problems, ...brokenElsewhere, ...series.problems, ...problems],
    newestWithPosts: selection.tooFew ? newest(window) : null,
  }
}

/**
 * An edition of which no pick could be followed is none with nothing to send: its editor wants to send something.
 * @throws UserError `edition-pick-missing` or `edition-pick-hidden` with every such pick
 */
export function refuseWithoutPicks({ selection, problems }: Plan): void {
  if (selection.tooFew) throwProblems(problems.filter(isLostPick))
}

/** The publication's editions in one language, and when their windows begin. */
interface Series {
  readonly calendar: Calendar
  /** The language that was asked for by a flag or by the edition's id; null when nobody said. */
  readonly asked: string | null
  readonly language: string
  readonly siteLanguage: string
  readonly files: readonly EditionFile[]
  readonly past: readonly PastEdition[]
  readonly problems: readonly Problem[]
}

async function readSeries(request: PlanRequest): Promise<Series> {
  const { config } = request
  const named = request.window.kind === 'edition' ? parseEditionId(request.window.id).language : null
  const calendar = calendarOf(config)
  const { files, problems } = await readEditions(request)
  const siteLanguage = config.site.language
  const asked = request.language ?? named
  const past = files.map(file => toPastEdition(file, calendar, siteLanguage))
  return { calendar, asked, language: asked ?? siteLanguage, siteLanguage, files, past, problems }
}

/** A window under the name of its edition in the series' language. */
function nameWindow(window: Window, { language, siteLanguage }: Series): Window {
  return { ...window, id: editionIdOf(window.id, language, siteLanguage) }
}

interface Newest {
  readonly rules: SelectionRules
  readonly now: Date
  /** A window that is known to have nothing to send, whatever its edition file names. */
  readonly except: Window | undefined
}

/** The newest window of the series with something to send. Its own editions are known by their windows' names there, as all windows are. */
function newestWindow({ posts }: PostCollection, series: Series, { rules, now, except }: Newest): Window | null {
  const own = series.past.filter(edition => languageFits(edition.language, rules.language))
  const past = own.map(edition => ({ ...edition, id: parseEditionId(edition.id).windowId }))
  const newest = latestWindow(posts, {
    calendar: series.calendar,
    rules,
    past,
    now,
    except: except === undefined ? undefined : parseEditionId(except.id).windowId,
  })
  return newest === null ? null : nameWindow(newest, series)
}

/** A broken edition file stops every plan: what it ran would be forgotten, and run again. */
async function readEditions({ config }: PlanRequest): Promise<EditionFiles> {
  const { paths, site } = config
  const editions = await readEditionFiles({
    folder: paths.editions,
    displayRoot: paths.displayRoot,
    siteUrl: site.url,
    timeZone: site.timeZone,
  })
  throwProblems(editions.problems.filter(problem => problem.severity === 'error'))
  return editions
}

/** How the posts of a configuration are read. */
export function readOptionsOf({ config, onProgress }: Pick<PlanRequest, 'config' | 'onProgress'>): ReadOptions {
  const { paths, site, content } = config
  return {
    dir: paths.content,
    cacheDir: paths.cache,
    exclude: [paths.editions, paths.templates, paths.out],
    siteUrl: site.url,
    language: site.language,
    timeZone: site.timeZone,
    urlPattern: content.url,
    fields: content.fields,
    ignore: content.ignore,
    displayRoot: paths.displayRoot,
    ...(onProgress ? { onProgress: (done, total) => onProgress('Reading posts:', done, total) } : {}),
  }
}

/** When the windows of a configuration begin. */
export function calendarOf({ site, edition }: Config): Calendar {
  return { timeZone: site.timeZone, rhythm: edition.rhythm, weekStartsOn: edition.weekStartsOn, startsAt: edition.startsAt }
}

function rulesOf({ selection }: Config, language: string): SelectionRules {
  return { ...selection, language, limit: selection.limit ?? null }
}

/** A post that cannot be read stops the edition it could have belonged to: leaving it out in silence would lose it. */
function refuseBroken({ broken, problems }: PostCollection, window: Window, strict: boolean): void {
  const fatal = strict ? broken : broken.filter(post => couldBelong(post, window))
  throwProblems([...problemsOf(fatal), ...(strict ? problems : [])])
}

/** Posts of one slug share their problem. */
function problemsOf(broken: readonly BrokenPost[]): readonly Problem[] {
  return [...new Set(broken.flatMap(post => post.problems))]
}

function couldBelong({ day }: BrokenPost, window: Window): boolean {
  return day === null || (day >= window.firstDay && day <= window.lastDay)
}

function asWarning(problem: Problem): Problem {
  return { ...problem, severity: 'warning' }
}
