import type { Flags } from './program.ts'

/** Flags that name a window: what they say is said by the edition's name instead. */
const windowFlags: readonly string[] = ['from', 'to', 'last', 'sinceLast']

/** Makes the command line for an edition out of the flags that were given, quoted for a shell: `news-digest build 2026-w06 --content 'my posts'`. */
export function commandWith(command: string, flags: Flags): (edition: string) => string {
  const given = Object.entries(flags)
    .filter(([name]) => !windowFlags.includes(name))
    .flatMap(([name, value]) => written(name, value))
  return edition => ['news-digest', command, edition, ...given].map(quoted).join(' ')
}

function written(name: string, value: unknown): readonly string[] {
  const flag = name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
  // Only --no-check is ever false, and true is its default.
  if (name === 'check') return value === false ? ['--no-check'] : []
  if (value === true) return [`--${flag}`]
  if (value instanceof Date) return [`--${flag}`, value.toISOString()]
  if (Array.isArray(value)) return [`--${flag}`, ...value.map(String)]
  return typeof value === 'string' || typeof value === 'number' ? [`--${flag}`, String(value)] : []
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
