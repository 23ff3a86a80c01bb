import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildCorpus, type CorpusBuild, corpora, type PrintedPassage, reportSkipped } from './build-corpus.ts'
import { markupResidue, shownText } from './markup-residue.ts'
import { codeOf, readSources, type SourceFile, sourcesOf, standsIn } from './source-text.ts'

reportSkipped('an edition of every real blog')

/** One window with posts of every blog, chosen for the shapes that stand in it, and how many posts are dated so and are no drafts. */
const windows: readonly { readonly folder: string; readonly count: number; readonly args: readonly string[] }[] = [
  { folder: 'flowdrop/blog', count: 8, args: ['--from', '2026-02-01', '--to', '2026-02-28'] },
  { folder: 'sim/blog', count: 3, args: ['--all', '--from', '2025-11-01', '--to', '2025-11-30'] },
  { folder: 'sim/library', count: 11, args: ['--all', '--from', '2026-08-01', '--to', '2026-08-14'] },
  { folder: 'nuxt', count: 10, args: ['--all', '--from', '2023-03-01', '--to', '2023-11-30'] },
  { folder: 'rust-blog', count: 5, args: ['--all', '--from', '2025-07-01', '--to', '2025-07-31'] },
  { folder: 'rust-blog', count: 3, args: ['--all', '--from', '2017-11-01', '--to', '2017-12-31'] },
  { folder: 'opentelemetry', count: 12, args: ['--all', '--language', 'en', '--from', '2024-10-01', '--to', '2024-12-31'] },
  { folder: 'opentelemetry', count: 9, args: ['--all', '--language', 'ja', '--from', '2026-04-01', '--to', '2026-05-31'] },
  { folder: 'opentelemetry', count: 5, args: ['--all', '--language', 'es', '--from', '2025-08-01', '--to', '2025-10-31'] },
]

describe.skipIf(corpora === null).each(windows)('news-digest build, of $folder, $count posts', ({ folder, count, args }) => {
  let build: CorpusBuild
  let sources: readonly SourceFile[]

  beforeAll(async () => {
    sources = readSources(path.join(corpora ?? '', folder))
    build = await buildCorpus(folder, ...args)
  })

  const items = () => build.printed.edition?.items ?? []

  it('makes an edition', () => {
    expect([build.exitCode, build.stderr]).toEqual([0, expect.not.stringMatching(/^\s+at /m)])
    expect(items()).toHaveLength(count)
    expect(build.printed.bytes).toBeLessThan(102_000)
  })

  it('finds no problem but in files that there are', () => {
    for (const { message, place } of build.printed.problems) {
      expect(message).toMatch(/\w/)
      expect(
        sources.some(({ file }) => place?.file.replaceAll('\\', '/').endsWith(file)),
        `${place?.file}: ${message}`,
      ).toBe(true)
    }
  })

  it('shows no markup in the HTML nor in the text', () => {
    const code = items()
      .flatMap(item => sourcesOf(item.post.slug, sources))
      .map(codeOf)
      .join('\n')
    expect(markupResidue(shownText(build.html), code)).toEqual([])
    expect(markupResidue(build.text, code)).toEqual([])
    expect(shownText(build.html).length).toBeGreaterThan(200)
    expect(build.text.length).toBeGreaterThan(200)
  })

  it('summarizes with sentences that stand in the post, word for word', () => {
    const used: PrintedPassage[] = []
    for (const { post, summary } of items()) {
      const files = sourcesOf(post.slug, sources)
      expect(files, post.slug).not.toEqual([])
      for (const passage of [...(summary.lead ? [summary.lead] : []), ...summary.points]) {
        used.push(passage)
        expect(['description', 'faq', 'body']).toContain(passage.source.kind)
        expect(
          files.some(file => standsIn(passage.text, file)),
          `${post.slug}: ${passage.text}`,
        ).toBe(true)
      }
    }
    expect(used.length).toBeGreaterThanOrEqual(count)
  })
})
