import { describe, expect, it } from 'vitest'
import { runMarkSent } from '../../src/commands/mark-sent.ts'
import { editionOf } from '../output/edition-of.ts'
import { createTempFolder } from '../temp-folder.ts'
import { contextOf } from './context-of.ts'

async function markSent(files: Readonly<Record<string, string>>) {
  const cwd = await createTempFolder({ 'news-digest.yaml': 'site: { url: https://harbour.example }', ...files })
  return runMarkSent('2026-w06', {}, contextOf(cwd))
}

describe('runMarkSent()', () => {
  it('refuses an edition that was not built', async () => {
    await expect(markSent({})).rejects.toMatchObject({ code: 'edition-unknown' })
  })

  it.each(['{"version": 1, "id"', '{}', '[]'])('refuses %s, which no build writes, instead of recording it', async text => {
    await expect(markSent({ 'out/2026-w06/edition.json': text })).rejects.toMatchObject({
      code: 'file-unreadable',
      problems: [{ place: { file: 'out/2026-w06/edition.json' }, hint: 'Run "news-digest build 2026-w06" again.' }],
    })
  })

  it('takes latest for the newest built edition', async () => {
    const cwd = await createTempFolder({
      'news-digest.yaml': 'site: { url: https://harbour.example }',
      'out/2026-w06/edition.json': JSON.stringify(editionOf()),
    })
    expect((await runMarkSent('latest', {}, contextOf(cwd))).json).toMatchObject({
      edition: '2026-w06',
      files: ['content/editions/2026-w06.md'],
    })
  })

  it('says the second time that the edition was marked already, and when', async () => {
    const cwd = await createTempFolder({
      'news-digest.yaml': 'site: { url: https://harbour.example }',
      'out/2026-w06/edition.json': JSON.stringify(editionOf()),
    })
    const first = await runMarkSent('2026-w06', { at: '2026-02-09T09:00:00+01:00' }, contextOf(cwd))
    expect([first.text, first.json]).toEqual([
      expect.stringMatching(/^✓ .*its post will not run again/),
      expect.objectContaining({ changed: true }),
    ])
    const second = await runMarkSent('2026-w06', {}, contextOf(cwd))
    expect(second.text).toBe(
      '· 2026-w06 was marked as sent already, on 2026-02-09 08:00 UTC, in content/editions/2026-w06.md; nothing was changed.\n',
    )
    expect(second.json).toMatchObject({ sentAt: '2026-02-09T08:00:00.000Z', changed: false })
  })
})
