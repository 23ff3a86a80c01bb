import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { packagedChromium } from '../../scripts/packaged-chromium.ts'
import { shoot } from '../../src/commands/shoot.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { UserError } from '../../src/errors.ts'
import { createPaint } from '../../src/report/paint.ts'
import { buildEdition } from '../../src/run-build.ts'
import { launchBrowser } from '../../src/web/shots/launch-browser.ts'
import { createTempFolder } from '../temp-folder.ts'
import { launchChromium } from './launch-chromium.ts'

const now = new Date('2026-02-20T12:00:00Z')
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

function post(title: string, date: string, more = ''): string {
  return `---\ntitle: ${title}\ndate: ${date}\nfeatured: true\ndescription: ${title} is told here in one whole sentence for readers.\n${more}---\n\nA body.\n`
}

const red = PNG.sync.write(
  Object.assign(new PNG({ width: 60, height: 30 }), { data: Buffer.alloc(60 * 30 * 4, Buffer.from([230, 0, 0, 255])) }),
)

const publication = {
  'news-digest.yaml':
    'site:\n  name: Harbour Notes\n  url: https://harbour.example\n  timeZone: Europe/Lisbon\ncontent:\n  dir: posts\n  assets: public\n',
  'posts/lamps.md': post('Lamps at low water', '2026-02-03', 'image: /red.png\nimageAlt: A red square\n'),
  'posts/gulls.md': post('Gulls in the granary', '2026-02-11'),
  'public/red.png': red,
  '.gitignore': 'out/\n.cache/\n',
}

/** A publication in a folder of its own, with these editions built. */
async function publicationWith(...editions: readonly string[]): Promise<string> {
  const cwd = await createTempFolder(publication)
  for (const id of editions) await build(cwd, id)
  return cwd
}

async function build(cwd: string, id: string): Promise<void> {
  await buildEdition({ config: await readConfig({ cwd }), window: { kind: 'edition', id }, now, check: false })
}

async function run(cwd: string, edition: string, flags: Record<string, unknown> = {}, through: Browser = browser) {
  const context = { cwd, now, paint: createPaint(false), columns: 80, interactive: false, progress: () => {}, announce: () => {} }
  const result = await shoot(edition, flags, context, { browser: through })
  return { ...result, json: result.json ?? {} }
}

const shot = (cwd: string, edition: string, name: string) => readFile(path.join(cwd, 'out', edition, 'shots', name))
const files = (cwd: string, edition: string) =>
  readdirSync(path.join(cwd, 'out', edition, 'shots'), { recursive: true })
    .map(String)
    .sort()

/** Gives temporary files a folder of this test's own, and says which of revisions are in it. */
async function watchTemporaryFiles(): Promise<() => readonly string[]> {
  const folder = await createTempFolder()
  vi.stubEnv('TMPDIR', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(tmpdir()).toBe(folder)
  return () => readdirSync(folder).filter(name => name.startsWith('news-digest-revision-'))
}

function countOf(png: Buffer, colour: readonly [number, number, number]): number {
  const { data } = PNG.sync.read(png)
  let count = 0
  for (let at = 0; at < data.length; at += 4)
    if (colour.every((value, channel) => Math.abs((data[at + channel] ?? 0) - value) < 3)) count += 1
  return count
}

describe('news-digest shoot', () => {
  it('takes every usual view as it should look, a sheet of all and a thumbnail, and shows that in the gallery', async () => {
    const cwd = await publicationWith('2026-w06')
    const { exitCode, text, json } = await run(cwd, 'latest')
    expect(exitCode).toBe(0)
    expect(text).toContain('5 pictures of 2026-w06 in out/2026-w06/shots/')
    const views = ['dark.png', 'desktop.png', 'images-off.png', 'mobile.png', 'outlook-windows.png']
    expect(files(cwd, '2026-w06')).toEqual([...views, 'contact-sheet.png', 'thumbnail.png'].sort())
    expect(PNG.sync.read(await shot(cwd, '2026-w06', 'desktop.png')).width).toBe(1024)
    expect(PNG.sync.read(await shot(cwd, '2026-w06', 'mobile.png')).width).toBe(375)
    expect(PNG.sync.read(await shot(cwd, '2026-w06', 'thumbnail.png'))).toMatchObject({ width: 480, height: 360 })
    expect(json.shots).toContainEqual(expect.objectContaining({ id: 'mobile', width: 375, file: 'out/2026-w06/shots/mobile.png' }))
    expect(await readFile(path.join(cwd, 'out/index.html'), 'utf8')).toContain('2026-w06/shots/thumbnail.png')
    // The site's own picture, but not where pictures are off; a light page, and a dark one.
    expect(countOf(await shot(cwd, '2026-w06', 'desktop.png'), [230, 0, 0])).toBeGreaterThan(1000)
    expect(countOf(await shot(cwd, '2026-w06', 'images-off.png'), [230, 0, 0])).toBe(0)
    const [light = 0, dark = 0] = await Promise.all(
      ['desktop.png', 'dark.png'].map(async name => countOf(await shot(cwd, '2026-w06', name), [255, 255, 255])),
    )
    expect(light).toBeGreaterThan(dark * 5)
  })

  it('gives the same bytes again, and twice the pixels with --scale 2', async () => {
    const cwd = await publicationWith('2026-w06')
    await run(cwd, '2026-w06', { view: ['mobile'] })
    const first = await shot(cwd, '2026-w06', 'mobile.png')
    await run(cwd, '2026-w06', { view: ['mobile'] })
    expect((await shot(cwd, '2026-w06', 'mobile.png')).equals(first)).toBe(true)
    expect(files(cwd, '2026-w06')).toEqual(['contact-sheet.png', 'mobile.png', 'thumbnail.png'])
    await run(cwd, '2026-w06', { view: ['mobile'], scale: '2' })
    const [once, twice] = [PNG.sync.read(first), PNG.sync.read(await shot(cwd, '2026-w06', 'mobile.png'))]
    expect([twice.width, twice.height]).toEqual([once.width * 2, once.height * 2])
  })

  it('runs no script and asks the network for nothing; with --remote for pictures only', async () => {
    const cwd = await publicationWith('2026-w06')
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end(red)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await appendFile(
      path.join(cwd, 'out/2026-w06/index.html'),
      `<img src="${at}/picture.png"><link rel="stylesheet" href="${at}/style.css"><iframe src="${at}/frame"></iframe>` +
        `<div style="background:url(${at}/background.png);height:9px"></div><script src="${at}/script.js"></script>` +
        `<script>document.body.innerHTML = ''; fetch('${at}/fetch')</script><img src="file:///etc/hostname">`,
    )
    await run(cwd, '2026-w06', { view: ['desktop'] })
    expect(asked).toEqual([])
    expect(countOf(await shot(cwd, '2026-w06', 'desktop.png'), [230, 0, 0])).toBeGreaterThan(1000)
    // Chromium itself keeps a page from elsewhere away from this machine; only so can a test be asked for a picture.
    const trusting = await launchChromium(['--disable-features=LocalNetworkAccessChecks'])
    onTestFinished(() => trusting.close())
    await run(cwd, '2026-w06', { view: ['desktop'], remote: true }, trusting)
    expect(asked.sort()).toEqual(['/background.png', '/picture.png'])
  })

  it.each([
    ['an edition that was not built', '2026-w09', {}, 'edition-unknown'],
    ['no name of an edition', '../secret', {}, 'edition-id-invalid'],
    ['an unknown view', '2026-w06', { view: ['lotus-notes'] }, 'usage'],
    ['nothing to fail over', '2026-w06', { failOver: 3 }, 'usage'],
    ['what is no revision, outside any repository', '2026-w06', { against: 'main' }, 'revision-unknown'],
    ['what git would take for an option', '2026-w06', { against: '--all' }, 'revision-unknown'],
  ])('says what is wrong with %s', async (_, edition, flags, code) => {
    const cwd = await publicationWith('2026-w06')
    const error = await run(cwd, edition, flags).catch(thrown => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect(error.code).toBe(code)
    expect(existsSync(path.join(cwd, 'out/2026-w06/shots'))).toBe(false)
  })

  it('ends with exit code 2 and says so where there is no browser', async () => {
    const cwd = await publicationWith('2026-w06')
    const command = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
    const env = { ...process.env, CHROMIUM_PATH: '/nowhere/chrome' }
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'shoot', '2026-w06'], { cwd, encoding: 'utf8', env })
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining('CHROMIUM_PATH names no program that can be run')])
    expect(existsSync(path.join(cwd, 'out/2026-w06/shots'))).toBe(false)
  })

  it('ends quietly on Ctrl-C, whatever it is doing, and leaves nothing behind', async () => {
    const cwd = await publicationWith('2026-w06')
    const folder = await createTempFolder()
    const { executablePath, fontConfig } = await packagedChromium()
    const command = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
    const env = { ...process.env, CHROMIUM_PATH: executablePath, FONTCONFIG_FILE: fontConfig, TMPDIR: folder }
    // Once the browser has its folder, pictures are being taken: fifteen of them, for more than a second.
    const hasBrowser = () => readdirSync(folder).some(name => name.startsWith('playwright_'))
    for (const milliseconds of [0, 150, 400, 800]) {
      const child = spawn(process.execPath, [command, 'shoot', '2026-w06', '--view', 'all'], { cwd, env, detached: true })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (said += text))
      const ended = new Promise(resolve => child.on('close', resolve))
      await expect.poll(hasBrowser, { timeout: 30_000, interval: 10 }).toBe(true)
      await setTimeout(milliseconds)
      process.kill(-(child.pid ?? 0), 'SIGINT')
      expect([milliseconds, await ended, said]).toEqual([milliseconds, 130, ''])
      expect(existsSync(path.join(cwd, 'out/2026-w06/shots'))).toBe(false)
    }
    expect(readdirSync(folder).filter(name => name !== 'node-compile-cache')).toEqual([])
  }, 120_000)

  it('says so where the program that was found is no browser', async () => {
    const launched = launchBrowser({ network: false, env: { ...process.env, CHROMIUM_PATH: process.execPath } })
    await expect(launched).rejects.toMatchObject({ code: 'browser-unusable', message: 'the browser does not start' })
  })
})

describe('news-digest shoot --against', () => {
  it('compares with another edition, and finds itself the same', async () => {
    const cwd = await publicationWith('2026-w06', '2026-w07')
    const { json, text, exitCode } = await run(cwd, '2026-w07', { against: '2026-w06', view: ['mobile', 'images-off'], failOver: 0.5 })
    expect(exitCode).toBe(1)
    expect(text).toContain('Against 2026-w06:')
    expect(json.comparison).toMatchObject({
      against: '2026-w06',
      failOver: 0.5,
      differences: [{ id: 'mobile', file: 'out/2026-w07/shots/diff/mobile.png' }, { id: 'images-off' }],
    })
    expect(files(cwd, '2026-w07')).toEqual(expect.arrayContaining(['diff/contact-sheet.png', 'diff/images-off.png', 'diff/mobile.png']))

    const quiet = await run(cwd, '2026-w07', { against: '2026-w06', view: ['mobile,images-off'], failOver: 0.5, quiet: true })
    expect([quiet.exitCode, quiet.notes]).toEqual([
      1,
      expect.stringMatching(/^2026-w07 against 2026-w06: mobile .* over 0\.50 %\n2026-w07 .*: images-off /),
    ])

    const same = await run(cwd, '2026-w07', { against: '2026-w07', view: ['mobile'], failOver: 0 })
    expect([same.exitCode, same.text]).toEqual([0, expect.stringContaining('the same')])
    expect(files(cwd, '2026-w07')).toEqual(['contact-sheet.png', 'mobile.png', 'thumbnail.png'])
  })

  it('builds the edition of a git revision elsewhere, shows what has changed since, and leaves the repository as it was', async () => {
    const cwd = await publicationWith()
    const revisionFolders = await watchTemporaryFiles()
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@harbour.example', ...args], { cwd, encoding: 'utf8' })
    git('init', '--quiet')
    git('add', '.')
    git('commit', '--quiet', '--message', 'Begin')
    await writeFile(path.join(cwd, 'posts/lamps.md'), publication['posts/lamps.md'].replace('title: Lamps at', 'title: Lanterns at'))
    await build(cwd, '2026-w06')
    const before = git('status', '--porcelain')

    const { exitCode, json } = await run(cwd, '2026-w06', { against: 'HEAD', view: ['desktop'], failOver: 0.01 })
    expect(exitCode).toBe(1)
    const { against, differences } = json.comparison as { against: string; differences: { id: string; percent: number }[] }
    expect(against).toMatch(/^2026-w06 at HEAD \([0-9a-f]{7}\)$/)
    for (const { percent } of differences) expect(percent).toSatisfy((share: number) => share > 0.05 && share < 10)
    expect(countOf(await shot(cwd, '2026-w06', 'diff/desktop.png'), [214, 32, 40])).toBeGreaterThan(50)
    expect([git('status', '--porcelain'), git('worktree', 'list').trim().split('\n').length, git('stash', 'list')]).toEqual([before, 1, ''])
    expect(revisionFolders()).toEqual([])
  })

  it('says what stops the build at a revision, and clears up', async () => {
    const cwd = await publicationWith('2026-w06')
    const revisionFolders = await watchTemporaryFiles()
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@harbour.example', ...args], { cwd })
    git('init', '--quiet')
    git('add', 'posts', 'public')
    git('commit', '--quiet', '--message', 'Begin without a configuration')
    await expect(run(cwd, '2026-w06', { against: 'HEAD' })).rejects.toThrow(/^at HEAD: the address of your site is not known/)
    expect(revisionFolders()).toEqual([])
  })
})
