import type { Env } from 'markdown-it'
import { type ClosingTags, findClosingTags } from './closing-tags.ts'
import { type Allowance, allowanceFor } from './scan-source.ts'

/** The Markdown that a file is written in: `mdx` has expressions, components, imports and exports; `md` has what site generators add. */
export type Dialect = 'md' | 'mdx'

/** What the rules share while one text is parsed. */
export interface ParseState {
  readonly dialect: Dialect
  readonly allowance: Allowance
  /** The closing tags of the text that was asked about last: the whole body for block rules, one paragraph for inline rules. */
  closing: { readonly source: string; readonly tags: ClosingTags }
}

const states = new WeakMap<Env, ParseState>()

/** The environment to parse one text with. */
export function beginParse(source: string, dialect: Dialect): Env {
  const env: Env = {}
  states.set(env, { dialect, allowance: allowanceFor(source.length), closing: { source: '', tags: new Map() } })
  return env
}

/** What the rules share in this environment. */
export function parseState(env: Env): ParseState {
  const state = states.get(env)
  if (!state) throw new Error('parsed without beginParse()')
  return state
}

/** The closing tags of a text, found once for many questions about the same one. */
export function closingTags(env: Env, source: string): ClosingTags {
  const state = parseState(env)
  if (state.closing.source !== source) state.closing = { source, tags: findClosingTags(source) }
  return state.closing.tags
}
