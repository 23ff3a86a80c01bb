/** The language of a post where no field names it: a locale folder (`en/blog/x.md`) or a suffix (`x.fr.md`). */

import { folderLanguages } from '../config/folder-language.ts'

const tag = /^[a-z]{2}(?:[-_][A-Za-z]{2,4})?$/

/** Where a path says its language: the language, and the path without extension, locale folder and suffix. */
export interface LocalizedPath {
  readonly language: string | null
  readonly path: string
}

/**
 * Finds locale folders among all folders of the content folder (relative, forward slashes): a locale folder is the first or second of a path. A language
 * that sites seldom have a folder for counts only beside a folder in the site's own.
 */
export function localeFolders(folders: Iterable<string>, siteLanguage: string): ReadonlyMap<string, string> {
  const all = new Set(folders)
  const site = normalLanguage(siteLanguage)
  const found = new Map<string, string>()
  for (const folder of all) {
    const segments = folder.split('/')
    const name = segments.at(-1) ?? ''
    if (segments.length > 2 || !isTag(name)) continue
    const above = segments
      .slice(0, -1)
      .map(segment => `${segment}/`)
      .join('')
    const besideSite = all.has(`${above}${siteLanguage}`) || all.has(above + site) || all.has(above + primary(site))
    if (folderLanguages.has(name) || name.length > 2 || primary(site) === name || (besideSite && isLanguage(name)))
      found.set(folder, normalLanguage(name))
  }
  return found
}

/** Takes extension, locale folder and locale suffix off a file's path. */
export function localizedPath(file: string, folders: ReadonlyMap<string, string>, siteLanguage: string): LocalizedPath {
  const plain = file.replace(/\.[^./]*$/, '')
  const suffix = /\.([A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?)$/.exec(plain)?.[1]
  if (
    suffix !== undefined &&
    isTag(suffix) &&
    (folderLanguages.has(suffix) || suffix.length > 2 || suffix === primary(normalLanguage(siteLanguage)))
  ) {
    return { language: normalLanguage(suffix), path: withoutLocale(plain.slice(0, -suffix.length - 1), folders).path }
  }
  return withoutLocale(plain, folders)
}

/** A language tag in our form: lower case, hyphens. */
export function normalLanguage(language: string): string {
  return language.trim().replaceAll('_', '-').toLowerCase()
}

/** Whether text is a well-formed language tag. */
export function isLanguageTag(text: string): boolean {
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/.test(normalLanguage(text))
}

function withoutLocale(path: string, folders: ReadonlyMap<string, string>): LocalizedPath {
  if (folders.size === 0) return { language: null, path }
  const segments = path.split('/')
  for (let depth = 1; depth <= 2 && depth < segments.length; depth++) {
    const language = folders.get(segments.slice(0, depth).join('/'))
    if (language !== undefined) return { language, path: segments.filter((_, index) => index !== depth - 1).join('/') }
  }
  return { language: null, path }
}

function isTag(name: string): boolean {
  return tag.test(name) && (name.length === 2 || isLanguage(name.slice(0, 2)))
}

function isLanguage(code: string): boolean {
  return new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(code.slice(0, 2)) !== undefined
}

function primary(language: string): string {
  return language.split('-')[0] ?? language
}
