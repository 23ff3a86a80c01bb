import type { Env } from 'markdown-it'
import { type Allowance, allowanceFor } from './scan-source.ts'
import { indexTags, type TagIndex } from './tag-index.ts'

/** The Markdown that a file is written in: `mdx` has expressions, components, imports and exports; `md` has what site generators add. */
export type Dialect = 'md' | 'mdx'

/** What the rules share while one text is parsed. */
export interface ParseState {
  readonly dialect: Dialect
  readonly allowance: Allowance
  /** How many containers (`:::`) are open. */
  containers: number
  /** The tags of the text that was asked about last: the whole body for block rules, one paragraph for inline rules. */
  indexed: { readonly source: string; readonly tags: TagIndex }
}

const states = new WeakMap<Env, ParseState>()

/** The environment to parse one text with. */
export function beginParse(source: string, dialect: Dialect): Env {
  const env: Env = {}
  states.set(env, { dialect, allowance: allowanceFor(source.length), containers: 0, indexed: { source: '', tags: indexTags('') } })
  return env
}

/** What the rules share in this environment. */
export function parseState(env: Env): ParseState {
  const state = states.get(env)
  if (!state) throw new Error('parsed without beginParse()')
  return state
}

/** The tags of a text, indexed once for many questions about the same one. */
export function tagsOf(env: Env, source: string): TagIndex {
  const state = parseState(env)
  if (state.indexed.source !== source) state.indexed = { source, tags: indexTags(source) }
  return state.indexed.tags
}
