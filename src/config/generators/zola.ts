import { folderBelow, type Generator, pathPattern, type SiteFolder } from './generator.ts'
import { parseSettings, textAt } from './site-settings.ts'

/** Zola: a post's address is its folder below `content` and its slug. */
export async function findZola(site: SiteFolder): Promise<Generator | null> {
  for (const file of ['zola.toml', 'config.toml']) {
    const settings = await parseSettings(file, (await site.read(file)) ?? '')
    if (settings === null || textAt(settings, 'base_url') === null) continue
    return {
      name: 'Zola',
      siteUrl: textAt(settings, 'base_url'),
      title: textAt(settings, 'title'),
      language: textAt(settings, 'default_language'),
      timeZone: null,
      assetsDir: 'static',
      urlOf: async contentDir => ({ pattern: pathPattern(folderBelow(contentDir, 'content'), '{slug}/'), leftOut: [] }),
    }
  }
  return null
}
