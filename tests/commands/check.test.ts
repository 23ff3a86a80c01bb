import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { runBuild } from '../../src/commands/build.ts'
import { runCheck } from '../../src/commands/check.ts'
import type { CommandContext, CommandResult } from '../../src/commands/command.ts'
import type { Finding } from '../../src/inspect/finding.ts'
import { createPaint } from '../../src/report/paint.ts'
import { createTempFolder } from '../temp-folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A post with a link that will break, a picture that is too small for its place, and a publication in order. */
const post = `---
title: How a slate tells the height of the water
date: 2026-02-04
featured: true
description: The harbour master writes the height of the water on a slate, and every skipper reads it before casting off.
image: { src: /images/slate.png, alt: A slate on a nail }
---
The slate hangs where every skipper can see it.
`
const editionFile = `---
preheader: A slate, a nail, and what every skipper reads before casting off
---
Read [here](http://harbour.example/slate) how to write one.
`
const config = `site: { name: The Slate, url: 'https://slate.example', timeZone: Europe/Lisbon }
content: { dir: content, assets: public }
sender: { email: post@slate.example, address: Quay 4 }
links: { publicUrl: 'https://post.slate.example' }
`

function contextOf(cwd: string): CommandContext {
  return {
    cwd,
    now: new Date('2026-02-10T08:00:00Z'),
    paint: createPaint(false),
    columns: 80,
    interactive: false,
    progress: () => {},
    announce: () => {},
  }
}

/** The object of `--json`. */
function jsonOf({ json }: CommandResult) {
  return json as unknown as {
    readonly findings: readonly Finding[]
    readonly errors: number
    readonly warnings: number
    readonly checksOff: unknown
  }
}

/** A publication that has been built, in a folder of its own. */
async function builtPublication(files: Readonly<Record<string, string>> = {}) {
  const cwd = await createTempFolder({
    'news-digest.yaml': config,
    'content/slate.md': post,
    'content/editions/2026-w06.md': editionFile,
    ...files,
  })
  await cp(path.join(root, 'public/images/logo.png'), path.join(cwd, 'public/images/slate.png'), { recursive: true })
  await runBuild('2026-w06', {}, contextOf(cwd))
  const check = (flags: Readonly<Record<string, unknown>> = {}, edition?: string) => runCheck(edition, flags, contextOf(cwd))
  const findings = async () => jsonOf(await check()).findings
  return { cwd, check, findings }
}

describe('news-digest check', () => {
  it('tells of the newest build what is wrong, where, and in which file', async () => {
    const { check, findings } = await builtPublication()
    expect((await findings()).map(({ rule, origin }) => [rule, origin])).toEqual([
      ['link-not-https', { file: 'content/editions/2026-w06.md', line: 4 }],
      ['link-text', { file: 'content/editions/2026-w06.md', line: 4 }],
      ['picture-size', { file: 'content/slate.md', line: 6 }],
    ])
    const result = await check({}, '2026-w06')
    const { exitCode, text } = result
    expect([exitCode, jsonOf(result).errors, jsonOf(result).warnings]).toEqual([0, 0, 3])
    expect(text).toMatch(/warning a link is http: browsers warn of it \[link-not-https\]\n {2}in {3}email\.html:1:\d+: <a href="http:/)
    expect(text).toMatch(/weight {2}[\d,]+ bytes of HTML, \d+ %; [\d,]+ bytes before Gmail clips/)
    expect(text).toMatch(/\n✓ 3 warnings\n$/)
  })

  it('gives lines and columns of email.html that hold what is complained of', async () => {
    const { cwd, findings } = await builtPublication()
    const lines = (await readFile(path.join(cwd, 'out/2026-w06/email.html'), 'utf8')).split('\n')
    for (const { place } of await findings()) {
      const rest = lines[(place.line ?? 0) - 1]?.slice((place.column ?? 0) - 1) ?? ''
      expect(rest).toMatch(/^<(?:a|img) /)
    }
  })

  it('weighs findings as the configuration says', async () => {
    const { check } = await builtPublication({
      'news-digest.yaml': `${config}checks: { link-not-https: error, link-text: off, picture-size: warn }\n`,
    })
    const result = await check()
    const { exitCode } = result
    expect(jsonOf(result).findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'link-not-https error',
      'picture-size warning',
    ])
    expect(exitCode).toBe(1)
  })

  it('refuses a check that there is not, with its line', async () => {
    const { check } = await builtPublication()
    const { cwd } = await builtPublication()
    await writeFile(path.join(cwd, 'news-digest.yaml'), `${config}checks:\n  link-not-https: error\n  low-contrats: off\n`)
    await expect(runCheck(undefined, {}, contextOf(cwd))).rejects.toMatchObject({
      code: 'config-invalid',
      problems: [{ place: { file: 'news-digest.yaml', line: 7, column: 3 }, hint: 'Did you mean "low-contrast"?' }],
    })
    expect((await check()).exitCode).toBe(0)
  })

  it('names the checks that the configuration switches off', async () => {
    const { check } = await builtPublication({
      'news-digest.yaml': `${config}checks: { link-not-https: off, link-text: warn, gmail-clip: off }\n`,
    })
    const result = await check()
    expect(result.text).toContain('\nswitched off in news-digest.yaml\n  link-not-https\n  gmail-clip\n')
    expect(result.json).toMatchObject({ checksOff: [], checksOffByConfig: ['link-not-https', 'gmail-clip'] })
  })

  it('leaves out what a template switches off, says so, and leaves nothing of it in the email', async () => {
    const footer = `{{checkOff "link-not-https" "an old page that has no https"}}\n<mj-section><mj-column><mj-table role="presentation"><tr><td><p>{{publication.address}}</p><p style="line-height:44px"><a href="{{merge "unsubscribeUrl"}}" style="display:inline-block">{{t "unsubscribe"}}</a></p></td></tr></mj-table></mj-column></mj-section>\n`
    const { check, cwd } = await builtPublication({ 'templates/partials/footer.mjml.hbs': footer })
    const result = await check()
    const { text } = result
    expect(jsonOf(result).findings.map(({ rule }) => rule)).not.toContain('link-not-https')
    expect(jsonOf(result).checksOff).toEqual([{ rule: 'link-not-https', reason: 'an old page that has no https' }])
    expect(text).toContain('switched off by the template\n  link-not-https  an old page that has no https\n')
    for (const name of ['email.html', 'email.txt', 'email.eml'])
      expect(await readFile(path.join(cwd, 'out/2026-w06', name), 'utf8')).not.toMatch(/checkOff|old page/)
  })

  it('names the template and its line where a finding comes from one', async () => {
    const source = '<mj-section><mj-column><mj-text>\n<p style="color:#c9c9cf">Read in quiet</p>\n</mj-text></mj-column></mj-section>\n'
    const { findings } = await builtPublication({ 'templates/partials/intro.mjml.hbs': source })
    const [finding] = (await findings()).filter(({ rule }) => rule === 'low-contrast')
    expect(finding?.origin).toEqual({ file: 'templates/partials/intro.mjml.hbs', line: 2 })
  })

  it('prints for people, scripts and code hosts', async () => {
    const { check } = await builtPublication()
    const { json } = await check({ format: 'json' })
    expect(json).toMatchObject({ edition: '2026-w06', errors: 0, warnings: 3, network: null, spam: null })
    expect((await check({ format: 'github' })).text).toMatch(
      /^::warning file=content\/editions\/2026-w06\.md,line=4,title=link-not-https::/,
    )
    expect(JSON.parse((await check({ format: 'sarif' })).text).runs[0].results).toHaveLength(3)
  })

  it.each(['pretty', 'github', 'sarif'])('refuses --json together with --format %s', async format => {
    const { check } = await builtPublication()
    await expect(check({ json: true, format })).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(format) })
    expect((await check({ json: true, format: 'json' })).exitCode).toBe(0)
  })

  it('names files as the repository has them, in a folder of it, too', async () => {
    const { cwd, check } = await builtPublication()
    const file = async () => {
      const [github, sarif] = [(await check({ format: 'github' })).text, JSON.parse((await check({ format: 'sarif' })).text)]
      return [/file=([^,]+)/.exec(github)?.[1], sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri]
    }
    const inside = `${path.basename(cwd)}/content/editions/2026-w06.md`
    onTestFinished(() => void vi.unstubAllEnvs())
    vi.stubEnv('GITHUB_WORKSPACE', path.dirname(cwd))
    expect(await file()).toEqual([inside, inside])
    vi.stubEnv('GITHUB_WORKSPACE', '/nowhere')
    expect(await file()).toEqual(Array(2).fill('content/editions/2026-w06.md'))
  })

  it('does not ask for what answers unsubscribing where the edition was built for a service that does', async () => {
    const { cwd, findings } = await builtPublication({ 'news-digest.yaml': config.replace(/^links: .*\n/m, '') })
    expect((await findings()).map(({ rule }) => rule)).toContain('missing-unsubscribe')
    await runBuild('2026-w06', { for: 'listmonk' }, contextOf(cwd))
    expect((await findings()).map(({ rule }) => rule)).not.toContain('missing-unsubscribe')
    await runBuild('2026-w06', {}, contextOf(cwd))
    expect((await findings()).map(({ rule }) => rule)).toContain('missing-unsubscribe')
  })

  it('tells of a pick that the build had to leave out, with its line, until the edition is built without it', async () => {
    const { cwd, check } = await builtPublication({ 'content/editions/2026-w06.md': '---\nitems: [slate, nope-nope]\n---\n' })
    const { exitCode, text } = await check({ format: 'github' })
    expect(exitCode).toBe(1)
    expect(text).toContain('::error file=content/editions/2026-w06.md,line=2,title=lost-pick::the pick "nope-nope" is not among the posts')
    await writeFile(path.join(cwd, 'content/editions/2026-w06.md'), '---\nitems: [slate]\n---\n')
    await runBuild('2026-w06', {}, contextOf(cwd))
    expect((await check()).exitCode).toBe(0)
  })

  it('says to build first where nothing was built', async () => {
    const { cwd, check } = await builtPublication()
    await expect(check({}, '2026-w05')).rejects.toMatchObject({
      code: 'edition-unknown',
      problems: [{ hint: expect.stringContaining('news-digest build 2026-w05') }],
    })
    await rm(path.join(cwd, 'out'), { recursive: true })
    await expect(check()).rejects.toMatchObject({
      code: 'edition-unknown',
      problems: [{ hint: expect.stringContaining('news-digest build latest') }],
    })
  })

  it('says to build again where a file is missing or half written', async () => {
    const { cwd, check } = await builtPublication()
    await rm(path.join(cwd, 'out/2026-w06/email.eml'))
    await expect(check()).rejects.toMatchObject({ code: 'file-unreadable', problems: [{ place: { file: 'out/2026-w06/email.eml' } }] })
  })
})
