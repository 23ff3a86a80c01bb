import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config/config.ts'
import { isMissing, templateFolders } from '../../config/read-template-file.ts'
import { languageOf } from '../../subscribers/language-of.ts'

/** The languages that pages are offered in: the publication's own first, then those that it has messages for, then those that ship. Read once, at the start. */
export function readLanguages({ site, paths }: Pick<Config, 'site' | 'paths'>): readonly string[] {
  const found = templateFolders(paths.templates).flatMap(folder => namesIn(join(folder, 'messages')))
  return [...new Set([site.language, ...found.flatMap(name => languageOf(name) ?? [])])]
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).flatMap(name => /^(.+)\.yaml$/.exec(name)?.[1] ?? [])
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
