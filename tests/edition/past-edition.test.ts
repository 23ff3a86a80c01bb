import { describe, expect, test } from 'vitest'
import { toPastEdition, windowOfFile } from '../../src/edition/past-edition.ts'
import { calendar } from '../selection/post-of.ts'
import { fileOf, itemsOf } from './file-of.ts'

describe('toPastEdition()', () => {
  test('says what a sent edition ran, and that nobody knows where it lists nothing', () => {
    const items = itemsOf({ slug: 'tides', updatedAt: '2026-02-04T00:00:00.000Z' })
    const sent = fileOf({ status: 'sent', sentAt: '2026-02-09T08:00:00.000Z', items, dropped: ['ropes'] })
    expect(toPastEdition(sent, calendar, 'en')).toEqual({
      id: '2026-w06',
      rhythm: 'weekly',
      status: 'sent',
      sentAt: '2026-02-09T08:00:00.000Z',
      from: '2026-02-02T00:00:00.000Z',
      to: '2026-02-09T00:00:00.000Z',
      language: 'en',
      ran: [{ slug: 'tides', canonical: null, updatedAt: '2026-02-04T00:00:00.000Z' }],
      dropped: ['ropes'],
    })
    expect(toPastEdition({ ...sent, items: null }, calendar, 'en').ran).toBeNull()
    expect(toPastEdition(fileOf(), calendar, 'en').ran).toEqual([])
  })

  test('takes rhythm from the id, window and language from the file', () => {
    const window = { from: '2026-02-01T09:00:00.000Z', to: '2026-02-03T09:00:00.000Z' }
    const span = fileOf({ id: '2026-02-01--2026-02-03', window, language: 'de' })
    expect(toPastEdition(span, calendar, 'en')).toMatchObject({ rhythm: null, ...window, language: 'de' })
    expect(windowOfFile(span, calendar)).toMatchObject({ id: span.id, firstDay: '2026-02-01', lastDay: '2026-02-03' })
    expect(toPastEdition(fileOf({ id: '2026-02' }), calendar, 'en').rhythm).toBe('monthly')
  })
})
