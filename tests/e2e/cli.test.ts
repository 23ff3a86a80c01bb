import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createTempFolder } from '../temp-folder.ts'

const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** Runs the built command in a folder, without a terminal. */
function run(cwd: string, args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CI: '', ...env },
  })
  return { status, stdout, stderr, json: () => JSON.parse(stdout) }
}

const config = 'site:\n  name: Harbour Notes\n  url: https://harbour.example\n  timeZone: Europe/Lisbon\n'

function post(title: string, date: string, more = 'featured: true', body = `${title} is told here in one whole sentence.`): string {
  return `---\ntitle: ${title}\ndate: ${date}\ndescription: ${title} is described in one whole sentence for readers.\n${more}\n---\n\n${body}\n`
}

const publication = {
  'news-digest.yaml': config,
  'content/lamps.md': post('Lamps at low water', '2026-02-03'),
  'content/ropes.md': post('Ropes that remember', '2026-02-05'),
  'content/gulls.md': post('Gulls in the granary', '2026-02-06', 'featured: false'),
  'content/ferry.md': post('The early ferry', '2026-01-28'),
}

describe('news-digest build', () => {
  it('writes an edition and prints where to look', async () => {
    const cwd = await createTempFolder(publication)
    const { status, stdout, stderr } = run(cwd, ['build', '2026-w06'])
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('error')])
    expect(stdout).toContain('out/2026-w06/index.html')
    expect(readdirSync(path.join(cwd, 'out/2026-w06')).sort()).toEqual([
      'edition.json',
      'email.eml',
      'email.html',
      'email.json',
      'email.txt',
      'index.html',
    ])
    expect(await readFile(path.join(cwd, 'out/index.html'), 'utf8')).toContain('2026-w06')
  })

  it('prints one object with --json: edition, selection, problems, files and bytes', async () => {
    const cwd = await createTempFolder(publication)
    const { status, json } = run(cwd, ['build', '2026-w06', '--json'])
    expect(status).toBe(0)
    const { edition, selection, problems, files, bytes } = json()
    expect(edition.id).toBe('2026-w06')
    expect(edition.items.map((item: { post: { slug: string } }) => item.post.slug)).toEqual(['ropes', 'lamps'])
    expect(edition.items[0].summary.lead).toEqual({
      text: 'Ropes that remember is described in one whole sentence for readers.',
      source: { kind: 'description' },
    })
    expect(selection).toContainEqual(
      expect.objectContaining({ slug: 'gulls', decision: 'left-out', reason: expect.stringContaining('not featured') }),
    )
    expect(problems).toEqual([])
    expect(files[0]).toBe('out/2026-w06/index.html')
    const shown = await readFile(path.join(cwd, 'out/2026-w06/index.html'))
    expect(Math.abs(bytes - shown.length)).toBeLessThan(500)
  })

  it('gives the same bytes again, in another folder and in another time zone of the machine', async () => {
    const [first, second] = [await createTempFolder(publication), await createTempFolder(publication)]
    run(first, ['build', '2026-w06'], { TZ: 'UTC', LANG: 'C' })
    run(second, ['build', '2026-w06'], { TZ: 'Pacific/Apia', LANG: 'de_DE.UTF-8' })
    for (const name of readdirSync(path.join(first, 'out/2026-w06'))) {
      const [a, b] = await Promise.all([first, second].map(folder => readFile(path.join(folder, 'out/2026-w06', name))))
      expect(a?.equals(b ?? Buffer.of()), name).toBe(true)
    }
    expect(await readFile(path.join(first, 'out/index.html'))).toEqual(await readFile(path.join(second, 'out/index.html')))
  })

  it('ends with 3, what would have counted and the newest window that has something, when there is nothing to send', async () => {
    const cwd = await createTempFolder(publication)
    const { status, stdout } = run(cwd, ['build', '2026-w08', '--now', '2026-02-23'])
    expect(status).toBe(3)
    expect(stdout).toContain('nothing to send')
    expect(stdout).toContain('news-digest build 2026-w06')
    expect(existsSync(path.join(cwd, 'out'))).toBe(false)
    expect(run(cwd, ['build', '2026-w08', '--json', '--now', '2026-02-23']).json()).toMatchObject({
      edition: null,
      newest: '2026-w06',
      files: [],
    })
  })

  it('stops at a broken post that could belong to the edition, and leaves the last good output as it was', async () => {
    const cwd = await createTempFolder(publication)
    run(cwd, ['build', '2026-w06'])
    const before = await readFile(path.join(cwd, 'out/2026-w06/email.html'), 'utf8')
    await writeFile(path.join(cwd, 'content/broken.md'), '---\ntitle: "open\ndate: 2026-02-04\n---\nText.\n')
    const { status, stderr } = run(cwd, ['build', '2026-w06'])
    expect(status).toBe(2)
    expect(stderr).toMatch(/content\/broken\.md:\d+/)
    expect(stderr).not.toMatch(/^\s+at .*\.js:/m)
    expect(await readFile(path.join(cwd, 'out/2026-w06/email.html'), 'utf8')).toBe(before)
  })

  it('reports a broken post of another time and builds without it, unless --strict', async () => {
    const cwd = await createTempFolder({ ...publication, 'content/broken.md': '---\ntitle: "open\ndate: 2025-06-04\n---\nText.\n' })
    const lenient = run(cwd, ['build', '2026-w06', '--json'])
    expect(lenient.status).toBe(0)
    expect(lenient.json().problems).toContainEqual(
      expect.objectContaining({ severity: 'warning', place: expect.objectContaining({ file: 'content/broken.md' }) }),
    )
    expect(run(cwd, ['build', '2026-w06', '--strict']).status).toBe(2)
  })

  it('leaves out what a sent edition ran, once mark-sent has recorded it', async () => {
    const cwd = await createTempFolder(publication)
    run(cwd, ['build', '2026-w06'])
    expect(run(cwd, ['mark-sent', '2026-w06', '--at', '2026-02-09T09:00:00Z']).status).toBe(0)
    expect(await readFile(path.join(cwd, 'content/editions/2026-w06.md'), 'utf8')).toMatch(/status: sent/)
    const { selection } = run(cwd, ['plan', '--from', '2026-02-01', '--to', '2026-02-28', '--json']).json()
    const month = run(cwd, ['plan', '2026-02', '--json']).json()
    expect(month.selection.find((each: { slug: string }) => each.slug === 'lamps').decision).toBe('picked')
    expect(selection).toHaveLength(4)
    const again = run(cwd, ['plan', '2026-w07', '--now', '2026-02-20', '--json'])
    expect(again.status).toBe(3)
  })

  it('keeps an edition in another language apart, under an id that ends with it', async () => {
    const german = post('Die Lampe', '2026-02-04', 'featured: true\nlang: de', 'Die Lampe brennt wieder, und alle sehen sie.')
    const cwd = await createTempFolder({ ...publication, 'content/lampe.md': german })
    const { edition } = run(cwd, ['build', '2026-w06', '--language', 'de', '--json']).json()
    expect([edition.id, edition.language, edition.items.length]).toEqual(['2026-w06-de', 'de', 1])
    run(cwd, ['mark-sent', '2026-w06-de'])
    expect(run(cwd, ['build', '2026-w06-de', '--json']).json().edition.id).toBe('2026-w06-de')
    expect(run(cwd, ['build', '2026-w06', '--json']).json().edition.items).toHaveLength(2)
    expect(run(cwd, ['plan', '2026-w07-de', '--json', '--now', '2026-02-20']).json()).toMatchObject({ newest: '2026-w06-de' })
  })

  it("follows the editor's file that plan --write has made", async () => {
    const cwd = await createTempFolder(publication)
    expect(run(cwd, ['plan', '2026-w06', '--write']).status).toBe(0)
    const file = path.join(cwd, 'content/editions/2026-w06.md')
    const proposal = await readFile(file, 'utf8')
    expect(proposal).toContain('lamps')
    await writeFile(
      file,
      '---\nsubject: Lamps first\nitems:\n  - lamps\n  - slug: ferry\n    title: A ferry at dawn\n  - gone\n---\n\nWelcome *aboard*.\n',
    )
    const { status, json } = run(cwd, ['build', '2026-w06', '--json'])
    const { edition, problems } = json()
    expect(edition.subject).toBe('Lamps first')
    expect(edition.items.map((item: { post: { title: string } }) => item.post.title)).toEqual(['Lamps at low water', 'A ferry at dawn'])
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'edition-pick-missing', place: { file: 'content/editions/2026-w06.md', line: 7 } }),
    )
    expect(status).toBe(1)
  })

  it('tells what it finds in the email without stopping, and looks for nothing with --no-check', async () => {
    const cwd = await createTempFolder(publication)
    expect(
      run(cwd, ['build', '2026-w06', '--json'])
        .json()
        .findings.map((finding: { rule: string }) => finding.rule),
    ).toContain('missing-postal-address')
    expect(run(cwd, ['build', '2026-w06', '--no-check', '--json']).json().findings).toEqual([])
  })
})

describe('news-digest build on a disk that refuses', () => {
  it('row 25: says so and leaves the last good output untouched when a file cannot be written whole', async () => {
    const cwd = await createTempFolder(publication)
    run(cwd, ['build', '2026-w06'])
    const before = await readFile(path.join(cwd, 'out/2026-w06/email.html'), 'utf8')
    await writeFile(path.join(cwd, 'content/lamps.md'), post('Lamps at high water', '2026-02-03'))
    // A limit on the size of files stands in for a full disk: the write itself fails half way.
    const { status, stderr } = spawnSync('bash', ['-c', `ulimit -f 8; exec "${process.execPath}" "${command}" build 2026-w06`], {
      cwd,
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([2, expect.stringContaining('[output-unwritable]')])
    expect(await readFile(path.join(cwd, 'out/2026-w06/email.html'), 'utf8')).toBe(before)
    expect(readdirSync(path.join(cwd, 'out')).sort()).toEqual(['2026-w06', 'index.html'])
  })

  it('row 25: refuses an output folder whose place is taken by a file', async () => {
    const cwd = await createTempFolder({ ...publication, out: 'mine' })
    const { status, stderr } = run(cwd, ['build', '2026-w06'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('[output-unwritable]')])
    expect(await readFile(path.join(cwd, 'out'), 'utf8')).toBe('mine')
  })
})

describe('news-digest', () => {
  it.each([
    [['build', '2026-w60'], 'edition-id-invalid'],
    [['build', '../2026-w06'], 'edition-id-invalid'],
    [['build', '2026-w06', '--from', '2026-02-01'], 'usage'],
    [['build', '--limit', 'many'], 'usage'],
    [['biuld'], 'usage'],
    [['build', '--tempalte', 'x'], 'usage'],
    [['build', '2026-w06', '--template', '/etc/passwd'], 'template-missing'],
    [['build', '--from', '2026-02-31', '--to', '2026-03-02'], 'window-invalid'],
  ])('ends with 2 and no stack at %j', async (args, code) => {
    const cwd = await createTempFolder(publication)
    const { status, stderr } = run(cwd, args)
    expect([status, stderr]).toEqual([2, expect.stringContaining(`[${code}]`)])
    expect(stderr).not.toMatch(/^\s+at .*\.js:/m)
    expect(existsSync(path.join(cwd, 'out'))).toBe(false)
  })

  it('says on one line what was meant by a word that it does not know', async () => {
    const { stderr } = run(await createTempFolder(), ['biuld'])
    expect(stderr).toContain("unknown command 'biuld' (Did you mean build?) [usage]")
  })

  it('prints errors as one object with --json', async () => {
    const cwd = await createTempFolder({})
    const { status, json } = run(cwd, ['build', '--json'])
    expect(status).toBe(2)
    expect(json().error.code).toBe('config-missing')
  })

  it.each([[[]], [['--help']], [['build', '--help']], [['plan', '--help']], [['init', '--help']], [['mark-sent', '--help']]])(
    'shows help with examples for %j',
    async args => {
      const { status, stdout } = run(await createTempFolder(), args)
      expect(status).toBe(0)
      expect(stdout).toContain('Examples:')
    },
  )

  it('ends without complaint when its reader stops reading', async () => {
    const cwd = await createTempFolder(publication)
    const { stdout, stderr } = spawnSync('bash', ['-c', `"${process.execPath}" "${command}" plan 2026-w06 --json | head -1`], {
      cwd,
      encoding: 'utf8',
    })
    expect([stdout, stderr]).toEqual(['{\n', ''])
  })

  it('writes no colour where there is no terminal', async () => {
    const { stdout, stderr } = run(await createTempFolder(publication), ['plan', '2026-w06'], { FORCE_COLOR: '1' })
    expect(stdout + stderr).not.toContain('\u001b[')
  })

  it('writes nothing but problems with --quiet', async () => {
    const { status, stdout } = run(await createTempFolder(publication), ['plan', '2026-w06', '--quiet'])
    expect([status, stdout]).toEqual([0, ''])
  })
})

describe('news-digest check --format json', () => {
  it('prints one JSON object on standard output and nothing else, errors too, also of a command line that makes no sense', async () => {
    const cwd = await createTempFolder(publication)
    run(cwd, ['build', '2026-w06'])
    const found = run(cwd, ['check', '--format', 'json', '--quiet'])
    expect([found.status, found.stderr, found.json().edition]).toEqual([0, '', '2026-w06'])
    for (const args of [['nope'], ['--nope'], ['2026-w06', '--json', '--format', 'github']]) {
      const format = args.includes('--json') ? [] : ['--format', 'json']
      const { status, stderr, json } = run(cwd, ['check', ...args, ...format])
      expect([args, status, stderr]).toEqual([args, 2, ''])
      expect(json().error.code).toMatch(/^(?:usage|edition-id-invalid)$/)
    }
  })
})
