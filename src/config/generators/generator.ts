/** What a site generator's own files say of a site: one contract, one file for each generator. */

/** The site's repository. Paths are relative to it, with forward slashes; what is not there is null, or an empty list. */
export interface SiteFolder {
  readonly read: (file: string) => Promise<string | null>
  /** Names in a folder; with `deep`, paths of everything below it. */
  readonly list: (dir: string, deep?: boolean) => Promise<readonly string[]>
}

/** A pattern for `content.url`, and the parts of the site's own pattern that it cannot express. */
export interface UrlPattern {
  readonly pattern: string
  readonly leftOut: readonly string[]
}

/** A generator that was found, with what its files say. Null: they do not say. */
export interface Generator {
  readonly name: string
  readonly siteUrl: string | null
  readonly title: string | null
  readonly language: string | null
  readonly timeZone: string | null
  /** The folder whose files the site serves at its root, if it is there. */
  readonly assetsDir: string
  /** How the site addresses the posts of a folder, as far as can be told. */
  readonly urlOf: (contentDir: string) => Promise<UrlPattern>
}

/** Looks for one generator. Null where the site is not made by it. */
export type FindGenerator = (site: SiteFolder) => Promise<Generator | null>

/** Joins the parts of a pattern with one slash between them. */
export function pathPattern(...parts: readonly string[]): string {
  return `/${parts.join('/')}`.replace(/\/{2,}/g, '/')
}

/** A folder without the one it lies in: `content/posts` below `content` is `posts`. A folder that lies elsewhere keeps its own name. */
export function folderBelow(dir: string, root: string): string {
  const clean = (path: string) => path.replace(/^(?:\.?\/)+|\/+$/g, '').replace(/^\.$/, '')
  const [inner, outer] = [clean(dir), clean(root)]
  if (outer === '' || inner === outer) return inner === outer ? '' : inner
  return inner.startsWith(`${outer}/`) ? inner.slice(outer.length + 1) : (inner.split('/').at(-1) ?? '')
}

/** Replaces what a site's own pattern calls a part; whatever is named in `names` as null, or not at all, is left out and told. */
export function translatePattern(own: string, part: RegExp, names: Readonly<Record<string, string>>): UrlPattern {
  const leftOut: string[] = []
  const pattern = own.replace(part, (found, name: string) => {
    const ours = Object.hasOwn(names, name) ? names[name] : undefined
    if (ours === undefined) leftOut.push(found)
    return ours ?? ''
  })
  return { pattern: pathPattern(pattern), leftOut }
}
