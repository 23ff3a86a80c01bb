import { type Generator, pathPattern, type SiteFolder } from './generator.ts'
import { textInScript } from './site-settings.ts'

/** Docusaurus: `/blog/{slug}`, or with the date in front where files have a date in their names and no slug of their own. */
export async function findDocusaurus(site: SiteFolder): Promise<Generator | null> {
  for (const file of ['docusaurus.config.js', 'docusaurus.config.ts', 'docusaurus.config.mjs']) {
    const script = await site.read(file)
    if (script === null) continue
    const url = textInScript(script, 'url')
    const base = textInScript(script, 'baseUrl') ?? '/'
    const route = /\bblog:\s*\{[^}]*?\brouteBasePath:\s*['"]([^'"]*)['"]/.exec(script)?.[1] ?? 'blog'
    const end = /\btrailingSlash:\s*true\b/.test(script) ? '{slug}/' : '{slug}'
    return {
      name: 'Docusaurus',
      siteUrl: url === null ? null : url.replace(/\/+$/, '') + pathPattern(base),
      title: textInScript(script, 'title'),
      language: textInScript(script, 'defaultLocale'),
      timeZone: null,
      assetsDir: 'static',
      urlOf: async contentDir => {
        const days = (await isDated(site, contentDir)) ? ['{year}/{month}/{day}'] : []
        return { pattern: pathPattern(route, ...days, end), leftOut: [] }
      },
    }
  }
  return null
}

// https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-blog#slug
async function isDated(site: SiteFolder, dir: string): Promise<boolean> {
  const files = (await site.list(dir, true)).filter(file => /\.mdx?$/.test(file)).slice(-20)
  const texts = await Promise.all(files.map(async file => ({ file, text: (await site.read(`${dir}/${file}`)) ?? '' })))
  const dated = texts.filter(({ file, text }) => /(?:^|\/)\d{4}-\d{2}-\d{2}-/.test(file) && !/^slug:/m.test(text))
  return dated.length > texts.length / 2
}
