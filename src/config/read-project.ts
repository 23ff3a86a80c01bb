import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { settingFault } from './flag-problems.ts'
import { findAstro } from './generators/astro.ts'
import { findDocusaurus } from './generators/docusaurus.ts'
import { findEleventy } from './generators/eleventy.ts'
import type { FindGenerator, Generator, SiteFolder, UrlPattern } from './generators/generator.ts'
import { findHugo } from './generators/hugo.ts'
import { findJekyll } from './generators/jekyll.ts'
import { findNext, findNuxt } from './generators/script-sites.ts'
import { findZola } from './generators/zola.ts'

/** What can be found out about a site's repository without asking. Null: not found. */
export interface ProjectFacts {
  /** What makes the site: Hugo, Jekyll, Astro and others. */
  readonly generator: string | null
  /** The first folder of those where generators keep posts that holds Markdown files, relative to the repository. */
  readonly contentDir: string | null
  /** Folder that the site serves at its root. */
  readonly assetsDir: string | null
  readonly siteUrl: string | null
  readonly name: string | null
  readonly language: string | null
  readonly timeZone: string | null
}

/** What was found, and how the site addresses the posts of a folder. */
export interface Project {
  readonly facts: ProjectFacts
  readonly urlOf: (contentDir: string) => Promise<UrlPattern>
}

// The folders where site generators keep posts: Astro, Next and Nuxt Content, Hugo, Jekyll, Eleventy, Zola, Docusaurus.
const likelyContentDirs = [
  'src/content/blog',
  'src/content/posts',
  'content/blog',
  'content/posts',
  'content/post',
  'content/en/blog',
  '_posts',
  'src/posts',
  'src/blog',
  'src/pages/blog',
  'posts',
  'blog',
  'data/blog',
  'articles',
  'content',
  'docs/blog',
]
// Hugo before Zola: both may have a config.toml, and only Hugo's is told by its spelling of the address alone.
const generators: readonly FindGenerator[] = [findAstro, findDocusaurus, findNuxt, findHugo, findZola, findJekyll, findEleventy, findNext]

/** Looks around in a site's repository for what `init` would otherwise have to ask. Reads names and a few configuration files, runs nothing. */
export async function readProject(root: string): Promise<Project> {
  const site: SiteFolder = {
    read: file => readFile(path.join(root, file), 'utf8').catch(absentAs(null)),
    list: (dir, deep = false) => listFiles(path.join(root, dir), deep),
  }
  const generator = await findGenerator(site)
  const [contentDir, assetsDir, siteUrl] = await Promise.all([findContent(site), findAssets(site, generator), findSiteUrl(site, generator)])
  return {
    facts: {
      generator: generator?.name ?? null,
      contentDir,
      assetsDir,
      siteUrl,
      name: generator?.title ?? null,
      language: ifValid('site.language', generator?.language?.replaceAll('_', '-') ?? null),
      timeZone: ifValid('site.timeZone', generator?.timeZone ?? null),
    },
    urlOf: generator?.urlOf ?? (async () => ({ pattern: '/blog/{slug}', leftOut: [] })),
  }
}

async function findGenerator(site: SiteFolder): Promise<Generator | null> {
  for (const find of generators) {
    const found = await find(site)
    if (found !== null) return found
  }
  return null
}

async function findContent(site: SiteFolder): Promise<string | null> {
  for (const dir of likelyContentDirs) {
    const files = await site.list(dir, true)
    if (files.some(file => /(?:^|\/)[^._/][^/]*\.(?:md|mdx|markdown)$/i.test(file))) return dir
  }
  return null
}

async function findAssets(site: SiteFolder, generator: Generator | null): Promise<string | null> {
  if (generator?.assetsDir === '.') return '.'
  const likely = generator === null ? ['public', 'static', 'assets'] : [generator.assetsDir, 'public', 'static']
  for (const dir of likely) if ((await site.list(dir)).length > 0) return dir
  return null
}

async function findSiteUrl(site: SiteFolder, generator: Generator | null): Promise<string | null> {
  const homepage = /"homepage"\s*:\s*"(https?:\/\/[^"#]+)/.exec((await site.read('package.json')) ?? '')?.[1] ?? null
  for (const url of [generator?.siteUrl ?? null, homepage]) {
    if (ifValid('site.url', url) !== null && url !== null && !/github\.com|localhost|127\.0\.0\.1/.test(url)) return url.replace(/\/+$/, '')
  }
  return null
}

/** What another program takes for a language or a zone need not be one. */
function ifValid(setting: 'site.url' | 'site.language' | 'site.timeZone', value: string | null): string | null {
  return value === null || settingFault(setting, value) !== null ? null : value
}

async function listFiles(dir: string, deep: boolean): Promise<readonly string[]> {
  const names = await readdir(dir, { recursive: deep }).catch(absentAs<string[]>([]))
  return names.map(name => name.replaceAll('\\', '/'))
}

/** A file or folder that is not there is an answer here; anything else that goes wrong is not. */
function absentAs<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return error => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR') return value
    throw error
  }
}
