import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installPacked } from './pack.ts'

let folder = ''
let files: readonly string[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'news-digest-package-'))
  files = await installPacked(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the packed package', () => {
  it('holds dist, templates, the schema and the documents, and nothing else', () => {
    const documents = ['CHANGELOG.md', 'LICENSE', 'README.md', 'news-digest.schema.json', 'package.json']
    expect(files.filter(file => !/^(dist|templates)\//.test(file)).sort()).toEqual(documents)
    const page = 'dist/web/preview/app/'
    expect(files.filter(file => file.startsWith('dist/') && !file.startsWith(page) && !/\.(js|d\.ts)$/.test(file))).toEqual([])
    expect(files.filter(file => file.startsWith(page) && !/(index\.html|page\/[\w.-]+\.(js|css|svg))$/.test(file))).toEqual([])
    expect(files.filter(file => file.startsWith('templates/') && !/\.(hbs|yaml)$/.test(file))).toEqual([])
    for (const needed of [
      'dist/cli.js',
      'dist/index.js',
      'dist/index.d.ts',
      'templates/weekly/email.mjml.hbs',
      'templates/messages/en.yaml',
    ]) {
      expect(files).toContain(needed)
    }
  })

  it('has every file that its package.json names', async () => {
    const installed = path.join(folder, 'node_modules', 'news-digest')
    const manifest = JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8')) as {
      bin: object
      exports: Record<string, unknown>
    }
    const named = [
      ...Object.values(manifest.bin),
      ...Object.values(manifest.exports).flatMap(each => (typeof each === 'string' ? each : Object.values(each as object))),
    ]
    expect(named.filter(file => !existsSync(path.join(installed, file)))).toEqual([])
  })

  it('builds an edition from posts, step by step, for a script that imports it by name', async () => {
    await mkdir(path.join(folder, 'posts'))
    await writeFile(
      path.join(folder, 'posts', 'lamp-oil.md'),
      post('Lamp oil', '2026-02-03', 'The lamp burns a litre a night. In June it burns half of that.'),
    )
    await writeFile(
      path.join(folder, 'posts', 'fog-horn.md'),
      post('The fog horn', '2026-02-04', 'The horn has two notes. Only one of them works.'),
    )
    await writeFile(path.join(folder, 'build.mjs'), script)
    const { stdout, stderr, status } = spawnSync(process.execPath, ['build.mjs'], { cwd: folder, encoding: 'utf8' })
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    const { edition, findings, files, missing } = JSON.parse(stdout)
    expect(edition).toMatchObject({ id: '2026-w06', items: [{ post: { slug: 'fog-horn' } }, { post: { slug: 'lamp-oil' } }] })
    expect(edition.items[1].summary.lead).toEqual({
      text: expect.stringContaining('The lamp burns a litre a night.'),
      source: { kind: 'description' },
    })
    expect(findings).toEqual(expect.any(Array))
    expect(await readFile(files[0], 'utf8')).toContain('The fog horn')
    expect(missing).toBe('config-missing')
  })
})

function post(title: string, day: string, description: string): string {
  return `---\ntitle: ${title}\ndescription: ${description}\npublishedAt: ${day}\nfeatured: true\n---\n\nThe keeper writes it down every morning.\n`
}

const script = `
import * as digest from 'news-digest'

const cwd = process.cwd()
const overrides = { site: { url: 'https://lighthouse.example' }, content: { dir: 'posts' } }
const config = await digest.readConfig({ cwd, overrides })
const options = digest.readOptionsOf({ config })
const { posts } = await digest.readPosts(options)

const now = new Date('2026-02-10T00:00:00Z')
const window = digest.resolveWindow({ kind: 'edition', id: '2026-w06' }, digest.calendarOf(config), now, [])
const rules = { ...config.selection, language: 'en', limit: null }
const selection = digest.selectPosts(posts, { window, rules, past: [], now: now.toISOString() })
const full = await digest.readFullPosts(selection.picks.map(pick => pick.post), options)

const places = { userDir: config.paths.templates, displayRoot: cwd }
const { messages } = await digest.readMessages({ ...places, language: 'en' })
const { style, edition: words, ...budgets } = config.summary
const summarize = each => digest.summarizePosts(each, { style, budgets: { ...budgets, edition: words } })
const edition = digest.assembleEdition({ selection, language: 'en', template: 'weekly', file: null, posts: full.posts, summarize, messages })

const templates = await digest.readTemplates({ ...places, template: 'weekly' })
const { email } = await digest.renderEmail(edition, { config, templates, messages, nonce: 'n0nceN0nceN0nce77' })
const context = { purpose: 'build', edition, sender: { email: null, address: null }, publicUrl: null }
const findings = await digest.inspectEmail(email, context)

const sample = digest.sampleValues(config)
const recipient = { name: sample.name, address: sample.email, values: sample }
const from = { kind: 'edition', fromName: 'Keeper', fromAddress: 'keeper@lighthouse.example', replyTo: null, list: null, unsubscribeEmail: null }
const eml = digest.composeMessage(email, recipient, { ...from, date: email.date })
const site = { url: config.site.url, assets: null }
const written = await digest.writeEdition(config.paths.out, { edition, email, eml, sample, exports: [], site })

const missing = await digest.readConfig({ cwd, file: null, overrides: {} }).catch(error => error instanceof digest.UserError && error.code)
console.log(JSON.stringify({ edition, findings, files: written.files, missing }))
`
