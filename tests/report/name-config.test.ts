import { describe, expect, it } from 'vitest'
import { nameConfig } from '../../src/report/name-config.ts'

describe('nameConfig()', () => {
  it.each([
    ['  news-digest send 2026-w06\n', '  news-digest send 2026-w06 --config other.yaml\n'],
    ['  \u001b[36mnews-digest send 2026-w06\u001b[39m\n', '  \u001b[36mnews-digest send 2026-w06 --config other.yaml\u001b[39m\n'],
    ['"news-digest status <edition>" tells more.', '"news-digest status <edition> --config other.yaml" tells more.'],
    ['  news-digest send --config a.yaml', '  news-digest send --config a.yaml'],
    ['made by news-digest 1.0', 'made by news-digest 1.0'],
  ])('turns %j into %j', (text, named) => expect(nameConfig(text, 'other.yaml')).toBe(named))

  it('quotes a name for the shell', () =>
    expect(nameConfig(' news-digest plan', "a 'b'.yaml")).toBe(" news-digest plan --config 'a '\\''b'\\''.yaml'"))
})
