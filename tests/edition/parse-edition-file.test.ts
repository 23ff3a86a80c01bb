import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from './file-of.ts'

const front = (yaml: string, body = '') => `---\n${yaml}\n---\n${body}`

describe('parseEditionFile()', () => {
  test('reads everything that an editor may say', async () => {
    const { file, problems } = await parse(
      front(
        [
          'status: sent',
          'sentAt: 2026-02-09T09:30:00+01:00',
          'published: true',
          'subject: "Tides: a beginner’s week"',
          'preheader: Four stories from the harbour.',
          'template: brief',
          'language: de',
          'items:',
          '  - tide-tables # the opening story',
          '  - slug: lamps',
          '    title: Lamps again',
          '    lead: >-',
          '      A lamp is',
          '      a promise.',
          '    image: /pictures/lamp.png',
          '    imageAlt: A lamp',
          '    canonical: https://elsewhere.example/lamps',
          '    updatedAt: 2026-02-04',
          '  - 2026',
          'dropped: [ropes]',
          'sponsor: { name: Rope Ltd, url: https://rope.example/, text: "**Strong** rope." }',
          'window: { from: 2026-02-02, to: 2026-02-08 }',
        ].join('\n'),
        '\nDear reader,\n\nit rained.\n',
      ),
    )
    expect(problems).toEqual([])
    expect(file).toEqual({
      file: 'content/editions/2026-w06.md',
      id: '2026-w06',
      status: 'sent',
      sentAt: '2026-02-09T08:30:00.000Z',
      published: true,
      subject: 'Tides: a beginner’s week',
      subjects: null,
      split: null,
      preheader: 'Four stories from the harbour.',
      template: 'brief',
      language: 'de',
      intro: 'Dear reader,\n\nit rained.',
      sponsor: { name: 'Rope Ltd', url: 'https://rope.example/', text: '**Strong** rope.', image: null },
      items: [
        { slug: 'tide-tables', line: 10, title: null, lead: null, image: null, canonical: null, updatedAt: null },
        {
          slug: 'lamps',
          line: 11,
          title: 'Lamps again',
          lead: 'A lamp is a promise.',
          image: { src: 'https://harbour.example/pictures/lamp.png', alt: 'A lamp' },
          canonical: 'https://elsewhere.example/lamps',
          updatedAt: '2026-02-03T23:00:00.000Z',
        },
        { slug: '2026', line: 20, title: null, lead: null, image: null, canonical: null, updatedAt: null },
      ],
      dropped: ['ropes'],
      window: { from: '2026-02-01T23:00:00.000Z', to: '2026-02-08T23:00:00.000Z' },
    })
  })

  test.each([
    ['an introduction alone', 'Dear reader,\n', 'Dear reader,'],
    ['nothing', '', null],
    ['an empty front matter', '---\n---\nDear reader,', 'Dear reader,'],
    ['a byte order mark and CRLF', '\uFEFF---\r\nstatus: draft\r\n---\r\nDear reader,\r\n', 'Dear reader,'],
    ['keys left empty', front('subject:\npreheader: ""\nitems:\nsponsor:\ntemplate:', 'Dear reader,'), 'Dear reader,'],
  ])('reads a file with %s', async (_, text, intro) => {
    const { file, problems } = await parse(text)
    expect(problems).toEqual([])
    expect(file).toMatchObject({ status: 'draft', subject: null, preheader: null, template: null, items: null, sponsor: null, intro })
  })

  test.each([
    ['split: 20%', 0.2],
    ['split: "7 %"', 0.07],
    ['split: 0.2', 0.2],
    ['split: 1%', 0.01],
    ['split: 1', 1],
    ['split: 100%', 1],
    ['split:', 1],
    ['status: draft', 1],
  ])('reads two subjects to try, with %s', async (line, split) => {
    const { file, problems } = await parse(front(`subject: ""\nsubjects: ['First: tides', "Second"]\n${line}`))
    expect(problems).toEqual([])
    expect(file).toMatchObject({ subject: null, subjects: ['First: tides', 'Second'], split })
  })

  test('reads subjects left empty as none', async () => {
    expect(await parse(front('subject: One\nsubjects:\nsplit: ""'))).toMatchObject({
      file: { subject: 'One', subjects: null, split: null },
      problems: [],
    })
  })

  test.each([
    ["subjects: ['First']", 'two subjects to try'],
    ['subjects: [a, a, a]', 'two subjects to try'],
    ['subjects: []', 'two subjects to try'],
    ['subjects: First', 'a list'],
    ['subjects: [Tides, " tides "]', 'two subjects that differ'],
    ['subjects: [Tides, ""]', 'something that is not empty'],
    ['subjects: [Tides, "Hello\\r\\nBcc: a@evil.example"]', 'one line of text without control characters'],
    ['subjects: [Tides, "Hello \\u202Eolleh"]', 'one line of text without control characters'],
    ['subjects: [Tides, [7]]', 'a text'],
    ['subjects: [a, b]\nsplit: 20', 'a share from 1% to 100%'],
    ['subjects: [a, b]\nsplit: 0%', 'a share from 1% to 100%'],
    ['subjects: [a, b]\nsplit: 101%', 'a share from 1% to 100%'],
    ['subjects: [a, b]\nsplit: half', 'a share from 1% to 100%'],
    ['subjects: [a, b]\nsplit: [20%]', 'a text'],
    ['subjects: [a, b]\nsplit: .', 'a share from 1% to 100%'],
  ])('refuses %s', async (yaml, expected) => {
    const { file, problems } = await parse(front(yaml))
    expect(file).toBeNull()
    expect(problems).toMatchObject([
      {
        code: 'edition-file-invalid',
        severity: 'error',
        place: { line: yaml.split('\n').length + 1 },
        expected: expect.stringContaining(expected),
      },
    ])
  })

  test('refuses a subject beside two to try, with the lines of both, and a share of nothing', async () => {
    expect(await parse(front('subject: One\n\nsubjects: [Two, Three]'))).toMatchObject({
      file: null,
      problems: [{ severity: 'error', message: '"subject" (line 2) and "subjects" (line 4) cannot both be meant', place: { line: 4 } }],
    })
    expect(await parse(front('subject: One\nsplit: 20%'))).toMatchObject({
      file: null,
      problems: [{ severity: 'error', message: expect.stringContaining('there are no "subjects"'), place: { line: 3 } }],
    })
  })

  test('tells no items from an empty list of them', async () => {
    expect((await parse(front('items: []'))).file?.items).toEqual([])
  })

  test.each([
    ['a CR, an LF and a blank line', 'subject: "Hello\\r\\n\\r\\nBcc: a@evil.example"'],
    ['a line break of a block', 'subject: |\n  Hello\n  Bcc: a@evil.example'],
    ['an override', 'subject: "Hello \\u202Eolleh"'],
    ['a NUL', 'subject: "Hello\\0"'],
    ['a byte order mark inside', 'subject: "Hel\\uFEFFlo"'],
    ['an isolate', 'preheader: "Hello \\u2066x"'],
    ['a line separator', 'preheader: "Hello\\u2028x"'],
  ])('refuses a subject or preheader with %s, and names the line', async (_, line) => {
    const { file, problems } = await parse(front(`status: draft\n${line}`))
    expect(file).toBeNull()
    expect(problems).toMatchObject([
      {
        code: 'edition-file-invalid',
        severity: 'error',
        place: { file: 'content/editions/2026-w06.md', line: 3, column: 1 },
        expected: 'one line of text without control characters',
      },
    ])
    expect(problems[0]?.got).not.toMatch(/[\u202e\u2066]/)
  })

  test('keeps the joiners of emoji and Persian in a subject', async () => {
    const subject = 'می‌خوانیم 👩‍🚀'
    expect((await parse(front(`subject: ${subject}`))).file?.subject).toBe(subject)
  })

  test('keeps what looks like a merge field as text', async () => {
    expect((await parse(front('subject: "{{secret}} {{#each"'))).file?.subject).toBe('{{secret}} {{#each')
  })

  test('names unknown keys, with what was meant, also inside items and sponsor', async () => {
    const { problems } = await parse(
      front('sbject: x\nitems:\n  - slug: a\n    titl: b\nsponsor: {name: a, url: https://a.example/, alt: c}'),
    )
    expect(problems).toMatchObject([
      { message: '"sbject" is not a known setting', place: { line: 2 }, hint: 'Did you mean "subject"?' },
      { message: '"items.0.titl" is not a known setting', place: { line: 5 }, hint: 'Did you mean "title"?' },
      { message: '"sponsor.alt" is not a known setting', place: { line: 6 } },
    ])
  })

  test.each([
    ['status: published', 'one of draft, sent'],
    ['sentAt: 2026-02-31', 'a day or an instant, such as 2026-02-28'],
    ['template: /etc/passwd', 'a template'],
    ['template: ../x', 'a template'],
    ['language: "en us!"', 'a language tag'],
    ['items: one, two', 'a list'],
    ['items: [[a]]', 'a map'],
    ['items: [{ title: a }]', 'a text'],
    ['items: [{ slug: a, image: "javascript:alert(1)" }]', 'an address'],
    ['items: [{ slug: a, image: "//evil.example/x.png" }]', 'an address'],
    ['items: [{ slug: a, image: "http://169.254.169.254/x" }]', 'an address'],
    ['sponsor: { name: a, url: "data:text/html,x" }', 'an address'],
    ['sponsor: { name: a }', 'a text'],
    ['window: { from: 2026-02-09, to: 2026-02-02 }', 'a window that begins before it ends'],
    ['published: maybe', 'true or false'],
  ])('refuses %s', async (yaml, expected) => {
    const { file, problems } = await parse(front(yaml))
    expect(file).toBeNull()
    expect(problems[0]?.expected).toContain(expected)
    expect(problems[0]?.place).toMatchObject({ line: 2 })
  })

  test.each([
    ['---js\nmodule.exports = process.exit(1)\n---\n', 'front-matter-executable'],
    ['---\nstatus: draft\n', 'front-matter-fence'],
    ['---\nstatus: draft\nstatus: sent\n---\n', 'front-matter-syntax'],
    ['---\nsubject: "open\n---\n', 'front-matter-syntax'],
    ['---\nsponsor:\n\tname: x\n---\n', 'front-matter-syntax'],
    ['+++\nstatus = "draft"\n+++\n', 'edition-file-invalid'],
  ])('refuses %j', async (text, code) => {
    const { file, problems } = await parse(text)
    expect(file).toBeNull()
    expect(problems[0]).toMatchObject({ code, place: { file: 'content/editions/2026-w06.md' } })
    expect(await parse(text)).toEqual({ file, problems })
  })

  test('refuses an alias bomb without walking it', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`)
    const { file, problems } = await parse(front(['a0: &a0 [x, x]', ...lines].join('\n')))
    expect(file).toBeNull()
    expect(JSON.stringify(problems).length).toBeLessThan(20_000)
  })

  test('warns of a draft that says when it was sent, and of a sent one that does not say what it ran', async () => {
    expect((await parse(front('sentAt: 2026-02-09'))).problems).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('a draft') },
    ])
    const sent = await parse(front('status: sent'))
    expect(sent.file).toMatchObject({ status: 'sent', items: null })
    expect(sent.problems).toMatchObject([{ severity: 'warning', message: expect.stringContaining('what it ran') }])
  })

  test('answers any text with a file or with problems', async () => {
    const texts = fc.string({
      unit: fc.constantFrom('-', '\n', ' ', ':', 'a', '"', '[', '{', '&', '*', '!', '|', '#', 'items', 'subject', '\u202e'),
    })
    await fc.assert(
      fc.asyncProperty(texts, async text => {
        for (const each of [text, front(text)]) {
          const { file, problems } = await parse(each)
          expect(file === null).toBe(problems.some(problem => problem.severity === 'error'))
        }
      }),
      { numRuns: 300 },
    )
  })
})
