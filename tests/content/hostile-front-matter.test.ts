import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readFullPosts } from '../../src/content/read-full-posts.ts'
import { readPosts } from '../../src/content/read-posts.ts'
import type { Problem } from '../../src/errors.ts'
import { createTempFolder } from '../temp-folder.ts'
import { readOptionsOf } from './read-options-of.ts'
import { dated, postOf, problemOf } from './read-small.ts'

describe('row 15: mistakes in front matter, with what to write instead', () => {
  test.each<[string, string, Partial<Problem>]>([
    [
      'a duplicate field',
      `title: A\n${dated}\ntitle: B`,
      {
        place: { file: 'post.md', line: 4, column: 1 },
        message: 'the field "title" stands twice',
        got: '"title: B"',
        hint: 'Keep one of the two "title:" lines; the other stands on line 2.',
      },
    ],
    [
      'a duplicate inside a list',
      `title: A\n${dated}\nfaq:\n  - q: a\n    a: b\n    q: c`,
      { place: { file: 'post.md', line: 7, column: 5 }, hint: 'Keep one of the two "q:" lines; the other stands on line 5.' },
    ],
    [
      'a tab',
      `title: A\n${dated}\nseo:\n\tx: y`,
      { place: { file: 'post.md', line: 5, column: 1 }, hint: 'Replace the tab by two blanks.' },
    ],
    [
      'an unclosed quote',
      `title: "A story\n${dated}`,
      {
        place: { file: 'post.md', line: 2, column: 8 },
        message: 'the quote that opens here is never closed',
        hint: 'Write title: "A story"',
      },
    ],
    [
      'an unclosed quote above a quoted field',
      `title: "A story\ndescription: "B"\n${dated}`,
      { place: { file: 'post.md', line: 2, column: 8 }, hint: 'Write title: "A story"' },
    ],
    ['an unclosed quote in a list', `${dated}\ntags:\n  - "a\n  - "b"`, { place: { file: 'post.md', line: 4, column: 5 } }],
    [
      'a quote inside quotes',
      `title: 'It's here'\n${dated}`,
      {
        place: { file: 'post.md', line: 2, column: 8 },
        hint: "Write a quote inside the text twice, as '', or put the whole value in double quotes.",
      },
    ],
    [
      'a colon',
      `title: Launch: the story\n${dated}`,
      { place: { file: 'post.md', line: 2, column: 14 }, hint: 'Write title: "Launch: the story"' },
    ],
    ['an at sign', `title: @home\n${dated}`, { place: { file: 'post.md', line: 2, column: 8 }, hint: 'Write title: "@home"' }],
    ['an asterisk', `title: *bold* move\n${dated}`, { place: { file: 'post.md', line: 2, column: 8 }, hint: 'Write title: "*bold* move"' }],
    ['a bracket', `title: [New] "home"\n${dated}`, { place: { file: 'post.md', line: 2, column: 8 }, hint: `Write title: '[New] "home"'` }],
    ['an unclosed list', `${dated}\ntags: [a, b`, { place: { file: 'post.md', line: 3, column: 7 }, hint: 'Write tags: [a, b]' }],
    [
      'a fence with something after it',
      `title: A\n${dated}\n--- x`,
      { place: { file: 'post.md', line: 4, column: 1 }, message: 'this line begins another YAML document' },
    ],
    [
      'an indented field',
      `title: A\n ${dated}`,
      { place: { file: 'post.md', line: 3, column: 2 }, message: 'the indentation of this line fits no field above it' },
    ],
    [
      'a field without a colon',
      `title A\n${dated}`,
      { place: { file: 'post.md', line: 2, column: 1 }, message: 'this line is not a field' },
    ],
  ])('%s', async (_, raw, expected) => {
    expect(await problemOf(`---\n${raw}\n---\nbody`)).toMatchObject({ code: 'front-matter-syntax', severity: 'error', ...expected })
    expect((await problemOf(`---\r\n${raw.replaceAll('\n', '\r\n')}\r\n---\r\nbody`)).place).toEqual(expected.place)
  })

  test('a mistake in TOML', async () => {
    expect(await problemOf('+++\ntitle = Hello\n+++\n')).toMatchObject({ code: 'front-matter-syntax', place: { line: 2, column: 9 } })
    expect(await problemOf('+++\ntitle = "a"\ntitle = "b"\n+++\n')).toMatchObject({
      place: { line: 3, column: 1 },
      hint: 'Keep one of the lines with this name.',
    })
  })

  test('a mistake in JSON', async () => {
    expect(await problemOf('---json\n{"title": "a",\n "date": "2026-01-02",}\n---\n')).toMatchObject({
      code: 'front-matter-syntax',
      place: { line: 3, column: 23 },
    })
  })

  test('front matter that is text or a list', async () => {
    for (const raw of ['just words', '- a\n- b'])
      expect(await problemOf(`---\n${raw}\n---\n`)).toMatchObject({
        code: 'front-matter-syntax',
        message: 'the front matter is not a list of fields',
      })
  })

  test.each([
    ['date: 2026-02-31', { line: 3, column: 7 }, 'Write date: 2026-02-28, if that is the day meant.'],
    ["pubDate: '2026-04-31'", { line: 3, column: 10 }, 'Write pubDate: 2026-04-30, if that is the day meant.'],
    ['date: 2022-05-xx', { line: 3, column: 7 }, 'Write the day as date: YYYY-MM-DD.'],
    ['date: 03/04/2026', { line: 3, column: 7 }, 'Write date: 2026-03-04 or 2026-04-03, whichever is meant.'],
  ])('%s', async (line, place, hint) => {
    expect(await problemOf(`---\ntitle: A\n${line}\n---\n`)).toMatchObject({
      code: 'date-invalid',
      place: { file: 'post.md', ...place },
      hint,
    })
  })

  test('an impossible day in TOML, which its parser would move into March', async () => {
    expect(await problemOf('+++\ntitle = "A"\ndate = 2026-02-31\n+++\n')).toMatchObject({
      code: 'date-invalid',
      place: { line: 3, column: 8 },
      got: '"2026-02-31"',
    })
  })

  test('an unclosed fence', async () => {
    expect(await problemOf(`---\ntitle: A\n${dated}\n\n# Heading\n\nText`)).toMatchObject({
      code: 'front-matter-fence',
      place: { file: 'post.md', line: 1, column: 1 },
      hint: 'Add a line with --- after line 3, and nothing else on it.',
    })
  })

  test('all mistakes of all files come back from one reading', async () => {
    const dir = await createTempFolder({
      'a.md': '---\ntitle: [x]\ndate: never\nupdated: 2026-02-30\nslug: ../x\n---\n',
      'b.md': '---\ntitle: "x\n---\n',
      'c/d.md': `---\ntitle: x\n${dated}\n---\n`,
    })
    const { posts, broken } = await readPosts(readOptionsOf(dir))
    expect(posts.map(post => post.file)).toEqual(['c/d.md'])
    expect(broken.map(({ file, problems }) => [file, problems.map(problem => problem.code)])).toEqual([
      ['a.md', ['date-invalid', 'slug-invalid', 'field-invalid', 'date-invalid']],
      ['b.md', ['front-matter-syntax']],
    ])
  })
})

describe('row 16: a broken post read twice', () => {
  test.each([
    ['YAML', '---\ntitle: "a\n---\n'],
    ['TOML', '+++\ntitle = a\n+++\n'],
    ['code', '---js\n{}\n---\n'],
    ['a date', '---\ntitle: a\ndate: 2026-02-31\n---\n'],
  ])('gives the same error twice: %s', async (_, text) => {
    const dir = await createTempFolder({ 'content/post.md': text })
    const options = readOptionsOf(path.join(dir, 'content'), { cacheDir: path.join(dir, '.cache') })
    const first = await readPosts(options)
    expect(first.broken).toHaveLength(1)
    expect(await readPosts(options)).toEqual(first)
    expect(await readPosts({ ...options, cacheDir: null })).toEqual(first)
  })
})

describe('row 17: encodings and line ends', () => {
  test.each([
    ['a byte order mark', `\ufeff---\ntitle: Grüße\n${dated}\n---\nbody\n`],
    ['two byte order marks', `\ufeff\ufeff---\ntitle: Grüße\n${dated}\n---\nbody\n`],
    ['CRLF', `---\r\ntitle: Grüße\r\n${dated}\r\n---\r\nbody\r\n`],
    ['no line break at the end', `---\ntitle: Grüße\n${dated}\n---\nbody`],
    ['no body', `---\ntitle: Grüße\n${dated}\n---`],
    ['a blank line first', `\n\r\n---\ntitle: Grüße\n${dated}\n---\nbody`],
  ])('%s is read', async (_, text) => {
    expect(await postOf(text)).toMatchObject({ title: 'Grüße', publishedAt: { day: '2026-02-26' } })
  })

  test('Latin-1 is refused by the byte', async () => {
    expect(await problemOf(Buffer.from(`---\ntitle: Caf\u00e9\n${dated}\n---\n`, 'latin1'))).toMatchObject({
      code: 'file-not-utf8',
      message: 'the file is not UTF-8: byte 0xe9 at offset 14',
      place: { file: 'post.md', line: 2, column: 11 },
      got: '0xe9, which is é in Latin-1',
    })
  })

  test('a wrong byte counts from the first byte, after characters of several', async () => {
    const text = Buffer.concat([Buffer.from('---\ntitle: "\ufffd€😀'), Buffer.from([0xc3, 0x28]), Buffer.from(`"\n${dated}\n---\n`)])
    expect((await problemOf(text)).message).toBe('the file is not UTF-8: byte 0xc3 at offset 22')
  })

  test('UTF-16 is refused', async () => {
    expect(await problemOf(Buffer.from(`\ufeff---\ntitle: a\n${dated}\n---\n`, 'utf16le'))).toMatchObject({
      code: 'file-not-utf8',
      message: 'the file is UTF-16, not UTF-8',
    })
  })

  test('a wrong byte in the body is refused where the body is read, wherever it stands', async () => {
    for (const blanks of [10, 9000, 70_000]) {
      const head = `---\ntitle: a\n${dated}\n---\n${' '.repeat(blanks)}`
      const dir = await createTempFolder({ 'post.md': Buffer.concat([Buffer.from(head), Buffer.from([0xe9])]) })
      const options = readOptionsOf(dir)
      const { posts, broken } = await readPosts(options)
      expect(broken).toEqual([])
      const full = await readFullPosts(posts, options)
      expect(full.broken).toMatchObject([
        { day: '2026-02-26', problems: [{ code: 'file-not-utf8', message: `the file is not UTF-8: byte 0xe9 at offset ${head.length}` }] },
      ])
    }
  })

  test('a character that lies across the first bytes read is no mistake', async () => {
    for (let shift = 0; shift < 4; shift++) {
      const post = await postOf(`---\ntitle: a\ndescription: "${'x'.repeat(8100 + shift)}${'😀'.repeat(40)}"\n${dated}\n---\nbody`)
      expect(post.description?.endsWith('😀😀')).toBe(true)
    }
  })
})
