import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { displayPath } from '../config/display-path.ts'
import { nearestName } from '../config/nearest-name.ts'
import { isMissing, readTemplateFile, type TemplateSource, templateFolders } from '../config/read-template-file.ts'
import { UserError } from '../errors.ts'

/** What one look is made of: its two templates and every partial, by name (`header` is `partials/header.mjml.hbs`). */
export interface TemplateSet {
  readonly name: string
  readonly html: TemplateSource
  readonly text: TemplateSource
  readonly htmlPartials: Readonly<Record<string, TemplateSource>>
  readonly textPartials: Readonly<Record<string, TemplateSource>>
}

/** Where templates are looked for. */
export interface TemplatePlaces {
  /** The user's own `templates/` folder, which need not exist; null when there is none. */
  readonly userDir: string | null
  /** The name of a look: a plain folder name. */
  readonly template: string
  /** File names in problems are relative to it. */
  readonly displayRoot: string
}

/**
 * Reads a look: the package's templates, overridden file by file by files of the same name in the user's folder.
 * @throws UserError `template-missing` when the name is not a plain folder name or a file of the look is in neither folder
 */
export async function readTemplates(places: TemplatePlaces): Promise<TemplateSet> {
  const folders = templateFolders(places.userDir)
  await refuseUnknownTemplate(places, folders)
  return readSet(places, folders)
}

/**
 * Reads the template of the mail that confirms a sign-up, overridden file by file as looks are, with the same partials.
 * @throws UserError `template-missing` when a file of it is in neither folder
 */
export function readConfirmTemplates({ userDir, displayRoot }: Omit<TemplatePlaces, 'template'>): Promise<TemplateSet> {
  return readSet({ userDir, displayRoot, template: confirmName }, templateFolders(userDir))
}

async function readSet(places: TemplatePlaces, folders: readonly string[]): Promise<TemplateSet> {
  const [html, text, htmlPartials, textPartials] = await Promise.all([
    readTemplate(places, folders, 'email.mjml.hbs'),
    readTemplate(places, folders, 'email.txt.hbs'),
    readPartials(places, folders, '.mjml.hbs'),
    readPartials(places, folders, '.txt.hbs'),
  ])
  return { name: places.template, html, text, htmlPartials, textPartials }
}

/** Names of all looks that `readTemplates` would read, in order. */
export async function listTemplates({ userDir }: Pick<TemplatePlaces, 'userDir'>): Promise<readonly string[]> {
  return listLooks(templateFolders(userDir))
}

const confirmName = 'confirm'
const notLooks = ['partials', 'messages', confirmName]

async function listLooks(folders: readonly string[]): Promise<readonly string[]> {
  const listed = await Promise.all(folders.map(folder => listNames(folder, 'folders')))
  return [...new Set(listed.flat())].filter(look => !notLooks.includes(look) && !look.startsWith('.')).sort()
}

async function refuseUnknownTemplate(places: TemplatePlaces, folders: readonly string[]): Promise<void> {
  const name = places.template
  const looks = await listLooks(folders)
  if (looks.includes(name)) return
  const plain = /^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u.test(name)
  const near = nearestName(name, looks)
  throw new UserError({
    code: 'template-missing',
    message: plain
      ? `there is no template "${name}" in ${folders.map(folder => displayPath(folder, places.displayRoot)).join(' or ')}`
      : `"${name.slice(0, 80)}" is not the name of a template`,
    expected: `the plain name of a folder: ${looks.join(', ')}`,
    got: name.slice(0, 80),
    hint:
      name === confirmName
        ? notAnEdition
        : near === null
          ? 'Choose one of these, or make a folder of that name in your templates folder.'
          : `Did you mean "${near}"?`,
  })
}

const notAnEdition = 'The folder confirm/ holds the mail that confirms a sign-up. Give a look for editions another name.'

async function readTemplate(places: TemplatePlaces, folders: readonly string[], file: string): Promise<TemplateSource> {
  for (const folder of folders) {
    const source = await readTemplateFile(join(folder, places.template, file), places.displayRoot)
    if (source !== null) return source
  }
  const looked = folders.map(folder => displayPath(join(folder, places.template, file), places.displayRoot))
  throw new UserError({
    code: 'template-missing',
    message: `the template "${places.template}" has no ${file}`,
    place: { file: looked[0] ?? file },
    expected: looked.join(' or '),
    hint: `Write ${file}, or begin with a copy of the one in weekly/.`,
  })
}

async function readPartials(places: TemplatePlaces, folders: readonly string[], ending: string): Promise<Record<string, TemplateSource>> {
  const partials: Record<string, TemplateSource> = {}
  for (const folder of folders.toReversed()) {
    const files = (await listNames(join(folder, 'partials'), 'files')).filter(file => file.endsWith(ending))
    for (const file of files.sort()) {
      const source = await readTemplateFile(join(folder, 'partials', file), places.displayRoot)
      if (source !== null) partials[file.slice(0, -ending.length)] = source
    }
  }
  return partials
}

async function listNames(folder: string, kind: 'files' | 'folders'): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter(entry => (kind === 'files' ? !entry.isDirectory() : entry.isDirectory())).map(entry => entry.name)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
