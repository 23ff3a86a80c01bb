import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/inspect/finding.ts'
import { buildCorpus, corpora, reportSkipped } from './build-corpus.ts'

reportSkipped('the checks of an edition of every real blog')

/** Long windows, so that posts of every shape are in one edition. */
const windows: readonly { readonly folder: string; readonly args: readonly string[] }[] = [
  { folder: 'flowdrop/blog', args: ['--all', '--from', '2015-01-01', '--to', '2026-12-31'] },
  { folder: 'sim/library', args: ['--all', '--from', '2015-01-01', '--to', '2026-12-31', '--limit', '60'] },
  { folder: 'nuxt', args: ['--all', '--from', '2015-01-01', '--to', '2026-12-31'] },
  { folder: 'rust-blog', args: ['--all', '--from', '2024-01-01', '--to', '2024-12-31'] },
  { folder: 'opentelemetry', args: ['--all', '--language', 'en', '--from', '2018-01-01', '--to', '2026-12-31', '--limit', '60'] },
  { folder: 'opentelemetry', args: ['--all', '--language', 'ja', '--from', '2018-01-01', '--to', '2026-12-31', '--limit', '60'] },
]

/** Built without a configuration, so nobody sends; and of two posts with the same title each is linked under it. docs/checks.md says so. */
const expected = new Set(['missing-sender', 'missing-postal-address', 'missing-unsubscribe', 'link-text-repeated'])

describe.skipIf(corpora === null).each(windows)('the checks of $folder ($args)', ({ folder, args }) => {
  it.each(['weekly', 'brief', 'spotlight'])(
    'find no error with the template %s, and no warning that a reader could not mend',
    async template => {
      const { exitCode, printed } = await buildCorpus(folder, ...args, '--template', template)
      const { findings } = printed as typeof printed & { readonly findings: readonly Finding[] }
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(findings.filter(({ rule }) => !expected.has(rule))).toEqual([])
      expect(exitCode).toBe(0)
    },
  )
})
