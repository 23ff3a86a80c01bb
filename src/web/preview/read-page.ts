/** The built page (src/web/preview/app): read once, so that no path of a request is ever looked for on the disk. */

import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Path from the server's root to what stands there; `/` is the page itself. */
export type PageFiles = ReadonlyMap<string, { readonly body: Uint8Array<ArrayBuffer>; readonly type: string }>

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Reads the page from where a build has put it: beside this file in dist/, or in dist/ for a checkout that runs its sources. */
export async function readPage(folder = builtPage()): Promise<PageFiles> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = names.filter(entry => entry.isFile() && types[extname(entry.name)] !== undefined)
  const read = files.map(async entry => {
    const file = join(entry.parentPath, entry.name)
    const path = file.slice(folder.length).replaceAll('\\', '/')
    const body = new Uint8Array(await readFile(file))
    return [path === '/index.html' ? '/' : path, { body, type: types[extname(entry.name)] ?? '' }] as const
  })
  const page = new Map(await Promise.all(read))
  if (!page.has('/')) page.set('/', { body: new TextEncoder().encode(notBuilt), type: 'text/html; charset=utf-8' })
  return page
}

const notBuilt =
  '<!doctype html><meta charset="utf-8"><title>Preview</title><p>The page has not been built: run <code>npm run build</code>.</p>'

function builtPage(): string {
  const beside = fileURLToPath(new URL('./app', import.meta.url))
  return existsSync(join(beside, 'main.tsx')) ? fileURLToPath(new URL('../../../dist/web/preview/app', import.meta.url)) : beside
}
