import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitFrontMatter } from '../../src/content/split-front-matter.ts'

function found(text: string) {
  const split = splitFrontMatter(text, true)
  if (split.kind !== 'found') throw new Error(`${split.kind}: ${JSON.stringify(text)}`)
  return { format: split.format, raw: split.raw, line: split.line, body: text.slice(split.body) }
}

describe('splitFrontMatter()', () => {
  test.each<[string, string, ReturnType<typeof found>]>([
    ['YAML', '---\ntitle: a\n---\nbody', { format: 'yaml', raw: 'title: a', line: 2, body: 'body' }],
    ['TOML', '+++\ntitle = "a"\n+++\nbody', { format: 'toml', raw: 'title = "a"', line: 2, body: 'body' }],
    ['JSON in semicolons', ';;;\n{"a":1}\n;;;\nbody', { format: 'json', raw: '{"a":1}', line: 2, body: 'body' }],
    ['JSON by name', '---json\n{"a":1}\n---\nbody', { format: 'json', raw: '{"a":1}', line: 2, body: 'body' }],
    ['JSON in braces', '{\n"a": "}\\"{"\n}\n\nbody', { format: 'json', raw: '{\n"a": "}\\"{"\n}', line: 1, body: '\nbody' }],
    ['TOML by name', '---toml\na = 1\n---\n', { format: 'toml', raw: 'a = 1', line: 2, body: '' }],
    ['Windows line ends', '---\r\ntitle: a\r\n---\r\nbody', { format: 'yaml', raw: 'title: a\r', line: 2, body: 'body' }],
    ['old Macintosh line ends', '---\rtitle: a\r---\rbody', { format: 'yaml', raw: 'title: a', line: 2, body: 'body' }],
    ['a byte order mark', '\ufeff---\ntitle: a\n---\nbody', { format: 'yaml', raw: 'title: a', line: 2, body: 'body' }],
    ['two byte order marks', '\ufeff\ufeff---\ntitle: a\n---\nbody', { format: 'yaml', raw: 'title: a', line: 2, body: 'body' }],
    ['blank lines before the fence', '\n \n---\ntitle: a\n---\nbody', { format: 'yaml', raw: 'title: a', line: 4, body: 'body' }],
    ['blanks after the fences', '--- \ntitle: a\n---\t\nbody', { format: 'yaml', raw: 'title: a', line: 2, body: 'body' }],
    ['no line break at the end', '---\ntitle: a\n---', { format: 'yaml', raw: 'title: a', line: 2, body: '' }],
    ['nothing between the fences', '---\n---\nbody', { format: 'yaml', raw: '', line: 2, body: 'body' }],
    [
      'a document closed by dots',
      '---\ntitle: a\n...\nbody\n---\nmore',
      { format: 'yaml', raw: 'title: a', line: 2, body: 'body\n---\nmore' },
    ],
    [
      'a rule in the body',
      '---\ntitle: a\n---\nbody\n\n---\n\nmore',
      { format: 'yaml', raw: 'title: a', line: 2, body: 'body\n\n---\n\nmore' },
    ],
    [
      'a value with a line that begins like a fence',
      '---\ntitle: "a\n---foo"\n---\nbody',
      { format: 'yaml', raw: 'title: "a\n---foo"', line: 2, body: 'body' },
    ],
    ['a longer rule inside', '---\na: |\n  x\n----\n---\nb', { format: 'yaml', raw: 'a: |\n  x\n----', line: 2, body: 'b' }],
  ])('finds %s', (_, text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  test.each([
    ['prose', 'Hello.\n'],
    ['an empty file', ''],
    ['a rule above prose', '---\n\nSome words.\n\n---\n\nMore.'],
    ['a rule alone', '---\n\nSome words about rules.'],
    ['a longer rule', '-----\n\nSome words.'],
    ['a list', '- one\n- two'],
    ['an MDX comment', '{/* a note */}\n\nText'],
    ['a shortcode', '{{< note >}}\nText'],
  ])('finds no front matter in %s', (_, text) => {
    expect(splitFrontMatter(text, true)).toEqual({ kind: 'none', body: 0 })
  })

  test.each([
    ['---\ntitle: a\n\nText', 'front-matter-fence', 'Add a line with --- after line 2, and nothing else on it.'],
    ['+++\ntitle = "a"\n', 'front-matter-fence', 'Add a line with +++ after line 2, and nothing else on it.'],
    ['---\ntitle: a\n--- x\nText', 'front-matter-fence', 'Add a line with --- after line 2, and nothing else on it.'],
    ['{\n"title": "a"', 'front-matter-fence', 'Add a line with } where the front matter ends.'],
    [
      '----\ntitle: a\n----\n',
      'front-matter-fence',
      'Write exactly ---, with nothing after it, on this line and on the line that closes the front matter.',
    ],
    [
      '--- # settings\ntitle: a\n---\n',
      'front-matter-fence',
      'Write exactly ---, with nothing after it, on this line and on the line that closes the front matter.',
    ],
  ])('refuses %j', (text, code, hint) => {
    expect(splitFrontMatter(text, true)).toMatchObject({ kind: 'refused', fault: { code, line: 1, hint } })
  })

  test('asks for more of a file that was cut inside its front matter', () => {
    for (const text of ['', '--', '---', '---\ntitle: a', '---\ntitle: a\n---', '{"a":', '+++\na = 1', '---\n# note', '\n\n'])
      expect(splitFrontMatter(text, false).kind).toBe('unfinished')
    expect(splitFrontMatter('---\ntitle: a\n---\n', false).kind).toBe('found')
    expect(splitFrontMatter('Hello', false).kind).toBe('none')
  })

  test('says the same of a beginning, once it is long enough, as of the whole file', () => {
    const line = fc.constantFrom(
      '---',
      '+++',
      '---js',
      '--- ',
      '...',
      'title: a',
      '  x',
      '',
      '# note',
      'words',
      '\ufeff',
      '{',
      '}',
      '"a": 1',
      '---foo',
      '\t',
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.nat(80), (lines, end, at) => {
        const text = lines.join(end)
        const beginning = splitFrontMatter(text.slice(0, at), at >= text.length)
        if (beginning.kind === 'unfinished') return
        const whole = splitFrontMatter(text, true)
        if (beginning.kind === 'none') expect(whole.kind === 'none' || !text.slice(0, at).includes('\n')).toBe(true)
        else expect({ ...beginning, body: 0 }).toEqual({ ...whole, body: 0 })
      }),
      { numRuns: 1000 },
    )
  })
})
