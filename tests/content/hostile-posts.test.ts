import { access, mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanLine } from '../../src/content/clean-text.ts'
import { readPosts } from '../../src/content/read-posts.ts'
import { createTempFolder } from '../temp-folder.ts'
import { readOptionsOf } from './read-options-of.ts'
import { dated, postOf, problemOf } from './read-small.ts'

describe('row 6: braces of templates', () => {
  test.each(['{{secret}}', '{{#each', '{{{', '{% raw %}', '<%= x %>'])('%s in a title stays text', async title => {
    expect((await postOf(`---\ntitle: '${title}'\n${dated}\n---\n`)).title).toBe(title)
  })
})

describe('row 7: markup in fields', () => {
  test.each(['<img src=x onerror=1>', '"><script>alert(1)</script>'])(
    '%s in a title stays as it is, to be escaped where it is shown',
    async title => {
      expect((await postOf(`---\ntitle: '${title}'\n${dated}\n---\n`)).title).toBe(title)
    },
  )
})

describe('row 9: characters that must not be shown', () => {
  test.each([
    ['an override', 'A\u202eB', 'AB'],
    ['isolates', 'A\u2066B\u2069', 'AB'],
    ['a byte order mark', 'A\ufeffB', 'AB'],
    ['a joiner inside an emoji', '👩\u200d🚀', '👩\u200d🚀'],
    ['a joiner inside Persian', 'می\u200cشود', 'می\u200cشود'],
    ['a mark of direction', 'A\u200eB', 'A\u200eB'],
  ])('%s in title, tags and author', async (_, given, shown) => {
    const post = await postOf(`---\ntitle: "${given}"\nauthor: "${given}"\ntags: ["${given}"]\ncategory: "${given}"\n${dated}\n---\n`)
    expect([post.title, post.authors, post.tags, post.category]).toEqual([shown, [shown], [shown], shown])
  })

  test.each([
    ['NUL', '\\0'],
    ['a bell', '\\a'],
    ['a lone surrogate', '\\ud800'],
    ['a line separator', '\\u2028'],
  ])('%s written as an escape leaves a clean line', async (_, written) => {
    expect((await postOf(`---\ntitle: "A${written}B"\n${dated}\n---\n`)).title).toMatch(/^A ?B$/)
  })

  test('a control character itself is refused where it stands', async () => {
    expect(await problemOf(`---\n${dated}\ntitle: A\n\u0002\ntags: [b]\n---\n`)).toMatchObject({
      message: 'the front matter holds the control character U+0002',
      place: { line: 4, column: 1 },
    })
    expect(await problemOf(`---\ntitle: "A\u0000B"\n${dated}\n---\n`)).toMatchObject({
      code: 'front-matter-syntax',
      place: { line: 2, column: 10 },
    })
  })

  test('text of any kind comes out as one well-formed line without controls', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\n', '\u202e', '\ud800', '\0', '👩‍🚀', '\u200c', '\u0085', '  '))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
        const line = cleanLine(pieces.join(''))
        expect(line.isWellFormed()).toBe(true)
        expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]| {2}/u)
        expect(cleanLine(line)).toBe(line)
      }),
    )
  })
})

describe('row 11: names that JavaScript gives a meaning', () => {
  test('__proto__, constructor and toString are fields like others', async () => {
    const post = await postOf(
      `---\n__proto__:\n  draft: true\n  featured: true\nconstructor: x\ntitle: Hello\ntoString: x\n${dated}\ntags: [__proto__, constructor]\n---\n`,
    )
    expect(post).toMatchObject({ title: 'Hello', hidden: null, featured: false, tags: ['__proto__', 'constructor'] })
    expect(({} as Record<string, unknown>).draft).toBeUndefined()
  })

  test('an author called constructor is an author', async () => {
    expect((await postOf(`---\ntitle: a\nauthor: constructor\n${dated}\n---\n`)).authors).toEqual(['constructor'])
  })
})

describe('row 13: front matter that is code', () => {
  test.each(['---js', '---javascript', '--- javascript', '---JS', '---coffee', '---coffeescript', '---cson', '---ts', '---node'])(
    '%s is refused by name and nothing runs',
    async fence => {
      const text = `${fence}\n{ title: 'x', date: (globalThis.ran = true, '2026-01-01') }\n---\nbody`
      const problem = await problemOf(text)
      expect(problem).toMatchObject({ code: 'front-matter-executable', place: { file: 'post.md', line: 1, column: 4 } })
      expect(problem.message).toContain(`"${fence.replace(/^---\s*/, '').toLowerCase()}"`)
      expect('ran' in globalThis).toBe(false)
    },
  )
})

describe('row 14: front matter made to exhaust', () => {
  const bomb = (levels: number) =>
    [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...Array.from(
        { length: levels },
        (_, level) => `${'bcdefghijk'[level]}: &${'bcdefghijk'[level]} [${Array(9).fill(`*${'abcdefghij'[level]}`).join(', ')}]`,
      ),
    ].join('\n')

  test.each([
    ['an alias bomb', `---\ntitle: x\n${dated}\n${bomb(9)}\n---\n`],
    ['tags that are an alias bomb', `---\ntitle: x\n${dated}\n${bomb(8)}\ntags: *i\n---\n`],
    ['lists 20,000 deep', `---\ntitle: x\n${dated}\na: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n---\n`],
    ['maps 20,000 deep', `---\ntitle: x\n${dated}\na: ${'{a: '.repeat(20_000)}1${'}'.repeat(20_000)}\n---\n`],
    ['TOML lists 20,000 deep', `+++\ntitle = "x"\ndate = 2026-02-26\na = ${'['.repeat(20_000)}${']'.repeat(20_000)}\n+++\n`],
    ['TOML names 20,000 deep', `+++\ntitle = "x"\ndate = 2026-02-26\n${'a.'.repeat(20_000)}a = 1\n+++\n`],
    ['JSON lists 20,000 deep', `---json\n{"title":"x","date":"2026-02-26","a":${'['.repeat(20_000)}${']'.repeat(20_000)}}\n---\n`],
    ['too many aliases', `---\ntitle: &t x\n${dated}\na: [${Array(300).fill('*t').join(', ')}]\n---\n`],
    ['10,000 blank lines', `---\ntitle: x\n${dated}\n${'\n'.repeat(10_000)}a: b\n---\n`],
    ['front matter of 300 kB', `---\ntitle: x\n${dated}\na: ${'x'.repeat(300 * 1024)}\n---\n`],
    ['front matter of 3 MB', `---\ntitle: x\n${dated}\na: ${'x'.repeat(3 * 1024 * 1024)}\n---\n`],
  ])('%s is refused', async (_, text) => {
    const dir = await createTempFolder({ 'post.md': text })
    const { broken } = await readPosts(readOptionsOf(dir))
    expect(broken).toMatchObject([{ day: '2026-02-26', problems: [{ code: 'front-matter-too-complex' }] }])
  })

  test('a post of 50 MB is refused without reading it', async () => {
    const dir = await createTempFolder({
      'post.md': Buffer.concat([Buffer.from(`---\ntitle: x\n${dated}\n---\n`), Buffer.alloc(50 * 1024 * 1024, 'x')]),
    })
    const before = process.memoryUsage().arrayBuffers
    const { broken } = await readPosts(readOptionsOf(dir))
    expect(broken).toMatchObject([{ day: '2026-02-26', problems: [{ code: 'file-too-large', got: '50 MB' }] }])
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5 * 1024 * 1024)
  })

  test('a post of 4 MB is read, and its list entry without its body', async () => {
    const post = await postOf(`---\ntitle: x\n${dated}\n---\n${'Words and words. '.repeat(250_000)}`)
    expect(post.words).toBe(750_000)
  })

  const run = (character: string) => character.repeat(200_000)
  test.each([
    ['a link that never closes, as author', `title: a\nauthor: '[a](${run('x')}'`, 'a'],
    ['slashes in a former address', `title: a\naliases: ['a${run('/')}x']`, 'a'],
    ['blanks inside a heading that is the title', `tags: [a]\n---\n# a${run(' ')}b`, 'a'],
  ])('200,000 characters cost no more than they should: %s', async (_, fields, title) => {
    expect((await postOf(`---\n${dated}\n${fields}\n---\n`)).title).toBe(title)
  })

  test.each([
    ['dashes in a slug', `title: a\nslug: 'é!${run('-')}?x'`, 'slug-invalid'],
    ['slashes in a slug', `title: a\nslug: 'a${run('/')}?x'`, 'slug-invalid'],
    ['blanks in front of a field that stands twice', `a${run(' ')}b\ntitle: a\ntitle: a`, 'front-matter-syntax'],
  ])('200,000 characters cost no more than they should where they are refused: %s', async (_, fields, code) => {
    expect(await problemOf(`---\n${dated}\n${fields}\n---\n`)).toMatchObject({ code })
  })

  test('aliases and merges in good measure are read', async () => {
    const post = await postOf(`---\nbase: &base\n  name: Ana\nauthor:\n  <<: *base\n  url: x\ntitle: Hello\n${dated}\n---\n`)
    expect(post.authors).toEqual(['Ana'])
  })
})

describe('row 18: markup in a description', () => {
  test('is text', async () => {
    const post = await postOf(`---\ntitle: a\n${dated}\ndescription: 'x </mj-text><mj-include path="/etc/passwd"/> y'\n---\n`)
    expect(post.description).not.toContain('root:')
    expect(post.description).toMatch(/^x .*y$/)
  })
})

describe('row 19: pictures that lead astray', () => {
  test.each([
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
    '//evil.test/x.png',
    'http://169.254.169.254/x.png',
    'http://localhost/x.png',
    '@/assets/x.png',
  ])('%s is left out', async image => {
    expect((await postOf(`---\ntitle: a\n${dated}\nimage: "${image}"\n---\n`)).image).toBeNull()
  })

  test('the next picture takes the place of one left out', async () => {
    expect((await postOf(`---\ntitle: a\n${dated}\nogImage: "data:x"\ncover: /c.png\n---\n`)).image?.src).toBe('https://blog.example/c.png')
  })
})

describe('row 20: slugs that climb', () => {
  test.each(['../../etc/passwd', '..', 'a/../../b', '%2e%2e/x', 'a\\..\\b', 'https://evil.test/x'])('%s is refused', async slug => {
    const problem = await problemOf(`---\ntitle: a\nslug: '${slug}'\n${dated}\n---\n`)
    expect(problem).toMatchObject({ code: 'slug-invalid', place: { line: 3, column: 7 } })
    expect(problem.hint).toMatch(/^Write slug: [\w.-]+$/)
  })

  test('a permalink that climbs is refused', async () => {
    expect(await problemOf(`---\ntitle: a\npermalink: /a/../../b\n${dated}\n---\n`)).toMatchObject({ code: 'url-invalid' })
  })

  test('a file name with a control character is refused', async () => {
    const dir = await createTempFolder({ '2026-02-26-a\nb.md': `---\ntitle: a\n---\n` })
    const { posts, broken } = await readPosts(readOptionsOf(dir))
    expect(posts).toEqual([])
    expect(broken).toMatchObject([{ day: '2026-02-26', problems: [{ code: 'slug-invalid', place: { file: '2026-02-26-a\ufffdb.md' } }] }])
  })
})

describe('row 23: one slug twice', () => {
  test('two posts of one language: both are broken, by one problem that names both', async () => {
    const dir = await createTempFolder({
      'a.md': `---\ntitle: A\nslug: same\ndate: 2026-02-01\n---\n`,
      'b.md': `---\ntitle: B\nslug: same\ndate: 2026-03-01\n---\n`,
      'c.md': `---\ntitle: C\nslug: same\nlang: de\ndate: 2026-03-01\n---\n`,
      'd.md': `---\ntitle: D\nslug: same\ndraft: true\ndate: 2026-03-01\n---\n`,
    })
    const { posts, broken } = await readPosts(readOptionsOf(dir))
    expect(posts.map(post => post.file)).toEqual(['c.md', 'd.md'])
    expect(broken).toMatchObject([
      {
        file: 'a.md',
        day: '2026-02-01',
        problems: [{ code: 'slug-duplicate', place: { file: 'a.md' }, message: 'the slug "same" (language en) is also the slug of b.md' }],
      },
      {
        file: 'b.md',
        day: '2026-03-01',
        problems: [{ code: 'slug-duplicate', place: { file: 'a.md' }, message: 'the slug "same" (language en) is also the slug of b.md' }],
      },
    ])
    expect(new Set(broken.flatMap(post => post.problems)).size).toBe(1)
  })
})

describe('a content folder that is not what it seems', () => {
  test('a link that leads back is followed once', async () => {
    const dir = await createTempFolder({ 'a/post.md': `---\ntitle: A\n${dated}\n---\n` })
    await symlink(dir, path.join(dir, 'a', 'again'))
    expect((await readPosts(readOptionsOf(dir))).posts.map(post => post.file)).toEqual(['a/post.md'])
  })

  test('links to files are read, and links to nothing are passed over', async () => {
    const dir = await createTempFolder({ 'content/x.txt': '', 'elsewhere/post.md': `---\ntitle: A\n${dated}\n---\n` })
    await symlink(path.join(dir, 'elsewhere', 'post.md'), path.join(dir, 'content', 'post.md'))
    await symlink(path.join(dir, 'nowhere.md'), path.join(dir, 'content', 'gone.md'))
    await symlink('circle.md', path.join(dir, 'content', 'circle.md'))
    const { posts, broken } = await readPosts(readOptionsOf(path.join(dir, 'content')))
    expect([posts.map(post => post.file), broken]).toEqual([['post.md'], []])
  })

  test('a folder called like a post holds posts', async () => {
    const dir = await createTempFolder({ 'a.md/index.md': `---\ntitle: A\n${dated}\n---\n` })
    expect((await readPosts(readOptionsOf(dir))).posts).toMatchObject([{ slug: 'a.md' }])
  })

  test('a folder that is missing, or holds no post, is an error of the configuration', async () => {
    const dir = await createTempFolder()
    await expect(readPosts(readOptionsOf(path.join(dir, 'nothing'), { displayRoot: dir }))).rejects.toMatchObject({
      code: 'content-missing',
      message: 'the content folder nothing cannot be read',
    })
    await mkdir(path.join(dir, 'empty'))
    await writeFile(path.join(dir, 'empty', '_index.md'), '')
    const cacheDir = path.join(dir, '.cache')
    await expect(readPosts(readOptionsOf(path.join(dir, 'empty'), { displayRoot: dir, cacheDir }))).rejects.toMatchObject({
      code: 'content-missing',
      message: 'the content folder empty holds no Markdown file',
    })
    await expect(access(cacheDir)).rejects.toMatchObject({ code: 'ENOENT' })
    await writeFile(path.join(dir, 'file'), '')
    await expect(readPosts(readOptionsOf(path.join(dir, 'file')))).rejects.toMatchObject({ code: 'content-missing' })
  })
})
