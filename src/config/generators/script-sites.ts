import { type Generator, pathPattern, type SiteFolder } from './generator.ts'
import { findPostRoute } from './routes.ts'
import { textInScript } from './site-settings.ts'

/** Nuxt Content: a post's address is its path below `content`. */
export async function findNuxt(site: SiteFolder): Promise<Generator | null> {
  const script = (await site.read('nuxt.config.ts')) ?? (await site.read('nuxt.config.js'))
  if (script === null) return null
  const ofSite = /\bsite:\s*\{([^}]*)\}/.exec(script)?.[1] ?? ''
  return {
    name: 'Nuxt',
    siteUrl: textInScript(ofSite, 'url'),
    title: textInScript(ofSite, 'name'),
    language: textInScript(script, 'defaultLocale') ?? textInScript(script, 'lang'),
    timeZone: null,
    assetsDir: 'public',
    urlOf: async contentDir => {
      const folders = contentDir.replace(/^.*?content\/?/, '').split('/')
      return { pattern: pathPattern(...folders.map(folder => folder.replace(/^\d+\./, '')), '{slug}'), leftOut: [] }
    },
  }
}

/** Next: the route file that shows a post, else the name of the posts' folder. */
export async function findNext(site: SiteFolder): Promise<Generator | null> {
  const scripts = await Promise.all(['next.config.js', 'next.config.mjs', 'next.config.ts'].map(site.read))
  const script = scripts.find(each => each !== null)
  if (script === undefined || script === null) return null
  const end = /\btrailingSlash:\s*true\b/.test(script) ? '{slug}/' : '{slug}'
  return {
    name: 'Next',
    siteUrl: null,
    title: null,
    language: textInScript(script, 'defaultLocale'),
    timeZone: null,
    assetsDir: 'public',
    urlOf: async contentDir => {
      const folder = contentDir.replace(/\/+$/, '').split('/').at(-1) ?? ''
      const route = await findPostRoute(site, ['app', 'src/app', 'pages', 'src/pages'], folder)
      return { pattern: pathPattern(route ?? folder, end), leftOut: [] }
    },
  }
}
