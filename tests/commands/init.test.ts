import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CommandContext } from '../../src/commands/command.ts'
import { runInit } from '../../src/commands/init.ts'
import type { Prompt } from '../../src/commands/read-answer.ts'
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

/** A person who gives these answers in turn, `null` for Ctrl-C; `questions` is what they were asked. */
function person(...answers: readonly (string | null)[]): { open: () => Prompt; questions: string[] } {
  const questions: string[] = []
  const ask = async (question: string) => {
    questions.push(question)
    const answer = answers[questions.length - 1]
    if (answer === undefined) throw new Error(`no answer to: ${question}`)
    return answer
  }
  return { questions, open: () => ({ ask, close: () => {} }) }
}

const hugoSite = {
  'content/posts/sunset/index.md': '---\ntitle: Sunset\ndate: 2026-02-03\n---\nText.\n',
  'content/posts/_index.md': '---\ntitle: All posts\n---\n',
  'hugo.toml': 'baseURL = "https://hugo.example/"\ntitle = "Hugo Hall"\nlanguageCode = "de"\ntimeZone = "Europe/Berlin"',
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

  it('shows how a real post would be linked, and counts the posts of the folder that was chosen', async () => {
    const cwd = await createTempFolder({ ...hugoSite, 'content/news/a.md': post, 'content/news/b.md': post })
    const found = await runInit(undefined, { yes: true }, contextIn(cwd))
    expect(found.text).toContain('posts in content/posts (1 Markdown file)')
    expect(found.text).toContain('https://hugo.example/posts/sunset/')
    expect((await readConfig({ cwd })).site).toMatchObject({ name: 'Hugo Hall', language: 'de', timeZone: 'Europe/Berlin' })
    const other = await runInit(undefined, { yes: true, force: true, content: 'content/news' }, contextIn(cwd))
    expect(other.text).toContain('posts in content/news (2 Markdown files)')
    expect((await readConfig({ cwd })).content.url).toBe('/news/{slug}/')
  })

  it("says what of the site's own addresses had no counterpart", async () => {
    const cwd = await createTempFolder({ '_posts/2026-02-03-a.md': post, '_config.yml': 'url: https://jekyll.example' })
    const { text } = await runInit(undefined, { yes: true }, contextIn(cwd))
    expect(text).toContain('https://jekyll.example/2026/02/03/a.html')
    expect(text).toContain(':categories')
  })

  it.each([
    ['--language', { language: 'Mars or so' }],
    ['--sender-email', { senderEmail: 'nope' }],
    ['--time-zone', { timeZone: 'Mars/Olympus' }],
    ['--site-url', { siteUrl: 'blog.example' }],
    ['--name', { name: '' }],
    ['--content', { content: 'no/such/folder' }],
    ['--content', { content: 'hugo.toml' }],
  ] as const)('names the wrong flag %s and no file, and writes nothing', async (flag, flags) => {
    const cwd = await createTempFolder(hugoSite)
    const error = await runInit(undefined, { yes: true, ...flags }, contextIn(cwd)).catch(reason => reason)
    expect(error.problems).toHaveLength(1)
    expect(error.message).toContain(flag)
    expect(error.problems[0]).not.toHaveProperty('place')
    await expect(readFile(path.join(cwd, 'news-digest.yaml'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('reminds of .gitignore in a git repository that would commit what is built', async () => {
    const cwd = await createTempFolder(hugoSite)
    const run = async () => (await runInit(undefined, { yes: true, force: true }, contextIn(cwd))).text
    expect(await run()).not.toContain('.gitignore')
    execFileSync('git', ['init', '-q'], { cwd })
    expect(await run()).toContain('Add out/, .cache/ and data/ to .gitignore')
    await writeFile(path.join(cwd, '.gitignore'), '/out/\n')
    expect(await run()).toContain('Add .cache/ and data/ to .gitignore')
    await writeFile(path.join(cwd, '.gitignore'), 'out\n.cache/\ndata\n')
    expect(await run()).not.toContain('.gitignore')
  })
})

describe('runInit() with a person to ask', () => {
  const asking = (cwd: string) => ({ ...contextIn(cwd), interactive: true })

  it('takes what it found where the answer is empty', async () => {
    const cwd = await createTempFolder(hugoSite)
    const { open, questions } = person('', '', '', '', '', '', '', '')
    const result = await runInit(undefined, {}, asking(cwd), open)
    expect(result.exitCode).toBe(0)
    const config = await readConfig({ cwd })
    expect(config.site).toMatchObject({ url: 'https://hugo.example', name: 'Hugo Hall', language: 'de', timeZone: 'Europe/Berlin' })
    expect(config.content).toMatchObject({ dir: 'content/posts', url: '/posts/{slug}/' })
    expect(questions[5]).toContain('https://hugo.example/posts/sunset/')
  })

  it('asks again at once, with the reason, until an answer can be used', async () => {
    const cwd = await createTempFolder({ ...hugoSite, 'content/news/a.md': post })
    const typed =
      'nowhere|hugo.toml|content/news|News|blog.example|https://blog.example|Mars or so|fr|Mars/Olympus|Europe/Paris|news/{slug}|/n/{slug}|nope|digest@blog.example|Street 1'
    const { open, questions } = person(...typed.split('|'))
    const { text } = await runInit(undefined, {}, asking(cwd), open)
    expect(text).toContain('posts in content/news (1 Markdown file)')
    expect(text).toContain('https://blog.example/n/a')
    const remarks = questions.filter(question => question.includes('\n')).map(question => question.split('\n')[0]?.trim())
    expect(remarks).toEqual([
      'There is no such folder.',
      'There is no such folder.',
      'Try https://blog.example.',
      'Give a language tag, such as en, de or pt-BR.',
      'Give an IANA time zone, such as Europe/Berlin.',
      'Give a path that begins with /, such as /blog/{slug}.',
      'Give one email address, such as digest@example.com.',
    ])
    const config = await readConfig({ cwd })
    expect(config.sender).toMatchObject({ email: 'digest@blog.example', address: 'Street 1' })
    expect(config.site).toMatchObject({ url: 'https://blog.example', language: 'fr', timeZone: 'Europe/Paris' })
  })

  it('proposes no folder that does not exist', async () => {
    const cwd = await createTempFolder({ 'writing/a.md': post })
    const { open, questions } = person('', 'writing', '', 'https://blog.example', '', '', '', '', '')
    await runInit(undefined, {}, asking(cwd), open)
    expect(questions.slice(0, 2)).toEqual(['Folder of Markdown posts: ', '  There is no such folder.\nFolder of Markdown posts: '])
  })

  it('writes nothing and says so in one line when the person stops', async () => {
    const cwd = await createTempFolder(hugoSite)
    const result = await runInit(undefined, {}, asking(cwd), person('', '', null).open)
    expect(result).toEqual({ exitCode: 130, text: '', json: null, notes: '\nStopped: nothing was written.\n' })
    await expect(readFile(path.join(cwd, 'news-digest.yaml'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
