import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import PostalMime from 'postal-mime'
import { describe, expect, it, onTestFinished } from 'vitest'
import { buildEdition, joinSegments, readConfig, UserError, type WrittenBuild } from '../../src/index.ts'
import { createTempFolder } from '../temp-folder.ts'

const config = 'site:\n  name: Harbour Notes\n  url: https://harbour.example\n'

/** Builds 2026-w06 of a publication with the given posts (front matter values) and further files, in the process. */
async function build(posts: readonly Readonly<Record<string, unknown>>[], files: Readonly<Record<string, string>> = {}) {
  const written = posts.map((post, index) => [
    `content/post-${index}.md`,
    `---\n${JSON.stringify({ date: '2026-02-03', featured: true, ...post })}\n---\n\nText.\n`,
  ])
  const cwd = await createTempFolder({ 'news-digest.yaml': config, ...Object.fromEntries(written), ...files })
  const attempt = readConfig({ cwd }).then(read =>
    buildEdition({ config: read, window: { kind: 'edition', id: '2026-w06' }, now: new Date('2026-02-10') }),
  )
  return { cwd, attempt }
}

async function built(posts: Parameters<typeof build>[0], files?: Parameters<typeof build>[1]) {
  const { cwd, attempt } = await build(posts, files)
  const result = (await attempt) as WrittenBuild
  expect(result.kind).toBe('written')
  const read = (name: string) => readFile(path.join(cwd, 'out/2026-w06', name), 'utf8')
  const eml = await new PostalMime().parse(await readFile(path.join(cwd, 'out/2026-w06/email.eml')))
  return { result, eml, html: await read('index.html'), text: joinSegments(result.rendered.email.text, {}), raw: await read('email.eml') }
}

const lead = 'A whole sentence stands here for the lead.'

describe('hostile posts on their way into an email', () => {
  it.each([
    '{{unsubscribeUrl}} for free',
    'What {{#each means',
    'Three {{{ braces }}}',
    'A {{merge "name"}} field',
    '{{typo}} and {{constructor}}',
  ])('row 6: the title "%s" is literal text in HTML, text part and subject', async title => {
    const { html, text, eml } = await built([{ title, description: `${lead} It says ${title} again.` }])
    const escaped = title.replaceAll('"', '&quot;')
    expect(html).toContain(escaped)
    expect(text).toContain(title)
    expect(eml.subject).toBe(title)
    expect(html).not.toContain('unsubscribe/sample for free')
  })

  it.each(['<img src=x onerror=1>', '"><script>alert(1)</script>'])(
    'row 7: the title %s is escaped in HTML and raw in the text part',
    async title => {
      const { html, text } = await built([{ title: `Lamps ${title}`, description: lead }])
      expect(html).not.toMatch(/<script|<img[^>]*onerror/i)
      expect(text).toContain(`Lamps ${title}`)
    },
  )

  it('row 8: a title that looks like an encoded word stays literal', async () => {
    const title = 'Lamps =?utf-8?Q?=0D=0ABcc:_e@x.test?= burn'
    const { eml, raw } = await built([{ title, description: lead }])
    expect(eml.subject).toBe(title)
    expect(raw).not.toMatch(/^bcc:/im)
  })

  it('row 9: controls and bidirectional overrides are stripped; joiners inside emoji and Persian stay', async () => {
    const { html, text, eml } = await built([{ title: 'La\u0000mps \u202egnp.exe 👩‍🚒 می‌خوانم', description: lead }])
    for (const part of [html, text, eml.subject ?? '']) {
      for (const control of ['\u0000', '\u202e']) expect(part).not.toContain(control)
      expect(part).toContain('👩‍🚒 می‌خوانم')
    }
  })

  it('row 10: a word of 1,500 characters in title and link makes no line over 998 octets', async () => {
    const word = 'w'.repeat(1500)
    const { raw, eml, text } = await built([{ title: `Lamps ${word}`, description: lead, permalink: `/blog/${word}` }])
    expect(Math.max(...raw.split('\r\n').map(line => Buffer.byteLength(line)))).toBeLessThanOrEqual(998)
    expect(eml.subject).toContain('Lamps')
    expect(text).toContain(`/blog/${word}`)
  })

  it.each(['__proto__', 'constructor', 'toString'])('row 11: "%s" as title, category, tag and author is plain data', async name => {
    const { html, result } = await built([{ title: name, description: lead, category: name, tags: [name], author: name, [name]: name }])
    expect(html).toContain(name)
    expect(result.edition.items[0]?.post.category).toBe(name)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('row 18: MJML in a description is text and reads no file', async () => {
    const description = 'See </mj-text><mj-include path="/etc/passwd"/> in a whole sentence.'
    const { html, text } = await built([{ title: 'Lamps', description }])
    expect(html).toContain('&lt;/mj-text&gt;&lt;mj-include path=')
    expect(html).not.toContain('root:')
    expect(text).toContain(description)
  })

  it('row 19: links and pictures to places nobody asked for are dropped, their text is kept, and nothing is requested', async () => {
    let requests = 0
    const server = createServer((_, response) => response.end(String(++requests))).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const intro = '[run](javascript:alert(1)) [data](data:text/html,x) [evil](//evil.test/x) [kept](/about)'
    const { html } = await built(
      [
        { title: 'Lamps', description: lead, image: `http://127.0.0.1:${port}/x.png` },
        { title: 'Ropes', description: 'Another whole sentence stands here.', image: 'http://169.254.169.254/y.png' },
      ],
      {
        'content/editions/2026-w06.md': `---\nsubject: Hello\n---\n\n${intro}\n`,
      },
    )
    expect(html).not.toMatch(/javascript:|data:text|evil\.test|169\.254|127\.0\.0\.1/)
    for (const word of ['run', 'data', 'evil']) expect(html).toContain(word)
    expect(html).toContain('https://harbour.example/about')
    expect(requests).toBe(0)
  })
})

describe('hostile settings on their way into an email', () => {
  const posts = [{ title: 'Lamps', description: lead }]

  async function refused(attempt: Promise<unknown>): Promise<UserError> {
    const error = await attempt.then(
      () => null,
      reason => reason,
    )
    expect(error).toBeInstanceOf(UserError)
    return error
  }

  it('row 2: a subject with a line break is refused with its line', async () => {
    const { attempt, cwd } = await build(posts, {
      'content/editions/2026-w06.md': '---\nstatus: draft\nsubject: "Hello\\r\\n\\r\\nBcc: e@x.test"\n---\n',
    })
    expect((await refused(attempt)).problems[0]).toMatchObject({ place: { file: 'content/editions/2026-w06.md', line: 3 } })
    expect(existsSync(path.join(cwd, 'out'))).toBe(false)
  })

  it.each(['../../etc/passwd', 'a/../../b', '..', 'a\\..\\b'])('row 20: the slug "%s" is refused', async slug => {
    const { attempt } = await build([{ ...posts[0], slug }])
    expect((await refused(attempt)).code).toBe('slug-invalid')
  })

  it.each([
    ['{{typo}}', 'template-field-unknown', 'typo'],
    ['{{#if typo}}x{{/if}}', 'template-field-unknown', 'typo'],
    ['{{#if sponsor}}{{sponsor.typo}}{{/if}}', 'template-field-unknown', 'typo'],
    ['{{#each items}}{{titel}}{{/each}}', 'template-field-unknown', 'titel'],
    ['{{> nowhere}}', 'template-missing', 'nowhere'],
    ['{{#if intro}}', 'template-syntax', ''],
    ['<mj-section><mj-column>', 'template-mjml-invalid', ''],
    ['<mj-sektion></mj-sektion>', 'template-mjml-invalid', 'mj-sektion'],
  ])('row 24: a template with %s is refused with its file and line, and nothing is written', async (fault, code, named) => {
    const template = `<mjml lang="en" dir="ltr">\n<mj-head><mj-title>{{subject}}</mj-title></mj-head>\n<mj-body>\n${fault}\n</mj-body>\n</mjml>\n`
    const { attempt, cwd } = await build(posts, { 'templates/weekly/email.mjml.hbs': template })
    const [problem] = (await refused(attempt)).problems
    expect(problem).toMatchObject({ code, place: { file: 'templates/weekly/email.mjml.hbs', line: expect.any(Number) } })
    expect(JSON.stringify(problem)).toContain(named)
    expect(existsSync(path.join(cwd, 'out'))).toBe(false)
  })
})
