import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { load, YAMLException } from 'js-yaml'
import { throwProblems, UserError } from '../errors.ts'
import type { Config, Paths, Settings } from './config.ts'
import { displayPath } from './display-path.ts'
import { flagProblems } from './flag-problems.ts'
import { languageOfFolder } from './folder-language.ts'
import { type ConfigFile, configSchema } from './schema.ts'
import { schemaProblems } from './schema-problems.ts'
import { placeOfYamlError } from './yaml-place.ts'

/** The name looked for in the working folder when no file is given. */
export const configFileName = 'news-digest.yaml'

/** Settings given by hand (flags of the command line, a build script): they win over the file. Same nesting as the file. */
export type ConfigOverrides = {
  readonly [Section in keyof ConfigFile]?: ConfigFile[Section] extends object ? Partial<ConfigFile[Section]> : ConfigFile[Section]
}

/** Where to look, and what overrides the file. */
export interface ReadConfigRequest {
  /** Absolute working folder. */
  readonly cwd: string
  /** A file given by name. Default: news-digest.yaml in `cwd`, and doing without when there is none. */
  readonly file?: string | null
  readonly overrides?: ConfigOverrides
  /** Asked where neither the file nor an override has `site.url`; null: it is not known. Default: it is not. */
  readonly findSiteUrl?: (paths: Paths) => Promise<string | null>
}

/**
 * Reads the configuration as `readSettings` does, for whatever makes links. Throws what that throws, and `config-missing` where `site.url` is not set.
 */
export async function readConfig(request: ReadConfigRequest): Promise<Config> {
  const settings = await readSettings(request)
  const { site, paths } = settings
  const url = site.url ?? (await request.findSiteUrl?.(paths)) ?? null
  if (url === null) throw siteUrlMissing(paths.config, request.cwd)
  return { ...settings, site: { ...site, url: url.replace(/\/+$/, '') } }
}

/**
 * Reads the configuration, fills in defaults, applies the overrides and makes paths absolute. Paths of the file are relative to the file, paths of
 * overrides to the working folder. Throws UserError `config-missing`, `config-unreadable`, `config-invalid` (with every problem found) or `config-conflict`.
 */
export async function readSettings(request: ReadConfigRequest): Promise<Settings> {
  const file = findConfigFile(request)
  const root = file === null ? request.cwd : path.dirname(file)
  const settings = await validate(file, request)
  const { content } = settings
  return {
    ...settings,
    paths: {
      displayRoot: request.cwd,
      root,
      config: file,
      content: path.resolve(root, content.dir),
      editions: path.resolve(root, content.editions ?? 'content/editions'),
      assets: content.assets === undefined || request.overrides?.content?.dir !== undefined ? null : path.resolve(root, content.assets),
      templates: path.resolve(root, settings.templates),
      out: path.resolve(root, settings.out),
      cache: path.resolve(root, '.cache'),
      ledger: path.resolve(root, settings.ledger),
    },
  }
}

function findConfigFile({ cwd, file = null }: ReadConfigRequest): string | null {
  const found = path.resolve(cwd, file ?? configFileName)
  if (existsSync(found)) return found
  if (file === null) return null
  throw new UserError({
    code: 'config-missing',
    message: `there is no configuration file "${file}"`,
    hint: 'Check the name after --config, or run "news-digest init" to make one.',
  })
}

async function validate(file: string | null, { cwd, overrides = {} }: ReadConfigRequest): Promise<ConfigFile> {
  throwProblems(await flagProblems(overrides))
  const place = file === null ? configFileName : displayPath(file, cwd)
  const text = file === null ? '' : await readText(file, place)
  return parseConfig(text, place, absolutePaths(overrides, cwd))
}

/** Parses and validates the text of a configuration file, overrides applied. `place` is the file as the user would name it. Throws as `readConfig` does. */
export async function parseConfig(text: string, place: string, overrides: ConfigOverrides = {}): Promise<ConfigFile> {
  const given = withoutEmpty(parse(text, place))
  const result = configSchema.safeParse(merge(given, overrides))
  if (result.success) return result.data
  throwProblems(await schemaProblems('config-invalid', result.error, given, { file: place, text }, configSchema))
  throw result.error
}

async function readText(file: string, place: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    throw new UserError({
      code: 'config-unreadable',
      message: `the configuration file cannot be read: ${reasonOf(error)}`,
      place: { file: place },
      hint: 'Check that it is a file and that you may read it.',
    })
  }
}

function parse(text: string, place: string): unknown {
  try {
    return text.trim() === '' ? {} : (load(text) ?? {})
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    throw new UserError({
      code: 'config-unreadable',
      message: `the configuration is not valid YAML: ${error.reason}`,
      place: placeOfYamlError(error, place),
      hint: 'Settings are written as "name: value", nested ones two blanks deeper; never indent with tabs.',
    })
  }
}

/** A setting that is left empty, such as a section whose lines are all comments, takes its default. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const kept = Object.entries(value).filter(([, inner]) => inner !== null)
  return Object.assign(Object.create(null), Object.fromEntries(kept.map(([key, inner]) => [key, withoutEmpty(inner)])))
}

/** What is given by hand, with paths made absolute. */
function absolutePaths(overrides: ConfigOverrides, cwd: string): ConfigOverrides {
  const { content, out, templates } = overrides
  return {
    ...overrides,
    ...(content?.dir === undefined ? {} : otherPublication(overrides, path.resolve(cwd, content.dir))),
    ...(out === undefined ? {} : { out: path.resolve(cwd, out) }),
    ...(templates === undefined ? {} : { templates: path.resolve(cwd, templates) }),
  }
}

/**
 * A content folder given by hand is another publication: it keeps its editions beside its posts, and is in the language that its path names (`ja/blog`).
 * Neither editions nor language of the one in the file may be mixed in.
 */
function otherPublication({ content, site }: ConfigOverrides, dir: string): ConfigOverrides {
  const language = languageOfFolder(dir)
  return {
    content: { ...content, editions: path.resolve(dir, 'editions'), dir },
    ...(language === null ? {} : { site: { language, ...site } }),
  }
}

function merge(given: unknown, overrides: object): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
  const merged: Record<string, unknown> = Object.assign(Object.create(null), given)
  for (const [key, value] of Object.entries(overrides)) {
    if (value === undefined) continue
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
    merged[key] = isMap ? merge(merged[key] ?? {}, value) : value
  }
  return merged
}

function siteUrlMissing(file: string | null, cwd: string): UserError {
  return new UserError({
    code: 'config-missing',
    message: 'the address of your site is not known, and links in an email must be absolute',
    ...(file === null ? {} : { place: { file: displayPath(file, cwd) } }),
    expected: 'site.url in news-digest.yaml, or --site-url',
    hint:
      file === null
        ? 'Run "news-digest init", or add --site-url https://your-site.example.'
        : 'Add "site:" with "url: https://your-site.example" to the file.',
  })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
