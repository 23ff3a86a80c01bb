/** The parsers of front matter, set so that values stay as the author wrote them. */

import { isMap } from './field-aliases.ts'
import type { FrontMatterFormat } from './split-front-matter.ts'

/** Text to data, by format. They throw what js-yaml, smol-toml and JSON.parse throw; what comes back may be a list or a scalar at run time. */
export type FrontMatterEngines = Readonly<Record<FrontMatterFormat, (text: string) => object>>

/** Bounds of nesting and of references. */
export interface EngineLimits {
  readonly deepest: number
  readonly mostAliases: number
}

/** Loads js-yaml and smol-toml. */
export async function frontMatterEngines({ deepest, mostAliases }: EngineLimits): Promise<FrontMatterEngines> {
  const [yaml, toml] = await Promise.all([import('js-yaml'), import('smol-toml')])
  // Numbers stay as they were written (`title: 1.10`), and so do days: only empty values, true and false are more than text.
  const textOnly = (tag: typeof yaml.intCoreTag) => ({ ...tag, implicit: false })
  const schema = new yaml.Schema([
    yaml.strTag,
    yaml.seqTag,
    yaml.mapTag,
    yaml.nullCoreTag,
    yaml.boolCoreTag,
    yaml.mergeTag,
    textOnly(yaml.intCoreTag),
    textOnly(yaml.floatCoreTag),
    { ...yaml.strTag, tagName: 'tag:yaml.org,2002:timestamp' },
  ])
  const limits = { schema, maxAliases: mostAliases, maxTotalMergeKeys: 2000 }
  // What `load` does, without making its options anew for each post.
  const loadYaml = (text: string) => {
    const documents = yaml.constructFromEvents(yaml.parseEvents(text, { maxDepth: deepest }), { ...limits, source: text })
    if (documents.length > 1) throw new yaml.YAMLException(severalDocuments)
    return documents[0]
  }
  return {
    yaml: text => asObject(loadYaml(text)),
    toml: text => asObject(withWrittenDates(toml.parse(text, { maxDepth: deepest }), text)),
    json: text => asObject(text.trim() === '' ? {} : JSON.parse(text)),
  }
}

/** The reason of the error for YAML in which a line begins another document. */
export const severalDocuments = 'more than one document'

// What is no mapping is refused by whoever asks.
function asObject(value: unknown): object {
  return (value ?? {}) as object
}

/** TOML dates as the author wrote them, because smol-toml turns 2026-02-31 into 3 March. */
function withWrittenDates(data: Record<string, unknown>, text: string): Record<string, unknown> {
  for (const [key, value] of Object.entries(data)) {
    if (value instanceof Date) data[key] = writtenDate(key, text) ?? value.toISOString()
    else if (isMap(value)) withWrittenDates(value, text)
  }
  return data
}

function writtenDate(key: string, text: string): string | null {
  const name = RegExp.escape(key)
  return new RegExp(`^[ \\t]*(?:[\\w-]+\\.)*["']?${name}["']?[ \\t]*=[ \\t]*(\\d[\\d:.TtZz +-]*)`, 'm').exec(text)?.[1]?.trim() ?? null
}
