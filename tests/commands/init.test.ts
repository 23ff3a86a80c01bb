import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CommandContext } from '../../src/commands/command.ts'
import { runInit } from '../../src/commands/init.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { createPaint } from '../../src/report/paint.ts'
import { createTempFolder } from '../temp-folder.ts'

function contextIn(cwd: string): CommandContext {
  return {
    cwd,
    now: new Date('2026-02-09T08:00:00Z'),
    paint: createPaint(false),
    columns: 80,
    interactive: false,
    progress: () => {},
    announce: () => {},
  }
}

const post = '---\ntitle: A post\ndate: 2026-02-03\n---\nText.\n'

describe('runInit()', () => {
  it('finds posts, assets and address of an Astro site and writes a configuration that reads back', async () => {
    const cwd = await createTempFolder({
      'src/content/blog/a.md': post,
      'src/content/blog/deep/b.mdx': post,
      'public/logo.png': 'x',
      'astro.config.mjs': "export default defineConfig({ site: 'https://orchard.example' })",
    })
    const result = await runInit(undefined, { yes: true, timeZone: 'Europe/Berlin' }, contextIn(cwd))
    expect(result.exitCode).toBe(0)
    const config = await readConfig({ cwd, file: null, overrides: {} })
    expect(config.site).toMatchObject({ url: 'https://orchard.example', name: 'orchard.example', timeZone: 'Europe/Berlin' })
    expect(config.content).toMatchObject({ dir: 'src/content/blog', assets: 'public' })
    expect(result.text).toContain('2 Markdown files')
  })

  it.each([
    [
      'Hugo',
      { 'content/posts/a.md': post, 'hugo.toml': 'baseURL = "https://hugo.example/"\ntitle = "Hugo Hall"' },
      'https://hugo.example',
      'content/posts',
    ],
    [
      'Jekyll',
      { '_posts/2026-02-03-a.md': post, '_config.yml': 'title: Jekyll Jar\nurl: "https://jekyll.example"' },
      'https://jekyll.example',
      '_posts',
    ],
    ['npm', { 'posts/a.md': post, 'package.json': '{ "homepage": "https://npm.example/#readme" }' }, 'https://npm.example', 'posts'],
  ] as const)('knows where a %s site says what it is', async (_, files, url, dir) => {
    const cwd = await createTempFolder(files)
    await runInit(undefined, { yes: true }, contextIn(cwd))
    const config = await readConfig({ cwd, file: null, overrides: {} })
    expect([config.site.url, config.content.dir]).toEqual([url, dir])
  })

  it('keeps texts with quotes, colons and hashes as they are', async () => {
    const cwd = await createTempFolder()
    const name = 'The "Daily": #1 \\ digest'
    await runInit(undefined, { yes: true, siteUrl: 'https://blog.example', name, address: 'Street 1: rear, 12345 Town' }, contextIn(cwd))
    const config = await readConfig({ cwd, file: null, overrides: {} })
    expect(config.site.name).toBe(name)
    expect(config.sender.address).toBe('Street 1: rear, 12345 Town')
  })

  it('writes nothing when an answer is no valid setting', async () => {
    const cwd = await createTempFolder()
    const attempt = runInit(undefined, { yes: true, siteUrl: 'https://blog.example', timeZone: 'Mars/Olympus' }, contextIn(cwd))
    await expect(attempt).rejects.toMatchObject({ code: 'config-invalid' })
    await expect(readFile(path.join(cwd, 'news-digest.yaml'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('says what to add when the address of the site cannot be found', async () => {
    const cwd = await createTempFolder({ 'posts/a.md': post })
    await expect(runInit(undefined, { yes: true }, contextIn(cwd))).rejects.toMatchObject({ code: 'usage' })
  })

  it('does not replace a configuration unless told to', async () => {
    const cwd = await createTempFolder({ 'news-digest.yaml': 'site:\n  url: https://mine.example\n' })
    const flags = { yes: true, siteUrl: 'https://new.example' }
    await expect(runInit(undefined, flags, contextIn(cwd))).rejects.toMatchObject({ code: 'config-conflict' })
    expect((await readConfig({ cwd, file: null, overrides: {} })).site.url).toBe('https://mine.example')
    await runInit(undefined, { ...flags, force: true }, contextIn(cwd))
    expect((await readConfig({ cwd, file: null, overrides: {} })).site.url).toBe('https://new.example')
  })
})
