import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { pictureType } from '../picture-type.ts'
import type { EditionPage } from './read-edition-page.ts'
import { screenshot } from './screenshot.ts'
import type { ShotView } from './shot-views.ts'

/** One picture of an email. Sizes are CSS pixels; the picture has `scale` pixels for each. */
export interface Shot {
  readonly id: string
  readonly label: string
  readonly width: number
  readonly height: number
  readonly png: Buffer
  /** What the simulation has changed; empty for a plain view. */
  readonly changes: readonly string[]
}

/** How pictures are taken. */
export interface ShotOptions {
  readonly scale: number
  /** Whether pictures from elsewhere are fetched. Nothing else ever is. */
  readonly remote: boolean
}

// A name that can never be looked up (RFC 2606): what stands there comes from the disk, by `serve`.
const origin = 'http://edition.invalid'

/** Chromium draws nothing below this many pixels. */
const highest = 16_000

/** Takes a picture of an email, whole from top to bottom. Scripts are off, and nothing is asked of the network but, with `remote`, pictures. */
export async function takeShot(browser: Browser, edition: EditionPage, view: ShotView, options: ShotOptions): Promise<Shot> {
  const { html, changes } = view.simulation?.transform(edition.source) ?? { html: edition.source.html, changes: [] }
  const context = await openContext(browser, view.scheme, view.width, options.scale)
  try {
    await context.route('**/*', route => serve(route, html, edition, options.remote))
    const page = await context.newPage()
    await page.goto(`${origin}/`, { waitUntil: 'load', timeout: 30_000 }).catch(error => goOnWithoutPictures(error, options.remote))
    const height = Math.min(await heightOf(page), Math.floor(highest / options.scale))
    const clip = { x: 0, y: 0, width: view.width, height }
    const png = await screenshot(page, { type: 'png', fullPage: true, clip, animations: 'disabled', caret: 'hide' })
    return { id: view.id, label: view.label, width: view.width, height, png, changes }
  } finally {
    await context.close()
  }
}

/** A context in which the same page always looks the same, and can do nothing. */
export function openContext(browser: Browser, scheme: 'light' | 'dark', width: number, scale: number): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width, height: 800 },
    deviceScaleFactor: scale,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    forcedColors: 'none',
    contrast: 'no-preference',
    locale: 'en-US',
    timezoneId: 'UTC',
    javaScriptEnabled: false,
    serviceWorkers: 'block',
    acceptDownloads: false,
  })
}

async function serve(route: Route, html: string, edition: EditionPage, remote: boolean): Promise<void> {
  const request = route.request()
  const url = new URL(request.url())
  if (url.origin === origin) {
    if (url.pathname === '/') return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
    const body = await edition.readAsset(decodePath(url.pathname))
    if (body === null) return route.fulfill({ status: 404, body: '' })
    return route.fulfill({ body, contentType: pictureType(url.pathname) ?? 'application/octet-stream' })
  }
  return remote && request.resourceType() === 'image' && /^https?:$/.test(url.protocol) ? route.continue() : route.abort('blockedbyclient')
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname.slice(1))
  } catch {
    return ''
  }
}

// A server that never answers keeps the page from being loaded, and the picture may be taken all the same.
function goOnWithoutPictures(error: unknown, remote: boolean): void {
  if (!(remote && error instanceof Error && error.name === 'TimeoutError')) throw error
}

async function heightOf(page: Page): Promise<number> {
  return page.evaluate(
    'Math.ceil(Math.max(document.documentElement.scrollHeight, document.body ? document.body.scrollHeight : 0, 1))',
  ) as Promise<number>
}
