import { type Generator, pathPattern, type SiteFolder } from './generator.ts'
import { findPostRoute } from './routes.ts'
import { textInScript } from './site-settings.ts'

/** Astro: the route file in `src/pages` that shows a collection, else the collection's name. */
export async function findAstro(site: SiteFolder): Promise<Generator | null> {
  for (const file of ['astro.config.mjs', 'astro.config.ts', 'astro.config.js', 'astro.config.mts']) {
    const script = await site.read(file)
    if (script === null) continue
    const end = /\btrailingSlash:\s*['"]always['"]/.test(script) ? '{slug}/' : '{slug}'
    return {
      name: 'Astro',
      siteUrl: withBase(textInScript(script, 'site'), textInScript(script, 'base')),
      title: null,
      language: textInScript(script, 'defaultLocale'),
      timeZone: null,
      assetsDir: textInScript(script, 'publicDir') ?? 'public',
      urlOf: async contentDir => {
        const collection = contentDir.replace(/^.*?src\/(?:content|pages)\/|^.*?src\/data\//, '')
        const route = await findPostRoute(site, ['src/pages'], collection.split('/').at(-1) ?? '')
        return { pattern: pathPattern(route ?? collection, end), leftOut: [] }
      },
    }
  }
  return null
}

function withBase(url: string | null, base: string | null): string | null {
  return url === null || base === null ? url : url.replace(/\/+$/, '') + pathPattern(base)
}
