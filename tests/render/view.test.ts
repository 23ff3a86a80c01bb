import { describe, expect, it } from 'vitest'
import type { Edition } from '../../src/edition/edition.ts'
import { readMessages } from '../../src/locale/read-messages.ts'
import type { GroupShape, Shape } from '../../src/render/shape.ts'
import { makeView, shortenView } from '../../src/render/view.ts'
import { viewShape } from '../../src/render/view-shape.ts'
import { configOf, editionOf, itemOf } from './edition-fixture.ts'

async function viewOf(edition: Edition, config: Record<string, unknown> = {}) {
  const { messages } = await readMessages({ userDir: null, language: edition.language, displayRoot: '/' })
  return makeView(edition, { config: configOf(config), messages })
}

/** Where a value does not have the shape that templates are checked against. */
function misfits(value: unknown, shape: Shape, path: string): string[] {
  switch (shape.kind) {
    case 'list':
      return Array.isArray(value) ? value.flatMap((each, index) => misfits(each, shape.of, `${path}.${index}`)) : [path]
    case 'group':
      return misfitsOfGroup(value, shape, path)
    case 'html':
      return typeof value === 'object' && value !== null && 'markup' in value ? [] : [path]
    case 'flag':
      return typeof value === 'boolean' ? [] : [path]
    case 'number':
      return typeof value === 'number' ? [] : [path]
    default:
      return typeof value === 'string' ? [] : [path]
  }
}

function misfitsOfGroup(value: unknown, { fields }: GroupShape, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path]
  const strange = Object.keys(value).filter(name => !Object.hasOwn(fields, name))
  const wrong = Object.entries(fields).flatMap(([name, field]) => {
    const held: unknown = Reflect.get(value, name)
    return held === null && field.nullable ? [] : misfits(held, field.shape, `${path}.${name}`)
  })
  return [...strange.map(name => `${path}.${name} is not in the shape`), ...wrong]
}

const full = editionOf({
  intro: 'Hello *you*',
  sponsor: { name: 'Rope', url: 'https://rope.example', text: 'x', image: { src: 'https://rope.example/x.png', alt: 'A rope' } },
  items: [
    itemOf({}, { label: 'updated' }),
    itemOf({ slug: 'b', image: null, category: null, authors: [], language: 'fa' }),
    itemOf({ slug: 'c' }),
  ],
})

describe('makeView()', () => {
  it('has every field of the shape that templates are checked against, and no other', async () => {
    for (const edition of [full, editionOf(), editionOf({ items: [] })])
      expect(misfits(await viewOf(edition), viewShape, 'view')).toEqual([])
    expect(misfits(shortenView(await viewOf(full), 1), viewShape, 'view')).toEqual([])
  })

  it('writes what it says itself in the language of the edition', async () => {
    const view = await viewOf(editionOf({ language: 'fa' }))
    expect([view.edition?.dates, view.opening?.readingTime, view.align, view.alignEnd]).toEqual([
      '۱۳ تا ۱۹ بهمن ۱۴۰۴',
      '۴ دقیقه مطالعه',
      'right',
      'left',
    ])
  })

  it('splits the postal address into lines', async () => {
    const { publication } = await viewOf(full)
    expect(publication.addressLines).toEqual(['Tidewater Press', 'Pier 4', '8000-076 Faro', 'Portugal'])
    expect(publication.address).toBe('Tidewater Press, Pier 4, 8000-076 Faro, Portugal')
    expect((await viewOf(full, { sender: {} })).publication).toMatchObject({ address: null, addressLines: [] })
  })

  it('makes the logo absolute against the site, and names it after the publication', async () => {
    const { brand } = await viewOf(full)
    expect(brand.logo).toEqual({
      src: 'https://tidewater.example/logo.png',
      dark: 'https://tidewater.example/logo-dark.png',
      alt: 'The Tidewater Letter',
      width: 140,
    })
    expect((await viewOf(full, { brand: { logo: { src: 'javascript:x' } } })).brand.logo).toBeNull()
  })

  it('lets nothing into a font stack that could leave a style sheet or an attribute', async () => {
    const { brand } = await viewOf(full, { brand: { font: `"Noto Serif", 'Segoe UI';} </style><script>`, headingFont: 'وزیرمتن, serif' } })
    expect(brand.font).toBe('Noto Serif,Segoe UI stylescript')
    expect(brand.headingFont).toBe('وزیرمتن,serif')
  })

  it('names the language of an item only when it is not the edition’s own', async () => {
    const view = await viewOf(full)
    expect(view.all.map(item => [item.language, item.direction, item.align])).toEqual([
      [null, 'ltr', 'left'],
      ['fa', 'rtl', 'right'],
      [null, 'ltr', 'left'],
    ])
  })

  it('marks the first and the last item of each list', async () => {
    const view = await viewOf(full)
    expect(view.items.map(item => [item.isFirst, item.isLast])).toEqual([
      [true, false],
      [false, true],
    ])
  })
})

describe('shortenView()', () => {
  it('keeps the first items whole and makes links of the others', async () => {
    const view = await viewOf(full)
    const shortened = [0, 1, 2, 3].map(whole => shortenView(view, whole))
    expect(
      shortened.map(({ opening, items, links }) => [opening?.slug ?? null, items.map(item => item.slug), links.map(item => item.slug)]),
    ).toEqual([
      [null, [], ['salt-clock', 'b', 'c']],
      ['salt-clock', [], ['b', 'c']],
      ['salt-clock', ['b'], ['c']],
      ['salt-clock', ['b', 'c'], []],
    ])
    expect(shortened.map(each => each.all.length)).toEqual([3, 3, 3, 3])
  })
})
