import type { SiteFolder } from './generator.ts'

/**
 * The folder of addresses that a site made of route files serves posts under: `blog` for `blog/[slug].astro` or `(site)/blog/[slug]/page.tsx`.
 * The one called like the posts' folder is taken, else the only one there is; null where neither is.
 */
export async function findPostRoute(site: SiteFolder, roots: readonly string[], folder: string): Promise<string | null> {
  const lists = await Promise.all(roots.map(root => site.list(root, true)))
  const found = lists.flat().flatMap(path => {
    const route = /^(.*?)\[{1,2}(?:\.\.\.)?(?:slug|id|post|path|name)\]{1,2}(?:\/(?:index|page))?\.(?:astro|vue|[jt]sx?)$/.exec(path)
    return route === null ? [] : [(route[1] ?? '').replace(/\([^)]*\)\//g, '').replace(/\/$/, '')]
  })
  const routes = [...new Set(found.filter(route => !route.includes('[')))]
  return routes.find(route => route.split('/').at(-1) === folder) ?? (routes.length === 1 ? (routes[0] ?? null) : null)
}
