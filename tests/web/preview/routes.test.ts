import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/config/read-config.ts'
import type { Service } from '../../../src/render/export-for.ts'
import { buildEdition } from '../../../src/run-build.ts'
import {
  addresses,
  changesMeta,
  type EditionAnswer,
  type EditionView,
  type EmptyEdition,
  type PreviewState,
  placeAttribute,
  type Refusal,
} from '../../../src/web/preview/api.ts'
import { createApp } from '../../../src/web/preview/create-app.ts'
import { ownNames } from '../../../src/web/preview/guard-requests.ts'
import { files, now, openApp, post } from './open-app.ts'

describe('GET /api/state', () => {
  it('lists the editions, newest first, with the next one live from content', async () => {
    const { json } = await openApp()
    const state = await json<PreviewState>(addresses.state)
    expect(state.editions.map(({ key, kind, next, previous }) => ({ key, kind, next, previous }))).toEqual([
      { key: '2026-w07', kind: 'live', next: true, previous: '2026-w06' },
      { key: '2026-w06', kind: 'planned', next: false, previous: '2026-w05' },
    ])
    expect(state.publication.name).toBe('Harbour Notes')
    expect(state.templates).toEqual(['brief', 'spotlight', 'weekly'])
    expect(state.simulations.map(({ id }) => id)).toContain('outlook-windows')
    expect(state.recipients.map(({ id }) => id)).toEqual(['usual', 'long-name', 'no-name', 'right-to-left', 'hostile'])
    expect(state).toMatchObject({ revision: 1, problems: [], relay: { kind: 'none' }, defaultTemplate: 'weekly' })
  })

  it('names the relay without its password', async () => {
    const { ask } = await openApp(files, 'smtp://post:sesame@smtp.harbour.example:587')
    const text = await (await ask(addresses.state)).text()
    expect(text).toContain('smtp.harbour.example')
    expect(text).not.toContain('sesame')
  })

  it.each(['smtp.harbour.example:587', 'smtp://post:ses@me@smtp.harbour.example:no', 'smtp://:sesame@smtp.harbour.example'])(
    'says what is wrong with the relay %s, and repeats no part of it',
    async smtpUrl => {
      const { ask } = await openApp(files, smtpUrl)
      const text = await (await ask(addresses.state)).text()
      expect((JSON.parse(text) as PreviewState).relay).toMatchObject({
        kind: 'unusable',
        problems: [{ code: 'relay-invalid', message: expect.stringMatching(/^SMTP_URL cannot be used: ./), hint: expect.any(String) }],
      })
      expect(text).not.toMatch(/sesame|ses@me|harbour\.example:/)
    },
  )

  it('lists a built edition below the same one from content', async () => {
    const { cwd, json } = await openApp()
    await build(cwd)
    const { editions } = await json<PreviewState>(addresses.state)
    expect(editions.map(({ key }) => key)).toEqual(['2026-w07', 'built:2026-w07', '2026-w06'])
  })
})

describe('GET /api/editions/:key', () => {
  it('answers with all of an edition', async () => {
    const { json } = await openApp()
    const view = await json<EditionView>(addresses.edition('2026-w07'))
    expect(view).toMatchObject({ kind: 'edition', key: '2026-w07', revision: 1, errors: [], preheader: expect.any(String) })
    expect(view.edition.items.map(item => item.post.slug)).toEqual(['gulls'])
    expect(view.selection?.rows.map(({ slug, decision, kind }) => [slug, decision, kind])).toEqual([
      ['gulls', 'picked', 'in-window'],
      ['quiet', 'left-out', 'not-featured'],
      ['lamps', 'left-out', 'ran'],
    ])
    expect(view.places).toHaveLength(view.findings.length)
    expect(view.html).toContain('{{unsubscribeUrl}}')
    expect(view.text).toContain('Gulls in the granary')
    expect(view.weight.parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(view.weight.bytes)
    expect(view.message.headers.find(({ name }) => name === 'From')?.value).toContain('letter@harbour.example')
    expect(view.message.source).toContain('multipart/alternative')
  })

  it('shows it in another template', async () => {
    const { json } = await openApp()
    expect((await json<EditionView>(addresses.edition('2026-w07', { template: 'brief' }))).edition.template).toBe('brief')
  })

  it('shows a built edition as it was written, whatever has become of its posts', async () => {
    const { cwd, json, publication } = await openApp()
    await build(cwd)
    await writeFile(join(cwd, 'posts/gulls.md'), post('Rewritten since'))
    await publication.change(new Set(['content']), [join(cwd, 'posts/gulls.md')])
    expect((await json<EditionView>(addresses.edition('built:2026-w07'))).html).toContain('Gulls in the granary')
    expect((await json<EditionView>(addresses.edition('2026-w07'))).html).toContain('Rewritten since')
  })

  it('weighs a built edition as it weighs a live one', async () => {
    const { cwd, json } = await openApp()
    await build(cwd)
    const [built, live] = [
      await json<EditionView>(addresses.edition('built:2026-w07')),
      await json<EditionView>(addresses.edition('2026-w07')),
    ]
    expect(built.bytes).toBe(live.bytes)
  })

  it('does not ask for what answers unsubscribing where a built edition goes to a service that does', async () => {
    const { cwd, json } = await openApp()
    const rulesOf = async () => (await json<EditionView>(addresses.edition('built:2026-w07'))).findings.map(({ rule }) => rule)
    await build(cwd)
    expect(await rulesOf()).toContain('missing-unsubscribe')
    await build(cwd, 'brevo')
    expect(await rulesOf()).not.toContain('missing-unsubscribe')
  })

  it('says of a window with nothing to send why, and which one has something', async () => {
    const { json } = await openApp()
    const answer = await json<EmptyEdition>(addresses.edition('2026-w05'))
    expect(answer).toMatchObject({ kind: 'nothing-to-send', firstDay: '2026-01-26', newest: '2026-w07' })
    expect(answer.selection.rows).toHaveLength(3)
  })

  it('says what to do about an edition that was never built', async () => {
    const { json } = await openApp()
    const answer = await json<EditionAnswer>(addresses.edition('built:2026-w07'))
    expect(answer).toMatchObject({
      kind: 'broken',
      errors: [{ code: 'edition-unknown', hint: expect.stringContaining('news-digest build') }],
    })
  })

  it.each(['nonsense', '../2026-w07', 'built:../../etc', 'built:', '2026-w99'])('refuses the key %s', async key => {
    const { ask } = await openApp()
    const response = await ask(addresses.edition(key))
    expect(response.status).toBe(422)
    expect(((await response.json()) as Refusal).problems[0]?.code).toBe('edition-id-invalid')
  })
})

describe('GET /frame/:key', () => {
  it('gives the email of a recipient as one document, each element with its place', async () => {
    const { ask, json } = await openApp()
    const html = await (await ask(addresses.frame('2026-w07'))).text()
    const view = await json<EditionView>(addresses.edition('2026-w07'))
    expect(html.startsWith('<!doctype html>')).toBe(true)
    const places = Array.from(html.matchAll(new RegExp(`<([a-z0-9:]+) ${placeAttribute}="(\\d+)"`, 'gi')))
    expect(places.length).toBeGreaterThan(20)
    for (const [, name, place] of places) expect(view.html.slice(Number(place))).toMatch(new RegExp(`^<${name}\\b`))
  })

  it('shows pictures of the site from content.assets, and leaves all others where they are', async () => {
    const pictureOf = async (image: string) => {
      const { ask } = await openApp({ ...files, 'posts/gulls.md': post('Gulls in the granary', { image }) })
      return /<img [^>]*?src="([^"]*)"/.exec(await (await ask(addresses.frame('2026-w07'))).text())?.[1]
    }
    expect(await pictureOf('/gulls.png')).toBe('/assets/gulls.png')
    expect(await pictureOf('/not-there.png')).toBe('https://harbour.example/not-there.png')
    expect(await pictureOf('https://pictures.example/gulls.png')).toBe('https://pictures.example/gulls.png')
  })

  it('shows a simulation, and tells in its head what that has changed', async () => {
    const { ask } = await openApp()
    const html = await (await ask(addresses.frame('2026-w07', { simulation: 'gmail-other-account' }))).text()
    expect(html).toContain('data-simulation="gmail-other-account"')
    expect(html).toContain(`<meta name="${changesMeta}" content="[&quot;`)
    expect(html).not.toContain('@media')
  })

  it('is empty where there is no email', async () => {
    const { ask } = await openApp()
    const response = await ask(addresses.frame('2026-w05'))
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  })
})

describe('a bug', () => {
  it('is shown as one, and ends nothing', async () => {
    const { publication } = await openApp()
    const broken = { ...publication, frame: () => Promise.reject(new TypeError('x is not a function')) }
    const app = createApp({ publication: broken, page: new Map(), own: ownNames('127.0.0.1') })
    const ask = (address: string) => app.request(`http://localhost${address}`, { headers: { host: 'localhost' } })
    const response = await ask(addresses.frame('2026-w07'))
    expect(response.status).toBe(500)
    expect(((await response.json()) as Refusal).problems[0]).toMatchObject({
      code: 'bug',
      got: expect.stringContaining('x is not a function'),
    })
    expect((await ask(addresses.state)).status).toBe(200)
  })
})

async function build(cwd: string, service?: Service): Promise<void> {
  const built = await buildEdition({ config: await readConfig({ cwd }), window: { kind: 'edition', id: '2026-w07' }, now, service })
  expect(built.kind).toBe('written')
}
