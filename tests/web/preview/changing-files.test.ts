import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addresses, type EditionView, type PreviewState } from '../../../src/web/preview/api.ts'
import { files, openApp, post } from './open-app.ts'

describe('a publication whose files change', () => {
  it('tells what is broken, shows the last good state meanwhile, and recovers', async () => {
    const { cwd, ask, json, publication } = await openApp()
    const file = join(cwd, 'posts/gulls.md')
    const save = async (text: string) => {
      await writeFile(file, text)
      await publication.change(new Set(['content']), [file])
    }
    await json(addresses.state)
    await json(addresses.edition('2026-w07'))
    await save('---\ntitle: "Gulls\ndate: 2026-02-11\nfeatured: true\n---\n')
    const broken = await json<EditionView>(addresses.edition('2026-w07'))
    expect(broken.errors[0]?.place).toMatchObject({ file: expect.stringMatching(/posts\/gulls\.md$/), line: 2 })
    expect(broken).toMatchObject({ kind: 'edition', revision: 2 })
    expect(await (await ask(addresses.frame('2026-w07'))).text()).toContain('Gulls in the granary')
    expect((await json<PreviewState>(addresses.state)).editions.map(({ key }) => key)).toContain('2026-w07')
    await save(post('Gulls again'))
    const mended = await json<EditionView>(addresses.edition('2026-w07'))
    expect(mended).toMatchObject({ errors: [], revision: 3 })
    expect(mended.html).toContain('Gulls again')
  })

  it('keeps the last configuration that could be read', async () => {
    const { cwd, json, publication } = await openApp()
    const file = join(cwd, 'news-digest.yaml')
    await json(addresses.edition('2026-w07'))
    await writeFile(file, 'site: [')
    await publication.change(new Set(['config']), [file])
    const state = await json<PreviewState>(addresses.state)
    expect(state.problems[0]).toMatchObject({ code: 'config-unreadable', place: { line: 1 } })
    expect(state.publication.name).toBe('Harbour Notes')
    expect(await json<EditionView>(addresses.edition('2026-w07'))).toMatchObject({
      kind: 'edition',
      errors: [{ code: 'config-unreadable' }],
    })
    await writeFile(file, files['news-digest.yaml']?.replace('Harbour Notes', 'Quay Notes') ?? '')
    await publication.change(new Set(['config']), [file])
    expect(await json<PreviewState>(addresses.state)).toMatchObject({ problems: [], publication: { name: 'Quay Notes' } })
  })

  it('shows a problem of a template over the last good email', async () => {
    const { cwd, ask, json, publication } = await openApp({ ...files, 'templates/partials/intro.txt.hbs': '' })
    await json(addresses.edition('2026-w07'))
    const file = join(cwd, 'templates/partials/intro.txt.hbs')
    await writeFile(file, '{{#if edition.introo}}')
    await publication.change(new Set(['templates']), [file])
    const view = await json<EditionView>(addresses.edition('2026-w07'))
    expect(view.errors[0]?.place?.file).toBe('templates/partials/intro.txt.hbs')
    expect((await ask(addresses.frame('2026-w07'))).status).toBe(200)
  })

  it('still lists what it can when the content folder is gone', async () => {
    const { cwd, json, publication } = await openApp()
    await json(addresses.state)
    await rm(join(cwd, 'posts'), { recursive: true })
    await publication.change(new Set(['content']), [join(cwd, 'posts')])
    const state = await json<PreviewState>(addresses.state)
    expect(state.problems[0]?.code).toBe('content-missing')
    expect(state.editions.map(({ key }) => key)).toEqual(['2026-w07', '2026-w06'])
  })
})
