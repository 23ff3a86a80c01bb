import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildCorpus, corpora, reportSkipped } from './build-corpus.ts'
import { readSources } from './source-text.ts'

const folder = 'flowdrop/blog'
reportSkipped('editions of the blog that the seed came from')

describe.skipIf(corpora === null)('news-digest build, of the blog that the seed came from', () => {
  it('picks exactly the eight featured posts of February 2026', async () => {
    const featured = readSources(path.join(corpora ?? '', folder))
      .filter(({ raw }) => /^featured: true$/m.test(raw) && /^publishedAt: "2026-02-/m.test(raw))
      .map(({ raw }) => /^slug: "(.*)"$/m.exec(raw)?.[1])
    const { exitCode, printed, stderr } = await buildCorpus(folder, '--from', '2026-02-01', '--to', '2026-02-28')
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(featured).toHaveLength(8)
    expect(printed.edition?.items).toHaveLength(8)
    expect(new Set(printed.edition?.items.map(item => item.post.slug))).toEqual(new Set(featured))
  })

  it('says of every post whether it was picked, and why', async () => {
    const { printed } = await buildCorpus(folder, '--from', '2026-02-01', '--to', '2026-02-28')
    expect(printed.selection).toHaveLength(22)
    for (const { decision, reason, slug } of printed.selection) {
      expect(['picked', 'left-out']).toContain(decision)
      expect(reason, slug).toMatch(/\w/)
    }
    const picked = printed.selection.filter(({ decision }) => decision === 'picked').map(({ slug }) => slug)
    expect(new Set(picked)).toEqual(new Set(printed.edition?.items.map(item => item.post.slug)))
  })

  it('picks six posts in week 6', async () => {
    const { exitCode, printed } = await buildCorpus(folder, '2026-w06')
    expect([exitCode, printed.edition?.id, printed.edition?.items.length]).toEqual([0, '2026-w06', 6])
    expect(printed.bytes).toBeGreaterThan(1000)
    expect(printed.bytes).toBeLessThan(102_000)
  })

  it('has nothing to send in week 7, and ends with 3', async () => {
    const { exitCode, printed } = await buildCorpus(folder, '2026-w07')
    expect([exitCode, printed.files]).toEqual([3, []])
  })

  it('takes the key points of the one post of week 9 from its FAQ', async () => {
    const { exitCode, printed } = await buildCorpus(folder, '2026-w09')
    expect([exitCode, printed.edition?.items.length]).toEqual([0, 1])
    const summary = printed.edition?.items[0]?.summary
    expect(summary?.lead?.source).toEqual({ kind: 'description' })
    expect(summary?.points.length).toBeGreaterThan(0)
    for (const { source } of summary?.points ?? []) expect(source).toEqual({ kind: 'faq', index: expect.any(Number) })
  })
})
