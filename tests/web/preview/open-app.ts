/** A publication of our own, and its preview without a network. */

import type { Hono } from 'hono'
import { readConfig } from '../../../src/config/read-config.ts'
import { simulations } from '../../../src/inspect/simulate/simulations.ts'
import { createApp } from '../../../src/web/preview/create-app.ts'
import { ownNames } from '../../../src/web/preview/guard-requests.ts'
import { openPublication, type Publication } from '../../../src/web/preview/publication.ts'
import { createTempFolder } from '../../temp-folder.ts'

export const now = new Date('2026-02-20T12:00:00Z')

export const settings = `site:
  name: Harbour Notes
  url: https://harbour.example
  timeZone: Europe/Lisbon
content:
  dir: posts
  editions: editions
  assets: public
sender:
  email: letter@harbour.example
  address: Quay 1, Port
`

/** A post of the week 2026-w07; `fields` win. */
export function post(title: string, fields: Readonly<Record<string, string>> = {}): string {
  const description = `${title} is told here in one whole sentence for readers.`
  const all = { title: JSON.stringify(title), date: '2026-02-11', featured: 'true', description: JSON.stringify(description), ...fields }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `---\n${lines.join('\n')}\n---\n\nA body.\n`
}

/** Two weeks with a post each; the older one has an edition file. */
export const files: Readonly<Record<string, string>> = {
  'news-digest.yaml': settings,
  'editions/2026-w06.md': '---\nsubject: Lamps, mostly\nstatus: sent\nsentAt: 2026-02-09T09:00:00Z\nitems:\n  - lamps\n---\n',
  'posts/lamps.md': post('Lamps at low water', { date: '2026-02-03' }),
  'posts/gulls.md': post('Gulls in the granary', { image: '/gulls.png' }),
  'posts/quiet.md': post('A quiet day', { featured: 'false' }),
  'public/gulls.png': 'not really a picture',
}

/** The preview of a temporary publication. `ask` is a request of the page's own; `init.headers` win. */
export interface OpenApp {
  readonly cwd: string
  readonly app: Hono
  readonly publication: Publication
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
  readonly json: <T>(path: string) => Promise<T>
}

/** Opens the preview of the given files. Nothing is watched: `publication.change` tells of changes. */
export async function openApp(given: Readonly<Record<string, string>> = files, smtpUrl?: string): Promise<OpenApp> {
  const cwd = await createTempFolder(given)
  const publication = await openPublication({
    readConfig: () => readConfig({ cwd }),
    clock: () => now,
    simulations,
    env: { SMTP_URL: smtpUrl },
  })
  const page = new Map([['/', { body: new TextEncoder().encode('<!doctype html>'), type: 'text/html; charset=utf-8' }]])
  const app = createApp({ publication, page, own: ownNames('127.0.0.1') })
  const ask = async (path: string, init: RequestInit = {}) =>
    app.request(`http://localhost:4321${path}`, {
      ...init,
      headers: { host: 'localhost:4321', ...(init.headers as Record<string, string>) },
    })
  return { cwd, app, publication, ask, json: async <T>(path: string) => (await (await ask(path)).json()) as T }
}
