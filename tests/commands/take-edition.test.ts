import { describe, expect, it } from 'vitest'
import { type EditionCommand, takeEdition } from '../../src/commands/take-edition.ts'

const send: EditionCommand = { command: 'send', list: 'test' }

describe('takeEdition()', () => {
  it('leaves an edition that is named in its place alone', async () => {
    const flags = { test: ['you@gull.example', 'latest'] }
    expect(await takeEdition('2026-w06', flags, send)).toEqual({ edition: '2026-w06', flags })
  })

  it.each(['latest', '2026-w06', '2026-W06', '2026-02-01--2026-02-28'])(
    'takes %s from the end of a list that has swallowed it',
    async edition => {
      const taken = await takeEdition(undefined, { test: ['you@gull.example', 'me@gull.example', edition], quiet: true }, send)
      expect(taken).toEqual({ edition, flags: { test: ['you@gull.example', 'me@gull.example'], quiet: true } })
      expect((await takeEdition(undefined, { test: [edition] }, send)).flags).toEqual({ test: undefined })
    },
  )

  it('says where to name it, with what was given', async () => {
    await expect(takeEdition(undefined, { test: ['2026-w06', 'you@gull.example'] }, send)).rejects.toMatchObject({
      code: 'usage',
      problems: [
        { expected: 'news-digest send latest --test 2026-w06 you@gull.example', hint: expect.stringContaining('right behind "send"') },
      ],
    })
    await expect(takeEdition(undefined, {}, { command: 'shoot', list: 'view' })).rejects.toMatchObject({
      problems: [{ expected: 'news-digest shoot latest' }],
    })
  })
})
