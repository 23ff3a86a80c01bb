import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** What can be found out about a site's repository without asking. Null: not found. */
export interface ProjectFacts {
  /** Folder with the most Markdown files that look like posts, relative to the repository. */
  readonly contentDir: string | null
  readonly postCount: number
  /** Folder that the site serves at its root. */
  readonly assetsDir: string | null
  readonly siteUrl: string | null
  readonly name: string | null
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
const likelyAssetsDirs = ['public', 'static', 'assets']

// Files in which a site says where it lives, each with what the address follows.
const addressFiles: readonly (readonly [string, RegExp])[] = [
  ['astro.config.mjs', /\bsite:\s*['"`](https?:\/\/[^'"`]+)/],
  ['astro.config.ts', /\bsite:\s*['"`](https?:\/\/[^'"`]+)/],
  ['nuxt.config.ts', /\bsite:\s*\{[^}]*\burl:\s*['"`](https?:\/\/[^'"`]+)/],
  ['hugo.toml', /^\s*baseURL\s*=\s*['"](https?:\/\/[^'"]+)/im],
  ['hugo.yaml', /^\s*baseURL:\s*['"]?(https?:\/\/[^'"\s]+)/im],
  ['config.toml', /^\s*base_?url\s*=\s*['"](https?:\/\/[^'"]+)/im],
  ['_config.yml', /^url:\s*['"]?(https?:\/\/[^'"\s]+)/m],
  ['docusaurus.config.js', /\burl:\s*['"`](https?:\/\/[^'"`]+)/],
  ['docusaurus.config.ts', /\burl:\s*['"`](https?:\/\/[^'"`]+)/],
  ['package.json', /"homepage"\s*:\s*"(https?:\/\/[^"#]+)/],
]

/** Looks around in a site's repository for what `init` would otherwise have to ask. Reads names and a few configuration files, runs nothing. */
export async function readProject(root: string): Promise<ProjectFacts> {
  const [content, assetsDir, siteUrl, name] = await Promise.all([findContent(root), findAssets(root), findSiteUrl(root), findName(root)])
  return { contentDir: content?.dir ?? null, postCount: content?.posts ?? 0, assetsDir, siteUrl, name }
}

async function findContent(root: string): Promise<{ dir: string; posts: number } | null> {
  for (const dir of likelyContentDirs) {
    const posts = (await listFiles(path.join(root, dir), true)).filter(file => /\.(md|mdx|markdown)$/i.test(file)).length
    if (posts > 0) return { dir, posts }
  }
  return null
}

async function findAssets(root: string): Promise<string | null> {
  for (const dir of likelyAssetsDirs) if ((await listFiles(path.join(root, dir), false)).length > 0) return dir
  return null
}

async function findSiteUrl(root: string): Promise<string | null> {
  for (const [file, pattern] of addressFiles) {
    const url = pattern.exec((await readIfThere(path.join(root, file))) ?? '')?.[1]
    if (url !== undefined && !/github\.com|localhost|127\.0\.0\.1/.test(url)) return url.replace(/\/+$/, '')
  }
  return null
}

async function findName(root: string): Promise<string | null> {
  const title = /^title\s*[:=]\s*['"]?([^'"\n]+)/m
  for (const file of ['_config.yml', 'hugo.toml', 'hugo.yaml', 'config.toml']) {
    const name = title.exec((await readIfThere(path.join(root, file))) ?? '')?.[1]
    if (name !== undefined) return name.trim()
  }
  return null
}

async function listFiles(dir: string, deep: boolean): Promise<readonly string[]> {
  return readdir(dir, { recursive: deep }).catch(absentAs<string[]>([]))
}

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(absentAs(null))
}

/** A file or folder that is not there is an answer here; anything else that goes wrong is not. */
function absentAs<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return error => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR') return value
    throw error
  }
}
