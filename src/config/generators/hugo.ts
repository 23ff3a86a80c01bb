import { folderBelow, type Generator, pathPattern, type SiteFolder, translatePattern, type UrlPattern } from './generator.ts'
import { parseSettings, type Settings, settingAt, textAt } from './site-settings.ts'

const names = ['hugo', 'config', 'config/_default/hugo', 'config/_default/config']
const files = names.flatMap(name => ['toml', 'yaml', 'yml', 'json'].map(ending => `${name}.${ending}`))
// https://gohugo.io/configuration/permalinks/#tokens
const tokens = {
  year: '{year}',
  month: '{month}',
  day: '{day}',
  slug: '{slug}',
  title: '{slug}',
  filename: '{slug}',
  contentbasename: '{slug}',
  slugorfilename: '{slug}',
  slugorcontentbasename: '{slug}',
}

/** Hugo: a post's address is its section's folder and its slug, unless `permalinks` say otherwise. */
export async function findHugo(site: SiteFolder): Promise<Generator | null> {
  for (const file of files) {
    const text = await site.read(file)
    if (text === null) continue
    const settings = (await parseSettings(file, text)) ?? {}
    // Other generators, too, have a config.toml; without Hugo's name on it, only Hugo's spelling of the address tells.
    if (file.includes('hugo.') || textAt(settings, 'baseurl') !== null) return hugoSite(settings)
  }
  return null
}

function hugoSite(settings: Settings): Generator {
  const main = textAt(settings, 'defaultcontentlanguage') ?? 'en'
  return {
    name: 'Hugo',
    siteUrl: textAt(settings, 'baseurl'),
    title: textAt(settings, 'title') ?? textAt(settings, 'languages', main.toLowerCase(), 'title'),
    language: textAt(settings, 'locale') ?? textAt(settings, 'languagecode') ?? textAt(settings, 'defaultcontentlanguage'),
    timeZone: textAt(settings, 'timezone'),
    assetsDir: textAt(settings, 'staticdir') ?? 'static',
    urlOf: async contentDir => urlOf(settings, contentDir, main),
  }
}

function urlOf(settings: Settings, contentDir: string, main: string): UrlPattern {
  const ownRoot = textAt(settings, 'languages', main.toLowerCase(), 'contentdir')
  const inside = folderBelow(contentDir, textAt(settings, 'contentdir') ?? 'content')
  const folder = ownRoot !== null && `${contentDir}/`.startsWith(`${ownRoot}/`) ? folderBelow(contentDir, ownRoot) : inside
  const section = (folder.split('/')[0] ?? '').toLowerCase()
  const permalink = textAt(settings, 'permalinks', 'page', section) ?? textAt(settings, 'permalinks', section)
  if (permalink === null || section === '') return { pattern: pathPattern(folder, ending(settings)), leftOut: [] }
  const sections = { section, sections: folder, 'sections[1:]': folder.split('/').slice(1).join('/') }
  return translatePattern(permalink, /:([a-z]+(?:\[[^\]]*\])?)/g, { ...tokens, ...sections })
}

function ending(settings: Settings): string {
  return settingAt(settings, 'uglyurls') === true ? '{slug}.html' : '{slug}/'
}
