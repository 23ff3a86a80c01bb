import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../config/config.ts'
import { displayPath } from '../config/display-path.ts'
import type { TemplateSource } from '../config/read-template-file.ts'
import type { Edition } from '../edition/edition.ts'
import type { TemplateSet } from '../render/read-templates.ts'
import type { InspectSources } from './finding.ts'

/** The files that an edition was made from, as the user would name them. */
export async function readSources(config: Config, templates: TemplateSet, edition: Edition): Promise<InspectSources> {
  const { paths } = config
  const { html, htmlPartials, text, textPartials } = templates
  return {
    content: displayPath(paths.content, paths.displayRoot),
    editions: displayPath(paths.editions, paths.displayRoot),
    config: paths.config === null ? null : await readSource(paths.config, paths.displayRoot),
    written: await readWritten(config, edition),
    templates: { html: [html, ...Object.values(htmlPartials)], text: [text, ...Object.values(textPartials)] },
  }
}

async function readWritten({ paths }: Config, { file, items }: Edition): Promise<readonly TemplateSource[]> {
  const posts = items.map(({ post }) => path.join(paths.content, post.file))
  const files = file === null ? posts : [path.join(paths.editions, file), ...posts]
  const sources = await Promise.all(files.map(each => readSource(each, paths.displayRoot)))
  return sources.filter(source => source !== null)
}

/** Null for what cannot be read, or is there no more. */
async function readSource(file: string, displayRoot: string): Promise<TemplateSource | null> {
  const source = await readFile(file, 'utf8').catch(() => null)
  return source === null ? null : { file: displayPath(file, displayRoot), source }
}
