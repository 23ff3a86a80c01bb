import { readFile } from 'node:fs/promises'
import type { Config } from '../config/config.ts'
import { displayPath } from '../config/display-path.ts'
import type { TemplateSource } from '../config/read-template-file.ts'
import type { TemplateSet } from '../render/read-templates.ts'
import type { InspectSources } from './finding.ts'

/** The files that an edition was made from, as the user would name them. */
export async function readSources(config: Config, templates: TemplateSet): Promise<InspectSources> {
  const { paths } = config
  const { html, htmlPartials, text, textPartials } = templates
  return {
    content: displayPath(paths.content, paths.displayRoot),
    editions: displayPath(paths.editions, paths.displayRoot),
    config: await readConfigText(config),
    templates: { html: [html, ...Object.values(htmlPartials)], text: [text, ...Object.values(textPartials)] },
  }
}

async function readConfigText({ paths }: Config): Promise<TemplateSource | null> {
  if (paths.config === null) return null
  const source = await readFile(paths.config, 'utf8').catch(() => null)
  return source === null ? null : { file: displayPath(paths.config, paths.displayRoot), source }
}
