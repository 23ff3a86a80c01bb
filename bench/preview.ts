/** What the preview costs: from saving a post to seeing it, starting, and the checks of a build. See bench/README.md. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { addresses, type PreviewChange, type PreviewState } from '../src/web/preview/api.ts'
import { launchChromium } from '../tests/browser/launch-chromium.ts'
import { generatePosts } from './generate-posts.ts'
import { median, runSideBySide } from './run-side-by-side.ts'
import { writeSection } from './write-section.ts'

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const now = '2026-03-03T10:00:00Z'
const saves = 50
/** For every save, the share of its time for which a busy program had a processor: 1 on a machine with nothing else to do. */
const shares: number[] = []
const folder = mkdtempSync(path.join(tmpdir(), 'news-digest-bench-'))

try {
  const report = await measure()
  console.log(report)
  if (process.argv.includes('--write')) writeSection('preview', report)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(): Promise<string> {
  const browser = await launchChromium()
  try {
    const blogs = [prepareBlog(22), prepareBlog(5000)]
    const rows: string[] = []
    for (const blog of blogs) rows.push(await measureSaving(blog, browser))
    const starts: string[] = []
    for (const blog of blogs) starts.push(await measureStart(blog, browser))
    return [
      `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${new Date().toISOString().slice(0, 10)}.`,
      '',
      `**(a) Save → visible** (${saves} saves of a post of the edition that is shown, with the page open beside; at most 200 ms in the median)`,
      '',
      '| | the email is answered: median | worst | the browser shows it: median | worst |',
      '| --- | ---: | ---: | ---: | ---: |',
      ...rows,
      '',
      `Meanwhile a busy program had a processor for ${Math.round(median(shares) * 100)} % of its time: on a machine with nothing else to do, for all of it.`,
      '',
      '**(b) Start → first paint** (the command as a whole process, a Chromium that runs; the third start, with the index of posts)',
      '',
      '| | the server listens | the page is painted | the email is shown |',
      '| --- | ---: | ---: | ---: |',
      ...starts,
      '',
      ...measureChecks(blogs[0] ?? prepareBlog(22)),
    ].join('\n')
  } finally {
    await browser.close()
  }
}

interface Blog {
  readonly dir: string
  readonly count: number
  /** A post of the newest edition: the file that is saved. */
  readonly post: string
}

function prepareBlog(count: number): Blog {
  const dir = path.join(folder, `blog-${count}`)
  generatePosts({ folder: path.join(dir, 'content'), count, seed: 2026, newest: '2026-03-01', perDay: 3 })
  writeFileSync(path.join(dir, 'news-digest.yaml'), 'site:\n  url: https://blog.example\n  name: Bench\n')
  const plan = runSideBySide([{ name: 'plan', args: [cli, 'plan', 'latest', '--json', '--now', now, ...configOf(dir)] }], 1).plan.output
  const picked = (JSON.parse(plan) as { selection: { decision: string; file: string }[] }).selection.find(
    each => each.decision === 'picked',
  )
  if (picked === undefined) throw new Error('the generated blog has nothing to send')
  return { dir, count, post: path.join(dir, 'content', picked.file) }
}

function configOf(dir: string): string[] {
  return ['--config', path.join(dir, 'news-digest.yaml')]
}

interface Preview {
  readonly url: string
  /** Milliseconds from starting the process to its address. */
  readonly startedIn: number
  readonly stop: () => Promise<void>
}

async function startPreview({ dir }: Blog): Promise<Preview> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [cli, 'preview', '--no-open', '--port', '0', '--json', '--now', now, ...configOf(dir)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await addressOf(child)
  const stop = async () => {
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGINT')
    await ended
  }
  return { url, startedIn: performance.now() - startedAt, stop }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout?.on('data', chunk => {
      printed += String(chunk)
      const [, url] = /"url": "([^"]+)"/.exec(printed) ?? []
      if (url !== undefined) resolve(url)
    })
    child.once('exit', code => reject(new Error(`the preview ended with ${code}: ${printed}`)))
  })
}

/** Half of the saves are watched by a client of the routes, half by a page in the browser. */
async function measureSaving(blog: Blog, browser: Browser): Promise<string> {
  const preview = await startPreview(blog)
  try {
    const page = await openPage(browser, preview.url)
    await page.context().close()
    const answered = await saveAndFetch(blog, preview.url)
    const shownPage = await openPage(browser, preview.url)
    const shown = await saveAndLook(blog, shownPage)
    await shownPage.context().close()
    const cells = [median(answered), Math.max(...answered), median(shown), Math.max(...shown)].map(ms)
    return `| ${blog.count.toLocaleString('en')} posts | ${cells.join(' | ')} |`
  } finally {
    await preview.stop()
  }
}

/** From the write to the end of the frame's answer, with all requests that the page makes at the same time. */
async function saveAndFetch(blog: Blog, url: string): Promise<readonly number[]> {
  const state = (await (await fetch(new URL(addresses.state, url))).json()) as PreviewState
  const key = state.editions.find(each => each.next)?.key ?? ''
  const changes = await followChanges(url)
  const times: number[] = []
  for (let count = 0; count < saves; count++) {
    const title = `Answered number ${count} of the bench`
    const startedAt = performance.now()
    saveTitle(blog, title)
    for (let found = false; !found; ) {
      await changes.next()
      const others = [addresses.state, addresses.edition(key)].map(address => fetch(new URL(address, url)).then(each => each.text()))
      const html = await (await fetch(new URL(addresses.frame(key), url))).text()
      found = html.includes(title)
      if (found) times.push(performance.now() - startedAt)
      await Promise.all(others)
    }
    await settle()
  }
  await changes.stop()
  return times
}

/** From the write to the frame in which the new title can be read. */
async function saveAndLook(blog: Blog, page: Page): Promise<readonly number[]> {
  const times: number[] = []
  for (let count = 0; count < saves; count++) {
    const title = `Seen number ${count} of the bench`
    const seen = page.evaluate(titleIsShown, title)
    const startedAt = Date.now()
    saveTitle(blog, title)
    times.push((await seen) - startedAt)
    await settle()
  }
  return times
}

/** Runs in the page: resolves with the time of the first frame of animation in which an email shows the title. */
function titleIsShown(title: string): Promise<number> {
  return new Promise(resolve => {
    const look = () => {
      const { document } = globalThis as unknown as { document: { querySelectorAll(selector: string): Iterable<FrameElement> } }
      const shown = [...document.querySelectorAll('iframe')].some(frame => {
        const visible =
          frame.getBoundingClientRect().width > 0 && frame.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        return visible && (frame.contentDocument?.body?.textContent ?? '').includes(title)
      })
      if (shown) resolve(Date.now())
      else (globalThis as unknown as { requestAnimationFrame(run: () => void): void }).requestAnimationFrame(look)
    }
    look()
  })
}

interface FrameElement {
  getBoundingClientRect(): { readonly width: number }
  checkVisibility(options: { visibilityProperty: boolean; opacityProperty: boolean }): boolean
  readonly contentDocument: { readonly body: { readonly textContent: string | null } | null } | null
}

function saveTitle({ post }: Blog, title: string): void {
  writeFileSync(post, readFileSync(post, 'utf8').replace(/^title: .*$/m, `title: ${JSON.stringify(title)}`))
}

/** The server looks a second time at what was just saved; a person saves no faster either. Meanwhile, how much of the machine is ours is measured. */
async function settle(): Promise<void> {
  const [startedAt, before] = [performance.now(), process.cpuUsage()]
  const cpu = () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  while (cpu() < 10);
  shares.push(cpu() / (performance.now() - startedAt))
  await new Promise(resolve => setTimeout(resolve, 450))
}

async function followChanges(url: string): Promise<{ next: () => Promise<PreviewChange>; stop: () => Promise<void> }> {
  const response = await fetch(new URL(addresses.events, url))
  const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
  let buffer = ''
  const next = async (): Promise<PreviewChange> => {
    for (;;) {
      const end = buffer.indexOf('\n\n')
      if (end >= 0) {
        const [, data = '{}'] = /^data: (.*)$/m.exec(buffer.slice(0, end)) ?? []
        buffer = buffer.slice(end + 2)
        return JSON.parse(data) as PreviewChange
      }
      const { value = '', done } = await reader.read()
      if (done) throw new Error('the events have ended')
      buffer += value
    }
  }
  await next()
  return { next, stop: () => reader.cancel() }
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  await page.goto(url)
  await page.waitForFunction(titleIsShown, ' ')
  return page
}

async function measureStart(blog: Blog, browser: Browser): Promise<string> {
  const runs: (readonly [number, number, number])[] = []
  for (let run = 0; run < 3; run++) {
    const startedAt = performance.now()
    const preview = await startPreview(blog)
    const page = await (await browser.newContext()).newPage()
    const openedAt = performance.now()
    await page.goto(preview.url)
    await page.waitForFunction(titleIsShown, ' ')
    const shown = performance.now() - startedAt
    const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)
    runs.push([preview.startedIn, openedAt - startedAt + paint, shown])
    await page.context().close()
    await preview.stop()
  }
  return `| ${blog.count.toLocaleString('en')} posts | ${(runs.at(-1) ?? []).map(ms).join(' | ')} |`
}

/** What checking one edition adds to building it. */
function measureChecks({ dir }: Blog): string[] {
  const args = [cli, 'build', 'latest', '--json', '--now', now, ...configOf(dir)]
  const { plain, checked } = runSideBySide(
    [
      { name: 'plain', args: [...args, '--no-check'] },
      { name: 'checked', args },
    ],
    9,
  )
  return [
    '**(c) Checks of one edition** (whole process, median of 9 runs in turns, after one untimed)',
    '',
    '| | wall time |',
    '| --- | ---: |',
    `| \`news-digest build --no-check\` | ${ms(plain.median)} |`,
    `| \`news-digest build\` | ${ms(checked.median)}: **${ms(checked.median - plain.median)}** more (at most 300 ms) |`,
  ]
}

function ms(milliseconds: number): string {
  return `${Math.round(milliseconds).toLocaleString('en')} ms`
}
