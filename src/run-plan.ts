import path from 'node:path'
import type { Config } from './config/config.ts'
import { relativeTo } from './config/read-config.ts'
import type { BrokenPost, PostCollection } from './content/post.ts'
import type { ReadOptions } from './content/read-options.ts'
import { readPosts } from './content/read-posts.ts'
import { applyEditionFile } from './edition/apply-edition-file.ts'
import type { EditionFile } from './edition/edition.ts'
import { toPastEdition } from './edition/past-edition.ts'
import { type EditionFiles, readEditionFiles } from './edition/read-edition-files.ts'
import { type Problem, UserError } from './errors.ts'
import type { Calendar } from './selection/calendar.ts'
import { latestWindow } from './selection/latest-window.ts'
import { selectPosts } from './selection/select-posts.ts'
import type { PastEdition, Selection, SelectionRules, Window } from './selection/selection.ts'
import { resolveWindow, type WindowRequest } from './selection/windows.ts'

/** What planning an edition depends on. */
export interface PlanRequest {
  readonly config: Config
  readonly window: WindowRequest
  readonly now: Date
  /** Language of the edition; null: the edition file's, else the site's. */
  readonly language: string | null
  /** Any problem in any post stops the plan. */
  readonly strict: boolean
  /** Folder that places in problems are relative to: the working folder. */
  readonly displayRoot: string
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
  const { config, now } = request
  const [collection, editions] = await Promise.all([readPosts(readOptionsOf(request)), readEditions(request)])
  const calendar = calendarOf(config)
  const past = editions.files.map(file => toPastEdition(file, calendar, config.site.language))
  const window = findWindow(request, calendar, collection, past)
  const file = editions.files.find(each => each.id === window.id) ?? null
  const language = request.language ?? file?.language ?? config.site.language
  const rules = rulesOf(config, language)
  refuseBroken(collection, window, request.strict)
  const byRules = selectPosts(collection.posts, { window, rules, past, now: now.toISOString() })
  const { selection, problems } = applyEditionFile({ selection: byRules, file, posts: collection.posts, language, now: now.toISOString() })
  return {
    window,
    selection,
    language,
    file,
    collection,
    problems: [
      ...collection.problems,
      ...collection.broken.flatMap(post => post.problems.map(asWarning)),
      ...editions.problems,
      ...problems,
    ],
    newestWithPosts: selection.tooFew ? latestWindow(collection.posts, { calendar, rules, past, now }) : null,
  }
}

/** A broken edition file stops every plan: what it ran would be forgotten, and run again. */
async function readEditions({ config, displayRoot }: PlanRequest): Promise<EditionFiles> {
  const { paths, site } = config
  const editions = await readEditionFiles({ folder: paths.editions, displayRoot, siteUrl: site.url, timeZone: site.timeZone })
  const [first, ...more] = editions.problems.filter(problem => problem.severity === 'error')
  if (first !== undefined) throw new UserError(first, ...more)
  return editions
}

/** How the posts of a configuration are read. */
export function readOptionsOf({
  config,
  displayRoot,
  onProgress,
}: Pick<PlanRequest, 'config' | 'displayRoot' | 'onProgress'>): ReadOptions {
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
    displayRoot,
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

function findWindow(
  { window, config, now, language }: PlanRequest,
  calendar: Calendar,
  collection: PostCollection,
  past: readonly PastEdition[],
): Window {
  if (window.kind !== 'latest') return resolveWindow(window, calendar, now, past)
  const rules = rulesOf(config, language ?? config.site.language)
  return latestWindow(collection.posts, { calendar, rules, past, now }) ?? resolveWindow({ kind: 'default' }, calendar, now, past)
}

/** A post that cannot be read stops the edition it could have belonged to: leaving it out in silence would lose it. */
function refuseBroken({ broken, problems }: PostCollection, window: Window, strict: boolean): void {
  const fatal = strict ? broken : broken.filter(post => couldBelong(post, window))
  const [first, ...more] = [...fatal.flatMap(post => post.problems), ...(strict ? problems : [])]
  if (first === undefined) return
  throw new UserError(first, ...more)
}

function couldBelong({ day }: BrokenPost, window: Window): boolean {
  return day === null || (day >= window.firstDay && day <= window.lastDay)
}

function asWarning(problem: Problem): Problem {
  return { ...problem, severity: 'warning' }
}

/** A file of the publication as the user would name it. */
export function shownFile(displayRoot: string, ...parts: readonly string[]): string {
  return relativeTo(displayRoot, path.join(...parts))
}
