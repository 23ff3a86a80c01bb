import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { writeEdition } from '../../src/output/write-edition.ts'
import { emailOf } from '../message/email-of.ts'
import { editionOf, outputOf } from './edition-of.ts'

let folder: string
let out: string

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'news-digest-output-'))
  out = join(folder, 'out')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const read = (...path: string[]) => readFileSync(join(out, ...path), 'utf8')

async function failure(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof UserError) return error
  throw new Error('a UserError was expected', { cause: error })
}

/** The number of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid
}

describe('writeEdition()', () => {
  it('writes the edition’s files and the gallery, and says which', async () => {
    const written = await writeEdition(out, outputOf())
    expect(readdirSync(join(out, '2026-w06')).sort()).toEqual([
      'edition.json',
      'email.eml',
      'email.html',
      'email.json',
      'email.txt',
      'index.html',
    ])
    expect(readdirSync(out).sort()).toEqual(['2026-w06', 'index.html'])
    expect(written.files.map(file => file.slice(out.length + 1))).toEqual([
      '2026-w06/index.html',
      '2026-w06/email.html',
      '2026-w06/email.txt',
      '2026-w06/email.json',
      '2026-w06/email.eml',
      '2026-w06/edition.json',
      'index.html',
    ])
    expect(written.problems).toEqual([])
    for (const file of written.files) expect(existsSync(file)).toBe(true)
  })

  it('shows the email to a sample recipient in index.html, and leaves merge fields open and named in email.html and email.txt', async () => {
    const email = emailOf({
      html: [{ text: '<p>Hello ' }, { merge: 'name', context: 'html', fallback: 'reader' }, { text: ', {{name}} is text</p>' }],
      text: [
        { text: 'Hello ' },
        { merge: 'name', context: 'text', fallback: 'reader' },
        { text: '\n' },
        { merge: 'unsubscribeUrl', context: 'text', fallback: '' },
      ],
    })
    await writeEdition(out, outputOf({ email, sample: { name: 'Ada & Co' } }))
    expect(read('2026-w06', 'index.html')).toBe('<p>Hello Ada &amp; Co, {{name}} is text</p>')
    expect(read('2026-w06', 'email.html')).toBe('<p>Hello {{name}}, {{name}} is text</p>')
    expect(read('2026-w06', 'email.txt')).toBe('Hello {{name}}\n{{unsubscribeUrl}}')
    expect(JSON.parse(read('2026-w06', 'email.json'))).toEqual(email)
    expect(JSON.parse(read('2026-w06', 'edition.json'))).toEqual(editionOf())
  })

  it('writes what another service pastes beside the rest', async () => {
    await writeEdition(out, outputOf({ exports: [{ service: 'listmonk', html: '<p>{{ .Subscriber.Name }}</p>', text: 'Hello' }] }))
    expect(read('2026-w06', 'listmonk.html')).toBe('<p>{{ .Subscriber.Name }}</p>')
    expect(read('2026-w06', 'listmonk.txt')).toBe('Hello')
  })

  it('replaces the last build of an edition as a whole and keeps the other editions', async () => {
    await writeEdition(out, outputOf({ edition: editionOf({ id: '2026-w05' }) }))
    await writeEdition(out, outputOf({ exports: [{ service: 'brevo', html: 'x', text: 'x' }] }))
    await writeEdition(out, outputOf({ eml: Buffer.from('second') }))
    expect(existsSync(join(out, '2026-w06', 'brevo.html'))).toBe(false)
    expect(read('2026-w06', 'email.eml')).toBe('second')
    expect(readdirSync(out).sort()).toEqual(['2026-w05', '2026-w06', 'index.html'])
    expect(read('index.html')).toContain('href="2026-w05/index.html"')
  })

  it.each(['/proc/news-digest/out', '/dev/null/out'])(
    'refuses the folder %s, which cannot be made, instead of trying for ever',
    async place => {
      expect(await failure(writeEdition(place, outputOf()))).toMatchObject({ code: 'output-unwritable' })
    },
  )

  it('makes the folders above the output folder', async () => {
    await writeEdition(join(out, 'a', 'b'), outputOf())
    expect(read('a', 'b', '2026-w06', 'email.eml')).toBeTypeOf('string')
  })

  it('writes the same bytes wherever the folder lies', async () => {
    const elsewhere = join(folder, 'some where/else')
    await writeEdition(out, outputOf())
    await writeEdition(elsewhere, outputOf())
    for (const name of ['index.html', ...readdirSync(join(out, '2026-w06')).map(each => `2026-w06/${each}`)]) {
      expect(readFileSync(join(elsewhere, name))).toEqual(readFileSync(join(out, name)))
    }
  })

  it.each(['../x', '..', '.', 'a/b', '/etc', '', '.git', 'a.b', 'x'.repeat(101)])(
    'refuses the edition id %j and writes nothing',
    async id => {
      const error = await failure(writeEdition(out, outputOf({ edition: editionOf({ id }) })))
      expect(error.code).toBe('edition-id-invalid')
      expect(existsSync(out)).toBe(false)
    },
  )

  it('follows a symbolic link that out is, and stays inside', async () => {
    mkdirSync(join(folder, 'real'))
    symlinkSync(join(folder, 'real'), out)
    await writeEdition(out, outputOf())
    expect(lstatSync(out).isSymbolicLink()).toBe(true)
    expect(readdirSync(join(folder, 'real')).sort()).toEqual(['2026-w06', 'index.html'])
    expect(readdirSync(folder).sort()).toEqual(['out', 'real'])
  })

  it('replaces links that lead out of the folder instead of writing through them', async () => {
    await writeEdition(join(folder, 'other'), outputOf({ eml: Buffer.from('other') }))
    mkdirSync(out)
    symlinkSync(join(folder, 'other/2026-w06'), join(out, '2026-w06'))
    await writeEdition(out, outputOf({ eml: Buffer.from('mine') }))
    expect(lstatSync(join(out, '2026-w06')).isDirectory()).toBe(true)
    expect(read('2026-w06', 'email.eml')).toBe('mine')
    expect(readFileSync(join(folder, 'other/2026-w06/email.eml'), 'utf8')).toBe('other')
  })

  it('leaves a folder and a page alone that it did not write', async () => {
    mkdirSync(join(out, '2026-w06'), { recursive: true })
    writeFileSync(join(out, '2026-w06', 'notes.txt'), 'mine')
    expect((await failure(writeEdition(out, outputOf()))).code).toBe('output-unwritable')
    expect(readdirSync(join(out, '2026-w06'))).toEqual(['notes.txt'])
    writeFileSync(join(out, 'index.html'), '<h1>My site</h1>')
    const written = await writeEdition(out, outputOf({ edition: editionOf({ id: '2026-w07' }) }))
    expect(read('index.html')).toBe('<h1>My site</h1>')
    expect(written.problems).toMatchObject([{ code: 'output-unwritable', severity: 'warning' }])
  })

  it('says in plain words that out cannot be a folder', async () => {
    writeFileSync(out, 'a file')
    const error = await failure(writeEdition(out, outputOf()))
    expect(error.problems[0]).toMatchObject({ code: 'output-unwritable', place: { file: out }, hint: expect.stringContaining('--out') })
    expect(readFileSync(out, 'utf8')).toBe('a file')
  })

  it('leaves the last good output untouched when writing fails half way', async () => {
    const assets = join(folder, 'public')
    const path = Array.from({ length: 19 }, () => 'd'.repeat(200)).join('/')
    const deep = join(folder, 'o', ...Array.from({ length: 1 }, () => 'x'))
    mkdirSync(join(assets, path), { recursive: true })
    writeFileSync(join(assets, path, 'a.png'), 'picture')
    // The system takes paths of 4,096 octets: the copy's is longer, the original's is not.
    out = join(deep, 'p'.repeat(200))
    await writeEdition(out, outputOf({ eml: Buffer.from('good') }))
    const html = [{ text: `<img src="https://harbour.example/${path}/a.png">` }]
    const error = await failure(writeEdition(out, outputOf({ email: emailOf({ html }), site: { url: 'https://harbour.example', assets } })))
    expect(error.problems[0]).toMatchObject({ code: 'output-unwritable', got: expect.stringContaining('ENAMETOOLONG') })
    expect(readdirSync(out).sort()).toEqual(['2026-w06', 'index.html'])
    expect(read('2026-w06', 'email.eml')).toBe('good')
  })

  it('clears what dead runs left and brings back a folder that one had moved aside', async () => {
    await writeEdition(out, outputOf({ eml: Buffer.from('good') }))
    const pid = deadPid()
    mkdirSync(join(out, `.news-digest.new.2026-w06.${pid}.0`))
    mkdirSync(join(out, `.news-digest.aside.2026-w06.${pid}.0`))
    mkdirSync(join(out, `.news-digest.aside.2026-w04.${pid}.0`))
    writeFileSync(join(out, `.news-digest.aside.2026-w04.${pid}.0`, 'email.eml'), 'old but good')
    mkdirSync(join(out, `.news-digest.new.2026-w06.${process.ppid}.0`))
    await writeEdition(out, outputOf({ edition: editionOf({ id: '2026-w05' }) }))
    expect(readdirSync(out).sort()).toEqual([
      `.news-digest.new.2026-w06.${process.ppid}.0`,
      '2026-w04',
      '2026-w05',
      '2026-w06',
      'index.html',
    ])
    expect(read('2026-w04', 'email.eml')).toBe('old but good')
    expect(read('2026-w06', 'email.eml')).toBe('good')
  })

  it('lets builds of one edition run at the same time, each complete, the last one standing', async () => {
    const email = (n: number) => emailOf({ html: [{ text: `<p>${n}</p>` }] })
    await Promise.all(Array.from({ length: 12 }, (_, n) => writeEdition(out, outputOf({ email: email(n), eml: Buffer.from(String(n)) }))))
    expect(readdirSync(out).sort()).toEqual(['2026-w06', 'index.html'])
    expect(read('2026-w06', 'index.html')).toBe(`<p>${read('2026-w06', 'email.eml')}</p>`)
  })

  it('has a whole edition in place whenever the process is killed', async () => {
    await writeEdition(out, outputOf({ eml: Buffer.from('first') }))
    const script = `
      const { writeEdition } = await import(${JSON.stringify(new URL('../../src/output/write-edition.ts', import.meta.url).href)})
      const { outputOf } = await import(${JSON.stringify(new URL('./edition-of.ts', import.meta.url).href)})
      for (let n = 0; ; n += 1) {
        await writeEdition(process.argv[1], outputOf({ eml: Buffer.from(String(n)) }))
        if (n === 20) process.stdout.write('ready')
      }`
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, out], { stdio: ['ignore', 'pipe', 'inherit'] })
      await once(child.stdout, 'data')
      child.kill(signal)
      await once(child, 'exit')
      await writeEdition(out, outputOf({ edition: editionOf({ id: '2026-w05' }) }))
      expect(readdirSync(out).sort()).toEqual(['2026-w05', '2026-w06', 'index.html'])
      expect(readdirSync(join(out, '2026-w06'))).toHaveLength(6)
      expect(read('2026-w06', 'email.eml')).toMatch(/^\d+$/)
    }
  })
})

describe('writeEdition() with pictures', () => {
  const html = (...addresses: string[]) => [{ text: addresses.map(each => `<img src="${each}">`).join('') }]

  it('copies the pictures of the site that lie in its assets and shows them from there, in index.html alone', async () => {
    const assets = join(folder, 'public')
    mkdirSync(join(assets, 'images'), { recursive: true })
    writeFileSync(join(assets, 'images', 'low (1).png'), 'picture')
    const email = emailOf({ html: html('https://harbour.example/images/low%20(1).png?v=1&amp;w=2', 'https://cdn.example/images/far.png') })
    const written = await writeEdition(out, outputOf({ email, site: { url: 'https://harbour.example', assets } }))
    expect(read('2026-w06', 'index.html')).toBe('<img src="assets/images/low%20%281%29.png"><img src="https://cdn.example/images/far.png">')
    expect(read('2026-w06', 'assets', 'images', 'low (1).png')).toBe('picture')
    expect(read('2026-w06', 'email.html')).toContain('https://harbour.example/images/low%20(1).png?v=1&amp;w=2')
    expect(written.files).toContain(join(out, '2026-w06', 'assets/images/low (1).png'))
  })

  it('says which picture is missing and leaves its address as it is', async () => {
    const assets = join(folder, 'public')
    mkdirSync(assets)
    const email = emailOf({ html: html('https://harbour.example/gone.png') })
    const written = await writeEdition(out, outputOf({ email, site: { url: 'https://harbour.example', assets } }))
    expect(written.problems).toMatchObject([{ code: 'picture-missing', severity: 'warning', got: 'https://harbour.example/gone.png' }])
    expect(read('2026-w06', 'index.html')).toBe('<img src="https://harbour.example/gone.png">')
  })

  it('takes no file from outside the assets', async () => {
    const assets = join(folder, 'public')
    mkdirSync(assets)
    writeFileSync(join(folder, 'secret.png'), 'secret')
    symlinkSync(join(folder, 'secret.png'), join(assets, 'link.png'))
    const email = emailOf({
      html: html(
        'https://harbour.example/..%2fsecret.png',
        'https://harbour.example/%2e%2e/secret.png',
        'https://harbour.example/link.png',
      ),
    })
    const written = await writeEdition(out, outputOf({ email, site: { url: 'https://harbour.example', assets } }))
    expect(written.problems).toHaveLength(3)
    expect(existsSync(join(out, '2026-w06', 'assets'))).toBe(false)
  })
})
