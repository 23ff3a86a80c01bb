import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runBuild } from '../../src/commands/build.ts'
import { runCheck } from '../../src/commands/check.ts'
import type { CommandResult } from '../../src/commands/command.ts'
import { runPlan } from '../../src/commands/plan.ts'
import type { Flags } from '../../src/commands/program.ts'
import { createTempFolder } from '../temp-folder.ts'
import { contextOf } from './context-of.ts'

function post(title: string, date: string): string {
  return `---\ntitle: ${title}\ndate: ${date}\nfeatured: true\ndescription: ${title} is described in one whole sentence for readers.\n---\n\nText.\n`
}

const publication = {
  'news-digest.yaml': 'site: { name: Harbour Notes, url: https://harbour.example, timeZone: Europe/Lisbon }',
  'content/lamps.md': post('Lamps at low water', '2026-02-03'),
  'content/soon.md': post('Not out yet', '2026-02-20'),
}

async function build(flags: Flags = {}, files: Readonly<Record<string, string>> = {}, edition = '2026-w06'): Promise<CommandResult> {
  const cwd = await createTempFolder({ ...publication, ...files })
  return runBuild(edition, { check: true, ...flags }, contextOf(cwd))
}

function rulesIn({ json }: CommandResult): readonly string[] {
  return (json as { findings: readonly { rule: string }[] }).findings.map(({ rule }) => rule)
}

describe('runBuild()', () => {
  it('says that nobody looked where --no-check was given', async () => {
    const { text } = await build({ check: false })
    expect(text).toMatch(/checks +not checked\n/)
  })

  it('names the file to paste into a service, which answers for unsubscribing itself', async () => {
    const result = await build({ for: 'mailchimp' })
    expect(result.text).toContain('out/2026-w06/mailchimp.html is the file to paste into mailchimp')
    expect(rulesIn(result)).not.toContain('missing-unsubscribe')
    const plain = await build()
    expect(plain.text).not.toContain('paste')
    expect(rulesIn(plain)).toContain('missing-unsubscribe')
  })

  const trial = { 'content/editions/2026-w06.md': "---\nsubjects: ['Lamps & water', 'A low light']\nsplit: 20%\n---\n" }

  it('names both subjects that are tried, and who gets them', async () => {
    const { text, json } = await build({}, trial)
    expect(text).toMatch(/^✓ 2026-w06 {2}Lamps & water\n/)
    expect(text).toMatch(/subject B +A low light\n/)
    expect(text).toMatch(
      /split +10 % of the recipients get subject A, 10 % subject B; the rest waits for "news-digest send 2026-w06 --winner A" or B\n/,
    )
    expect(json).toMatchObject({ edition: { subjects: ['Lamps & water', 'A low light'], split: 0.2 } })
    const { text: everybody } = await build({}, { 'content/editions/2026-w06.md': '---\nsubjects: [Lamps, Lights]\n---\n' })
    expect(everybody).toMatch(/split +50 % of the recipients get subject A, 50 % subject B\n/)
  })

  it('writes subject A into the files, and both into index.html and the gallery', async () => {
    const cwd = await createTempFolder({ ...publication, ...trial })
    const { exitCode } = await runBuild('2026-w06', { check: true, for: 'brevo' }, contextOf(cwd))
    const read = (name: string) => readFile(path.join(cwd, 'out', name), 'utf8')
    expect(exitCode).toBe(0)
    expect(await read('2026-w06/index.html')).toContain('<title>A: Lamps &amp; water · B: A low light</title>')
    expect(await read('index.html')).toContain('A low light')
    expect(await read('2026-w06/email.html')).toContain('<title>Lamps &amp; water</title>')
    expect(await read('2026-w06/email.eml')).toContain('Subject: Lamps & water\r\n')
    expect(await read('2026-w06/brevo.html')).toContain('utm_content=A')
    for (const name of ['email.html', 'email.txt', 'email.eml', 'brevo.html'])
      expect(await read(`2026-w06/${name}`)).not.toContain('A low light')
    const check = await runCheck('2026-w06', {}, contextOf(cwd))
    expect(check.text).toMatch(/^2026-w06 {2}Lamps & water\n {10}A low light\n/)
  })

  it('says that a service gets subject A, and what becomes of the other', async () => {
    const { text } = await build({ for: 'mailchimp' }, trial)
    expect(text).toContain('paste into mailchimp, with subject A: give subject B to that service’s own A/B test')
  })

  it('warns of two subjects that nothing can tell apart', async () => {
    const yaml = `${publication['news-digest.yaml']}\nlinks: { utm: false }\n`
    const { exitCode, notes } = await build({}, { ...trial, 'news-digest.yaml': yaml })
    expect(exitCode).toBe(0)
    expect(notes).toContain('nothing will tell which is read more')
    expect(notes).toContain('content/editions/2026-w06.md')
    expect((await build({}, trial)).notes).not.toContain('nothing will tell')
  })

  it('does not put its tick above errors', async () => {
    const pale = '<mj-section><mj-column><mj-text><p style="color:#cccccc">Pale words</p></mj-text></mj-column></mj-section>'
    const failed = await build({}, { 'templates/partials/intro.mjml.hbs': pale })
    expect([failed.exitCode, failed.text]).toEqual([1, expect.stringMatching(/^✗ 2026-w06 /)])
    expect((await build()).text).toMatch(/^✓ 2026-w06 /)
  })

  it('says in one line each which settings are still missing, below a blank line', async () => {
    const { text, notes } = await build()
    expect(text).toMatch(/[^\n]\n\n$/)
    expect(notes.split('\n').filter(line => /\[missing-(sender|postal-address|unsubscribe)\]$/.test(line))).toHaveLength(3)
    expect(notes).not.toContain('sender.email')
    expect(notes).toMatch(/\[missing-unsubscribe\]\n {2}do {3}"news-digest check" tells of each what to set\n$/)
  })

  it.each([
    ['soon', 'edition-pick-hidden'],
    ['gone', 'edition-pick-missing'],
  ])('leaves out the pick "%s", calls the edition incomplete and ends with 1', async (slug, code) => {
    const { exitCode, text, notes } = await build({}, { 'content/editions/2026-w06.md': `---\nitems: [lamps, ${slug}]\n---\n` })
    expect(exitCode).toBe(1)
    expect(text).toMatch(/^! incomplete 2026-w06/)
    expect(text).toContain('1 pick of the edition file had to be left out')
    expect(text).not.toContain('✓')
    expect(notes).toContain(`[${code}]`)
  })

  it('tells of a lost pick once, with what to do', async () => {
    const result = await build({}, { 'content/editions/2026-w06.md': '---\nitems: [lamps, gone]\n---\n' })
    expect(rulesIn(result)).not.toContain('lost-pick')
    expect(result.notes.match(/"gone"/g)).toHaveLength(1)
  })

  it.each(['build', 'plan'])('%s is a mistake to mend, not nothing to send, where no pick of the edition file is left', async command => {
    const cwd = await createTempFolder({ ...publication, 'content/editions/2026-w06.md': '---\nitems: [gone, soon]\n---\n' })
    const run = command === 'build' ? runBuild : runPlan
    for (const edition of ['2026-w06', 'latest'])
      await expect(run(edition, { check: true }, contextOf(cwd))).rejects.toMatchObject({
        exitCode: 2,
        problems: [
          { code: 'edition-pick-missing', place: { file: 'content/editions/2026-w06.md', line: 2 } },
          { code: 'edition-pick-hidden', place: { file: 'content/editions/2026-w06.md', line: 2 } },
        ],
      })
  })

  it('does not send somebody back to the edition that has nothing to send', async () => {
    const sent = "---\nstatus: sent\nsentAt: '2026-02-09T08:00:00.000Z'\nitems: [gone]\n---\n"
    const { exitCode, text, json } = await build(
      {},
      { 'content/editions/2026-w06.md': sent, 'content/lamps.md': post('Lamps', '2025-12-03') },
    )
    expect([exitCode, json?.newest]).toEqual([3, '2025-w49'])
    expect(text).toContain('build 2025-w49')
  })

  it('says of an edition that is marked as sent that this build changes nothing for its readers', async () => {
    const sent = "---\nstatus: sent\nsentAt: '2026-02-09T08:00:00.000Z'\nitems: [lamps]\n---\n"
    expect((await build({}, { 'content/editions/2026-w06.md': sent })).text).toContain(
      'marked as sent on 2026-02-09 08:00 UTC: what went out then',
    )
    expect((await build()).text).not.toContain('sent')
  })

  it('suggests a command with the flags that were given when there is nothing to send', async () => {
    const cwd = await createTempFolder({ 'my posts/lamps.md': post('Lamps', '2026-02-03') })
    const flags = { check: true, content: 'my posts', siteUrl: 'https://harbour.example', out: 'built' }
    const { exitCode, text, json } = await runBuild(undefined, { ...flags, from: '2026-01-01', to: '2026-01-02' }, contextOf(cwd))
    const next = "news-digest build 2026-w06 --content 'my posts' --site-url https://harbour.example --out built"
    expect([exitCode, json?.next, text]).toEqual([3, next, expect.stringContaining(`  ${next}\n`)])
    expect((await runBuild('2026-w06', flags, contextOf(cwd))).exitCode).toBe(0)
  })
})
