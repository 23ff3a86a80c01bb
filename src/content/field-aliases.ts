/** Which names of the ecosystems stand for our fields, in the order in which they are tried. */

/** Our field names: the keys that `content.fields` may override. */
export const fieldNames = [
  'title',
  'description',
  'publishedAt',
  'updatedAt',
  'hidden',
  'featured',
  'pinned',
  'tags',
  'category',
  'author',
  'image',
  'imageAlt',
  'faq',
  'language',
  'slug',
  'url',
  'canonical',
  'aliases',
  'translationKey',
] as const

/** One of our field names. */
export type FieldName = (typeof fieldNames)[number]

const aliases: Readonly<Record<FieldName, readonly string[]>> = {
  title: ['title', 'linkTitle'],
  description: ['description', 'summary', 'excerpt', 'subtitle', 'tldr', 'custom_excerpt', 'dek', 'spoiler'],
  publishedAt: ['publishedAt', 'date', 'pubDate', 'pubDatetime', 'publishDate', 'published_at', 'published'],
  updatedAt: ['updatedAt', 'updated', 'lastmod', 'last_modified_at', 'updatedDate', 'modDatetime', 'dateModified', 'lastUpdated'],
  hidden: [],
  featured: ['featured', 'extra.featured'],
  pinned: ['pinned', 'sticky'],
  tags: ['tags', 'keywords', 'taxonomies.tags'],
  category: ['category', 'categories', 'section', 'taxonomies.categories'],
  author: ['author', 'authors'],
  image: ['ogImage', 'image', 'heroImage', 'cover', 'thumbnail', 'feature_image', 'banner', 'images'],
  imageAlt: ['ogAlt', 'imageAlt', 'coverAlt'],
  faq: ['faqSchema', 'faq', 'faqs', 'meta.faq', 'seo.faq', 'schema.faq'],
  language: ['lang', 'locale', 'language'],
  slug: ['slug'],
  url: ['permalink', 'url'],
  canonical: ['canonical', 'canonical_url', 'canonicalUrl', 'canonicalURL'],
  aliases: ['aliases', 'redirect_from'],
  translationKey: ['translationKey'],
}

/** Names that hold the day a post appeared, in the order in which they are tried. */
export const dateAliases = aliases.publishedAt

/** Front matter as plain data: what a YAML, TOML or JSON mapping becomes. */
export type FrontMatterData = Readonly<Record<string, unknown>>

/** A value with the name it stood under. */
export interface FoundField {
  readonly name: string
  readonly value: unknown
}

/** Looks fields up in front matter. */
export interface FieldReader {
  /** Values of a field that are neither missing, null nor blank, in the order of its aliases. */
  readonly all: (data: FrontMatterData, field: FieldName) => FoundField[]
  /** The first of them that `accept` likes; null without one. */
  readonly first: (data: FrontMatterData, field: FieldName, accept?: (value: unknown) => boolean) => FoundField | null
}

/** Makes a reader that tries the overrides of `content.fields` before the aliases of the table. */
export function fieldReader(overrides: Readonly<Record<string, string | readonly string[]>>): FieldReader {
  const names = new Map<FieldName, readonly string[]>()
  for (const field of fieldNames) {
    const own = Object.hasOwn(overrides, field) ? overrides[field] : undefined
    const first = own === undefined ? [] : typeof own === 'string' ? [own] : own
    names.set(field, [...new Set([...first, ...aliases[field]])])
  }
  const namesOf = (field: FieldName) => names.get(field) ?? []
  return {
    all: (data, field) =>
      namesOf(field).flatMap(name => {
        const value = valueAt(data, name)
        return isMissing(value) ? [] : [{ name, value }]
      }),
    first: (data, field, accept) => {
      for (const name of namesOf(field)) {
        const value = valueAt(data, name)
        if (!isMissing(value) && (accept === undefined || accept(value))) return { name, value }
      }
      return null
    },
  }
}

/** The value of a key, or of a dotted path into maps. Own keys only: `constructor` and `__proto__` are data or nothing. */
export function valueAt(data: FrontMatterData, name: string): unknown {
  if (Object.hasOwn(data, name)) return data[name]
  if (!name.includes('.')) return undefined
  let value: unknown = data
  for (const key of name.split('.')) {
    if (!isMap(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value
}

/** True for a plain mapping, not for lists and dates. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}
