import { folderBelow, type Generator, pathPattern, type SiteFolder, translatePattern, type UrlPattern } from './generator.ts'
import { textInScript } from './site-settings.ts'

const configFiles = ['eleventy.config.js', 'eleventy.config.mjs', 'eleventy.config.cjs', 'eleventy.config.ts', '.eleventy.js']

/** Eleventy: the file's own path below the input folder, unless the folder's data file has a permalink. */
export async function findEleventy(site: SiteFolder): Promise<Generator | null> {
  const scripts = await Promise.all(configFiles.map(site.read))
  const script = scripts.find(each => each !== null)
  if (script === undefined || script === null) return null
  const input = textInScript(script, 'input') ?? '.'
  const data = await readMetadata(site, input === '.' ? '' : `${input}/`)
  return {
    name: 'Eleventy',
    siteUrl: textInScript(data, 'url'),
    title: textInScript(data, 'title'),
    language: textInScript(data, 'language') ?? textInScript(data, 'lang'),
    timeZone: null,
    assetsDir: 'public',
    urlOf: async contentDir =>
      (await dataPermalink(site, contentDir)) ?? { pattern: pathPattern(folderBelow(contentDir, input), '{slug}/'), leftOut: [] },
  }
}

async function readMetadata(site: SiteFolder, input: string): Promise<string> {
  const names = ['metadata', 'site'].flatMap(name => ['js', 'json', 'cjs', 'mjs'].map(ending => `_data/${name}.${ending}`))
  const texts = await Promise.all([...names, ...names.map(name => input + name)].map(site.read))
  return texts.find(text => text !== null) ?? ''
}

// https://www.11ty.dev/docs/data-template-dir/
async function dataPermalink(site: SiteFolder, dir: string): Promise<UrlPattern | null> {
  const name = dir.split('/').at(-1) ?? ''
  for (const ending of ['json', '11tydata.json', '11tydata.js', '11tydata.cjs', '11tydata.mjs']) {
    const permalink = textInScript((await site.read(`${dir}/${name}.${ending}`)) ?? '', 'permalink')
    if (permalink === null) continue
    const slug = { 'page.fileSlug': '{slug}', 'title | slugify': '{slug}', 'title | slug': '{slug}', slug: '{slug}' }
    return translatePattern(permalink.replace(/index\.html$/, ''), /\{\{-?\s*(.*?)\s*-?\}\}/g, slug)
  }
  return null
}
