import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../../src/config/read-config.ts'
import { buildEdition } from '../../../src/run-build.ts'
import { addresses, type EditionAnswer, type PreviewChange, type PreviewState } from '../../../src/web/preview/api.ts'
import { servePreview } from '../../../src/web/preview/serve-preview.ts'
import { createTempFolder } from '../../temp-folder.ts'
import { files, now, post, settings } from './open-app.ts'

describe('servePreview()', () => {
  it('shows a saved post, an added and a removed one, an edition file, a partial and the configuration', async () => {
    const { cwd, changed, frame } = await startPreview()
    const save = async (file: string, text: string) => {
      await mkdir(join(cwd, file, '..'), { recursive: true })
      await writeFile(join(cwd, file), text)
    }
    await save('posts/gulls.md', post('Gulls on the roof'))
    await changed(async () => (await frame()).includes('Gulls on the roof'))
    await save('posts/nets.md', post('Nets on the wall'))
    await changed(async () => (await frame()).includes('Nets on the wall'))
    await rm(join(cwd, 'posts/nets.md'))
    await changed(async () => !(await frame()).includes('Nets on the wall'))
    await save('editions/2026-w07.md', '---\nsubject: From the roof\n---\nGood morning.\n')
    await changed(async () => (await frame()).includes('Good morning.'))
    await save(
      'templates/partials/intro.mjml.hbs',
      '<mj-section><mj-column><mj-text>A partial of our own</mj-text></mj-column></mj-section>',
    )
    await changed(async () => (await frame()).includes('A partial of our own'))
    await save('news-digest.yaml', settings.replace('Harbour Notes', 'Quay Notes'))
    await changed(async () => (await frame()).includes('Quay Notes'))
  })

  it('sees what an editor puts into the place of a file', async () => {
    const { cwd, changed, frame } = await startPreview()
    for (const title of ['Gulls, once', 'Gulls, twice', 'Gulls, three times']) {
      await writeFile(join(cwd, 'posts/.gulls.md.swp'), post(title))
      await rename(join(cwd, 'posts/.gulls.md.swp'), join(cwd, 'posts/gulls.md'))
      await changed(async () => (await frame()).includes(title))
    }
  })

  it('sees the end of a file that is written slowly', async () => {
    const { cwd, changed, frame } = await startPreview()
    const file = join(cwd, 'posts/gulls.md')
    await writeFile(file, '---\ntitle: "Gulls wri')
    await changed(async () => true)
    await writeFile(file, post('Gulls written'))
    await changed(async () => (await frame()).includes('Gulls written'))
  })

  it('tells of errors with their place, keeps the last good email, and recovers', async () => {
    const { cwd, changed, frame, open } = await startPreview()
    await frame()
    await writeFile(join(cwd, 'posts/gulls.md'), '---\ntitle: Gulls\ndate: 2026-02-31\nfeatured: true\n---\n')
    await changed(async () => (await open()).errors.some(({ code, place }) => code === 'date-invalid' && place?.line === 3))
    expect(await frame()).toContain('Gulls in the granary')
    await writeFile(join(cwd, 'posts/gulls.md'), post('Gulls, mended'))
    await changed(async () => (await open()).errors.length === 0)
    expect(await frame()).toContain('Gulls, mended')
  })

  it('lists an edition as soon as it is built, and follows the configuration into other folders', async () => {
    const { cwd, changed, state } = await startPreview()
    const built = async () => (await state()).editions.filter(({ kind }) => kind === 'built').map(({ id }) => id)
    await buildEdition({ config: await readConfig({ cwd }), window: { kind: 'edition', id: '2026-w07' }, now })
    await changed(async () => (await built()).includes('2026-w07'))
    await rename(join(cwd, 'posts'), join(cwd, 'stories'))
    await writeFile(join(cwd, 'news-digest.yaml'), settings.replace('dir: posts', 'dir: stories'))
    await changed(async () => (await state()).problems.length === 0 && (await state()).publication.name === 'Harbour Notes')
  })

  it('notices that the content folder has gone, and that it has come back', async () => {
    const { cwd, changed, frame, state } = await startPreview()
    await frame()
    for (const _ of ['once', 'and again']) {
      await rename(join(cwd, 'posts'), join(cwd, 'elsewhere'))
      await changed(async () => (await state()).problems[0]?.code === 'content-missing')
      await rename(join(cwd, 'elsewhere'), join(cwd, 'posts'))
      await changed(async () => (await state()).problems.length === 0)
    }
    await writeFile(join(cwd, 'posts/gulls.md'), post('Gulls, back again'))
    await changed(async () => (await frame()).includes('Gulls, back again'))
    await rm(join(cwd, 'posts'), { recursive: true })
    await changed(async () => (await state()).problems[0]?.code === 'content-missing')
    await mkdir(join(cwd, 'posts'))
    await writeFile(join(cwd, 'posts/gulls.md'), post('Gulls, anew'))
    await changed(async () => (await frame()).includes('Gulls, anew'))
  })

  it('waits for a content folder that is not there yet', async () => {
    const { cwd, changed, frame, problems } = await startPreview({ given: { 'news-digest.yaml': settings } })
    expect((await problems()).map(({ code }) => code)).toEqual(['content-missing'])
    await mkdir(join(cwd, 'posts'))
    await writeFile(join(cwd, 'posts/gulls.md'), post('Gulls, at last'))
    await changed(async () => (await frame()).includes('Gulls, at last'))
  })

  it('takes the next free port, and says so when it cannot listen', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await new Promise(resolve => taken.once('listening', resolve))
    const { port } = taken.address() as AddressInfo
    const preview = await startPreview({ port })
    expect(preview.port).toBeGreaterThan(port)
    await expect(startPreview({ host: 'no-such-name.invalid' })).rejects.toThrow(/cannot listen on no-such-name\.invalid/)
  })

  it('gives up at once when the configuration cannot be read', async () => {
    await expect(startPreview({ given: { 'news-digest.yaml': 'site: [' } })).rejects.toMatchObject({ code: 'config-unreadable' })
  })
})

interface Start {
  readonly given?: Readonly<Record<string, string>>
  readonly host?: string
  readonly port?: number
}

async function startPreview({ given = files, host = '127.0.0.1', port = 0 }: Start = {}) {
  const cwd = await createTempFolder(given)
  const preview = await servePreview({ readConfig: () => readConfig({ cwd }), clock: () => now, host, port, env: { SMTP_URL: undefined } })
  onTestFinished(() => preview.close())
  const get = (address: string) => fetch(new URL(address, preview.url))
  const nextChange = await followChanges(preview.url)
  /** Waits for changes until one is such as the test expects. */
  const changed = async (isSo: () => Promise<boolean>) => {
    do await nextChange()
    while (!(await isSo()))
  }
  return {
    ...preview,
    cwd,
    changed,
    frame: async () => (await get(addresses.frame('2026-w07'))).text(),
    open: async () => (await get(addresses.edition('2026-w07'))).json() as Promise<EditionAnswer>,
    state: async () => (await get(addresses.state)).json() as Promise<PreviewState>,
  }
}

async function followChanges(url: string): Promise<() => Promise<PreviewChange>> {
  const { body } = await fetch(new URL(addresses.events, url))
  const reader = (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
  onTestFinished(() => reader.cancel().catch(() => undefined))
  let buffer = ''
  const next = async (): Promise<PreviewChange> => {
    const end = buffer.indexOf('\n\n')
    if (end >= 0) {
      const [, data = ''] = /^data: (.*)$/m.exec(buffer.slice(0, end)) ?? []
      buffer = buffer.slice(end + 2)
      return JSON.parse(data) as PreviewChange
    }
    const { value = '', done } = await reader.read()
    if (done) throw new Error('the events have ended')
    buffer += value
    return next()
  }
  await next()
  return next
}
