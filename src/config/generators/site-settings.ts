/** Settings of other programs, read without trusting them: a file that cannot be parsed says nothing. */

/** Parsed settings whose keys are lower-cased, as Hugo takes them in any case. */
export type Settings = Readonly<Record<string, unknown>>

/** Parses TOML, YAML or JSON by the file's ending. Null where that fails or gives no map. */
export async function parseSettings(file: string, text: string): Promise<Settings | null> {
  try {
    return asSettings(await parse(file, text))
  } catch {
    return null
  }
}

async function parse(file: string, text: string): Promise<unknown> {
  if (file.endsWith('.toml')) return (await import('smol-toml')).parse(text)
  return file.endsWith('.json') ? JSON.parse(text) : (await import('js-yaml')).load(text)
}

function asSettings(value: unknown): Settings | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), asSettings(inner) ?? inner]))
}

/** The value at a path of lower-case keys; undefined where it leads nowhere. */
export function settingAt(settings: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? Reflect.get(inner, key) : undefined),
    settings,
  )
}

/** The text at a path; null where there is none, or an empty one. */
export function textAt(settings: unknown, ...path: readonly string[]): string | null {
  const value = settingAt(settings, ...path)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** The text that a setting is given in a script: `title: 'My blog'`. Null where it is computed, or absent. */
export function textInScript(script: string, name: string): string | null {
  const found = new RegExp(`(?<![\\w.-])['"]?${name}['"]?\\s*[:=]\\s*(?:'([^'\\n]+)'|"([^"\\n]+)"|\`([^\`$\\n]+)\`)`).exec(script)
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? null
}
