/** Values of flags, in the types that commands work with. */

import type { SendingKind } from '../ledger/tables.ts'
import type { VariantName } from '../render/email.ts'
import type { Flags } from './program.ts'

/** A flag's text; null without it. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** A flag's list; empty without it. */
export function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

/** The parts of a flag's list that also takes them with commas between them; empty without it. */
export function partsOf(value: unknown): readonly string[] {
  return listOf(value)
    .flatMap(each => each.split(','))
    .map(each => each.trim())
    .filter(each => each !== '')
}

/** Which sending `--late` and `--welcome` ask for. */
export function sendingKindOf({ late, welcome }: Flags): SendingKind {
  if (late === true) return 'late'
  return welcome === true ? 'welcome' : 'edition'
}

/** The subject of `--winner`; undefined without it. */
export function winnerOf({ winner }: Flags): VariantName | undefined {
  return winner === 'A' || winner === 'B' ? winner : undefined
}
