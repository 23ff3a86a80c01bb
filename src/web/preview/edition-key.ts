import { parseEditionId } from '../../selection/edition-id.ts'
import type { EditionKey } from './api.ts'

/** A key taken apart. */
export interface ParsedKey {
  readonly key: EditionKey
  readonly id: string
  readonly built: boolean
}

/** Reads a key out of an address. Throws UserError `edition-id-invalid` for what names no edition: nothing else ever becomes a path. */
export function parseKey(key: string): ParsedKey {
  const [, prefix, name = ''] = /^(built:)?(.*)$/s.exec(key) ?? []
  const { id } = parseEditionId(name)
  return { key: prefix === undefined ? id : builtKey(id), id, built: prefix !== undefined }
}

/** The key of the edition that a build has written. */
export function builtKey(id: string): EditionKey {
  return `built:${id}`
}
