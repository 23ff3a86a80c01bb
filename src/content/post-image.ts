/** The picture of a post, in the shapes that site generators write it. */

import { isMap } from './field-aliases.ts'
import { lineOf } from './field-values.ts'

/** A picture as the front matter names it: its reference not resolved yet. */
export interface PictureReference {
  readonly source: string
  readonly alt: string | null
}

const sourceKeys = ['src', 'url', 'path', 'image', 'href', 'source', 'file', 'filename', 'publicURL']

/** Reads a string, a map with src or url, or the first of a list of these; null for anything else. */
export function pictureReference(value: unknown, depth = 0): PictureReference | null {
  if (Array.isArray(value)) return depth > 2 ? null : pictureReference(value[0], depth + 1)
  if (!isMap(value)) {
    const source = typeof value === 'string' ? lineOf(value) : null
    // `~/` and `@/` are names of a bundler for a folder of its own.
    return source === null || /^[~@]\//.test(source) ? null : { source, alt: null }
  }
  for (const key of sourceKeys) {
    const inner = Object.hasOwn(value, key) && depth < 2 ? pictureReference(value[key], depth + 1) : null
    if (inner !== null) return { source: inner.source, alt: lineOf(value.alt) ?? inner.alt }
  }
  return null
}
