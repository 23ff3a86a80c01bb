/** A publication of our own, its preview on a free port, and pages that look at it. */

import axe from 'axe-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { readConfig } from '../../src/config/read-config.ts'
import { type RunningPreview, servePreview } from '../../src/web/preview/serve-preview.ts'
import { createTempFolder } from '../temp-folder.ts'

const now = new Date('2026-02-20T12:00:00Z')

/** A post of the week 2026-w07, which is the newest complete one. */
export function post(title: string, fields: Readonly<Record<string, string>> = {}): string {
  const description = `${title} is told here in one whole sentence for readers.`
  const all = { title, date: '2026-02-11', featured: 'true', description, ...fields }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `---\n${lines.join('\n')}\n---\n\nA body.\n`
}

/** Two editions: 2026-w07 with posts enough to scroll, 2026-w06 with one. */
export const publication: Readonly<Record<string, string>> = {
  'news-digest.yaml':
    'site:\n  name: Harbour Notes\n  url: https://harbour.example\n  timeZone: Europe/Lisbon\ncontent:\n  dir: posts\n  editions: editions\nsender:\n  email: letter@harbour.example\n  address: Quay 1, Port\n',
  'editions/2026-w06.md': '---\nsubject: Lamps, mostly\nstatus: draft\n---\n',
  'posts/lamps.md': post('Lamps at low water', { date: '2026-02-03' }),
  ...Object.fromEntries(
    [
      'Gulls in the granary',
      'Nets on the north wall',
      'A bell without a tongue',
      'Salt for the steps',
      'Ropes by weight',
      'Ice on the lock',
    ].map((title, index) => [
      `posts/${title.split(' ')[0]?.toLowerCase()}.md`,
      post(title, { date: `2026-02-1${5 - Math.min(index, 5)}` }),
    ]),
  ),
}

/** A preview that runs until the test ends. */
export async function startPreview(
  files: Readonly<Record<string, string>> = publication,
  smtpUrl?: string,
): Promise<RunningPreview & { readonly cwd: string }> {
  const cwd = await createTempFolder(files)
  const preview = await servePreview({
    readConfig: () => readConfig({ cwd }),
    clock: () => now,
    host: '127.0.0.1',
    port: 0,
    env: { SMTP_URL: smtpUrl },
  })
  onTestFinished(() => preview.close())
  return { ...preview, cwd }
}

/** How a page looks at the preview. */
export interface Look {
  readonly hash?: string
  readonly scheme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
}

/** A page of its own. `complaints` are requests to elsewhere, and what the browser's console calls errors (the Content-Security-Policy speaks there); `frameLoads` counts emails loaded. */
export async function openPage(browser: Browser, { url }: { readonly url: string }, look: Look = {}) {
  const { hash = '', scheme = 'light', width = 1440, height = 900 } = look
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce' })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('request', request => request.url().startsWith(url) || complaints.push(`request to ${request.url()}`))
  let loads = 0
  page.on('request', request => {
    if (request.url().startsWith(`${url}frame/`)) loads++
  })
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(String(error)))
  await page.goto(`${url}${hash}`)
  return { page, complaints, frameLoads: () => loads }
}

/** The frame that is seen; the second one is the email beside the first. */
export function shownFrame(page: Page, nth = 0): Locator {
  return page.locator('iframe.frame').nth(nth)
}

/** The value of an expression over `frame`, the frame that is seen, and `email`, its document; undefined while there is none. */
export function inFrame<T>(page: Page, expression: string, nth = 0): Promise<T | undefined> {
  return page.evaluate<T | undefined>(`(() => {
    const frame = document.querySelectorAll('iframe.frame')[${nth}]
    const email = frame?.contentDocument
    return email?.body ? (${expression}) : undefined
  })()`)
}

/** The visible text of the email; empty while there is none. */
export async function emailText(page: Page, nth = 0): Promise<string> {
  return (await inFrame<string>(page, 'email.body.innerText', nth)) ?? ''
}

/** Where the email is scrolled to, in pixels. */
export async function scrollTop(page: Page, nth = 0): Promise<number> {
  return (await inFrame<number>(page, 'email.scrollingElement.scrollTop', nth)) ?? Number.NaN
}

/** Scrolls the email, as a reader would. */
export async function scrollTo(page: Page, top: number, nth = 0): Promise<void> {
  await inFrame(page, `email.scrollingElement.scrollTop = ${top}`, nth)
}

/**
 * What axe-core finds in the page, all its rules on; the email in the frame is not the page's, and has checks of its own. The dark differs from the light in
 * colours only, and a narrow window in everything else: there those rules are asked that may answer otherwise.
 */
export async function findBarriers(page: Page, { scheme, width }: Look = {}): Promise<string[]> {
  await page.evaluate(axe.source)
  const dark = scheme === 'dark' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {}
  const narrow = width === undefined ? {} : { rules: { 'color-contrast': { enabled: false } } }
  const options = JSON.stringify({ iframes: false, ...dark, ...narrow })
  const { violations } = await page.evaluate<{ readonly violations: readonly Violation[] }>(`axe.run(document, ${options})`)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`))
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[]
}
