/** A small language for the shape of what templates see: one description gives the TypeScript type, the check of templates and their documentation. */

import type { SafeHtml } from './safe-html.ts'

/** What a value may be. `url` is text that was allow-listed as an address; `html` is markup of ours, already safe. */
export type Shape = TextShape | NumberShape | FlagShape | UrlShape | HtmlShape | ListShape | GroupShape

interface TextShape {
  readonly kind: 'text'
}
interface NumberShape {
  readonly kind: 'number'
}
interface FlagShape {
  readonly kind: 'flag'
}
interface UrlShape {
  readonly kind: 'url'
}
interface HtmlShape {
  readonly kind: 'html'
}
/** Any number of things of one shape. */
export interface ListShape<Of extends Shape = Shape> {
  readonly kind: 'list'
  readonly of: Of
}
/** Named fields, each always present. */
export interface GroupShape<Fields extends Readonly<Record<string, Field>> = Readonly<Record<string, Field>>> {
  readonly kind: 'group'
  readonly fields: Fields
}

/** A field of a group: its shape, whether it may be null, and what it holds, for the documentation. */
export interface Field<Of extends Shape = Shape, Nullable extends boolean = boolean> {
  readonly shape: Of
  readonly nullable: Nullable
  readonly about: string
}

/** The TypeScript type of a shape. */
export type ValueOf<Of> = Of extends TextShape | UrlShape
  ? string
  : Of extends NumberShape
    ? number
    : Of extends FlagShape
      ? boolean
      : Of extends HtmlShape
        ? SafeHtml
        : Of extends ListShape<infer Each>
          ? readonly ValueOf<Each>[]
          : Of extends GroupShape<infer Fields>
            ? { readonly [Name in keyof Fields]: FieldValue<Fields[Name]> }
            : never

type FieldValue<Of> = Of extends Field<infer Each, infer Nullable> ? ValueOf<Each> | (Nullable extends true ? null : never) : never

export const text = { kind: 'text' } as const satisfies Shape
export const number = { kind: 'number' } as const satisfies Shape
export const flag = { kind: 'flag' } as const satisfies Shape
export const url = { kind: 'url' } as const satisfies Shape
export const html = { kind: 'html' } as const satisfies Shape

/** A list of things of one shape. */
export function listOf<const Of extends Shape>(of: Of): ListShape<Of> {
  return { kind: 'list', of }
}

/** A group of named fields. */
export function group<const Fields extends Readonly<Record<string, Field>>>(fields: Fields): GroupShape<Fields> {
  return { kind: 'group', fields }
}

/** A field that always has a value. */
export function always<const Of extends Shape>(shape: Of, about: string): Field<Of, false> {
  return { shape, nullable: false, about }
}

/** A field that may be null: print it inside `{{#if}}` or `{{#with}}`. */
export function maybe<const Of extends Shape>(shape: Of, about: string): Field<Of, true> {
  return { shape, nullable: true, about }
}
