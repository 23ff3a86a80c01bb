import { type Generator, type SiteFolder, translatePattern } from './generator.ts'
import { parseSettings, type Settings, settingAt, textAt } from './site-settings.ts'

// https://jekyllrb.com/docs/permalinks/#built-in-formats
const styles: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title.html',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title.html',
  weekdate: '/:categories/:year/W:week/:short_day/:title.html',
  none: '/:categories/:title.html',
}
const placeholders = {
  year: '{year}',
  month: '{month}',
  day: '{day}',
  title: '{slug}',
  slug: '{slug}',
  collection: 'posts',
  output_ext: '.html',
}

/** Jekyll: `permalink` of `_config.yml`, of its defaults for posts or of the collection of posts. */
export async function findJekyll(site: SiteFolder): Promise<Generator | null> {
  const text = (await site.read('_config.yml')) ?? (await site.read('_config.yaml'))
  if (text === null) return null
  const settings = (await parseSettings('_config.yml', text)) ?? {}
  const url = textAt(settings, 'url')
  const permalink = permalinkOf(settings)
  return {
    name: 'Jekyll',
    siteUrl: url === null ? null : url.replace(/\/+$/, '') + (textAt(settings, 'baseurl') ?? ''),
    title: textAt(settings, 'title'),
    language: textAt(settings, 'lang') ?? textAt(settings, 'locale'),
    timeZone: textAt(settings, 'timezone'),
    // What lies beside _config.yml is served at the root, `/assets/` from `assets/`.
    assetsDir: '.',
    urlOf: async () => translatePattern(styles[permalink] ?? permalink, /:([a-z]+(?:_[a-z]+)*)/g, placeholders),
  }
}

/** Front matter defaults win over the collection's own permalink, and that over the site's. */
function permalinkOf(settings: Settings): string {
  const defaults = settingAt(settings, 'defaults')
  const ofPosts = (Array.isArray(defaults) ? defaults : []).filter(
    each => ['posts', null].includes(textAt(each, 'scope', 'type')) && ['_posts', null].includes(textAt(each, 'scope', 'path')),
  )
  const found = ofPosts.map(each => textAt(each, 'values', 'permalink')).filter(each => each !== null)
  return found.at(-1) ?? textAt(settings, 'collections', 'posts', 'permalink') ?? textAt(settings, 'permalink') ?? 'date'
}
