import { describe, expect, it } from 'vitest'
import type { CommandContext } from '../../src/commands/command.ts'
import { runMarkSent } from '../../src/commands/mark-sent.ts'
import { createPaint } from '../../src/report/paint.ts'
import { createTempFolder } from '../temp-folder.ts'

async function markSent(files: Readonly<Record<string, string>>) {
  const cwd = await createTempFolder({ 'news-digest.yaml': 'site: { url: https://harbour.example }', ...files })
  const context: CommandContext = {
    cwd,
    now: new Date('2026-02-09T09:00:00Z'),
    paint: createPaint(false),
    columns: 80,
    interactive: false,
    progress: () => {},
    announce: () => {},
  }
  return runMarkSent('2026-w06', {}, context)
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
})
