import { describe, expect, it } from 'vitest'
import { addresses, type EditionAnswer, type EditionView, type PreviewState } from '../../../src/web/preview/api.ts'
import { files, openApp } from './open-app.ts'

describe('an edition whose editor picked a post that there is not', () => {
  it('shows an edition that lacks a pick, with the line and as a finding', async () => {
    const { json } = await openApp({ ...files, 'editions/2026-w07.md': '---\nitems:\n  - gulls\n  - nope-nope\n---\n' })
    const view = await json<EditionView>(addresses.edition('2026-w07'))
    const place = { file: 'editions/2026-w07.md', line: 4 }
    expect(view).toMatchObject({ kind: 'edition', warnings: [{ code: 'edition-pick-missing', severity: 'error', place }] })
    expect(view.findings.find(({ rule }) => rule === 'lost-pick')?.origin).toEqual(place)
  })

  it('names the picks of an edition of which none is left, and lets every other edition be seen', async () => {
    const { json } = await openApp({ ...files, 'editions/2026-w07.md': '---\nitems:\n  - nope-nope\n---\n' })
    expect(await json<EditionAnswer>(addresses.edition('2026-w07'))).toMatchObject({
      kind: 'broken',
      errors: [{ code: 'edition-pick-missing', place: { file: 'editions/2026-w07.md', line: 3 } }],
    })
    expect(await json<PreviewState>(addresses.state)).toMatchObject({ problems: [] })
  })
})
