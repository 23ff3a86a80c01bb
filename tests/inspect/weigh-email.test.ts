import { describe, expect, it } from 'vitest'
import { weighEmail } from '../../src/inspect/weigh-email.ts'
import { editionOf, itemOf } from '../render/edition-fixture.ts'
import { renderFixture } from '../render/rendered.ts'
import { goodEmail, withHtml } from './built-email.ts'

const { email, context } = goodEmail
const { edition } = context

describe('weighEmail()', () => {
  it('tells where every byte goes', async () => {
    const report = await weighEmail(email, edition)
    expect(report.parts.map(({ name }) => name)).toEqual([
      'head of the document',
      'styles',
      'preheader and its padding',
      'header',
      'item salt-clock',
      'item rope',
      'introduction, sponsor, layout',
      'footer',
      'comments, mostly for Outlook',
      'blanks between tags',
    ])
    expect(report.parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(report.bytes)
    expect(report.left).toBe(report.limit - report.bytes)
    expect(report.advice).toEqual([])
  })

  it('counts bytes, not characters', async () => {
    const heavier = withHtml(goodEmail, 'Ropes that remember', 'طناب‌هایی که به یاد دارند')
    const before = await weighEmail(email, edition)
    const after = await weighEmail(heavier.email, edition)
    const rope = (report: typeof before) => report.parts.find(({ slug }) => slug === 'rope')?.bytes ?? 0
    expect(rope(after) - rope(before)).toBe(Buffer.byteLength('طناب‌هایی که به یاد دارند') - 'Ropes that remember'.length)
  })

  it('gives each item of an edition its own share, in every look', async () => {
    for (const template of ['weekly', 'brief', 'spotlight']) {
      const slugs = ['salt-clock', 'rope', 'ferry', 'lamp']
      const many = editionOf({ template, items: slugs.map(slug => itemOf({ slug, title: `About the ${slug}` })) })
      const { email: rendered } = await renderFixture(many)
      const { parts } = await weighEmail(rendered, many)
      const items = parts.filter(({ kind }) => kind === 'item')
      expect(items.map(({ slug }) => slug)).toEqual(slugs)
      for (const { bytes } of items) expect(bytes).toBeGreaterThan(400)
    }
  })

  it('says what to leave out first where it is too heavy, and how far it is too heavy', async () => {
    const heavy = withHtml(goodEmail, 'Ropes that remember', 'rope '.repeat(21_000))
    const { left, advice } = await weighEmail(heavy.email, edition)
    expect(left).toBeLessThan(0)
    expect(advice[0]).toMatch(/^Shorten or drop rope: 106\.\d kB\.$/)
  })

  it('counts items as the rest where the edition is not at hand', async () => {
    const { parts, bytes } = await weighEmail(email, null)
    expect(parts.some(({ kind }) => kind === 'item')).toBe(false)
    expect(parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(bytes)
  })
})
