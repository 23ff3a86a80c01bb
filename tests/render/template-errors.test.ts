import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { checkMjml } from '../../src/render/check-mjml.ts'
import { compileMjml } from '../../src/render/compile-mjml.ts'
import { readTemplates } from '../../src/render/read-templates.ts'
import { createTempFolder } from '../temp-folder.ts'
import { editionOf, itemOf } from './edition-fixture.ts'
import { partsOf, renderFixture } from './rendered.ts'

const body = (inner: string) =>
  `<mjml>\n  <mj-body>\n    <mj-section>\n      <mj-column>\n${inner}\n      </mj-column>\n    </mj-section>\n  </mj-body>\n</mjml>\n`

/** The problems that rendering with these own files is refused with. */
async function problemsWith(files: Record<string, string>) {
  const userDir = await createTempFolder(files)
  const refused: unknown = await renderFixture(editionOf({ items: [itemOf(), itemOf({ slug: 'b' })] }), { userDir }).catch(
    (error: unknown) => error,
  )
  if (!(refused instanceof UserError)) throw new Error(`Not refused: ${String(refused)}`)
  return refused.problems
}

describe('readTemplates()', () => {
  it.each(['/etc/passwd', '../weekly', 'weekly/..', '..', '.', '', 'partials', 'messages', 'confirm', 'weekly\0', 'nope'])(
    'refuses %j as the name of a template',
    async template => {
      const userDir = await createTempFolder({ 'mine/email.mjml.hbs': '' })
      const refused = await readTemplates({ userDir, template, displayRoot: userDir }).catch((error: unknown) => error)
      expect(refused).toMatchObject({
        code: 'template-missing',
        problems: [{ expected: 'the plain name of a folder: brief, mine, spotlight, weekly' }],
      })
    },
  )

  it('proposes the nearest name', async () => {
    await expect(readTemplates({ userDir: null, template: 'weekli', displayRoot: '/' })).rejects.toMatchObject({
      problems: [{ hint: 'Did you mean "weekly"?' }],
    })
  })

  it('says which file an own template lacks, and where it was looked for', async () => {
    const userDir = await createTempFolder({ 'mine/email.mjml.hbs': '' })
    await expect(readTemplates({ userDir, template: 'mine', displayRoot: userDir })).rejects.toMatchObject({
      problems: [{ place: { file: 'mine/email.txt.hbs' }, expected: 'mine/email.txt.hbs or news-digest/templates/mine/email.txt.hbs' }],
    })
  })

  it('takes an own file in place of the shipped one, and the shipped ones beside it', async () => {
    const userDir = await createTempFolder({
      'partials/footer.txt.hbs': 'Bye from {{publication.name}}. {{merge "unsubscribeUrl"}}',
      'weekly/notes.md': '',
    })
    const { text, html } = await partsOf(editionOf(), { userDir })
    expect(text).toContain('Bye from The Tidewater Letter. https://letter.example/unsubscribe/abc')
    expect(html).toContain('Preferences')
  })

  it('reads an own folder that does not exist as empty', async () => {
    expect((await readTemplates({ userDir: '/nowhere/at/all', template: 'brief', displayRoot: '/' })).name).toBe('brief')
  })

  it('reads a template with a byte order mark and Windows line ends', async () => {
    const userDir = await createTempFolder({ 'partials/header.txt.hbs': '\uFEFFHead\r\n{{typo}}\r\n' })
    const { textPartials } = await readTemplates({ userDir, template: 'weekly', displayRoot: userDir })
    expect(textPartials.header).toEqual({ file: 'partials/header.txt.hbs', source: 'Head\n{{typo}}\n' })
  })
})

describe('renderEmail() with a faulty template', () => {
  it('names file and line of every unknown field, in HTML and text at once', async () => {
    const problems = await problemsWith({ 'weekly/email.mjml.hbs': body('{{#if typo}}\n{{/if}}'), 'weekly/email.txt.hbs': 'x\n{{typa}}' })
    expect(problems.map(problem => problem.place)).toEqual([
      { file: 'weekly/email.mjml.hbs', line: 5, column: 7 },
      { file: 'weekly/email.txt.hbs', line: 2, column: 3 },
    ])
  })

  it('names the line of an unclosed mj tag, counted in the template and not in what it was filled to', async () => {
    const source = body('{{#each all}}\n<mj-text>{{title}}</mj-text>\n{{/each}}\n  <mj-text>never closed')
    const problems = await problemsWith({ 'weekly/email.mjml.hbs': source })
    expect(problems).toMatchObject([
      {
        code: 'template-mjml-invalid',
        message: '<mj-text> is never closed',
        place: { file: 'weekly/email.mjml.hbs', line: 8, column: 3 },
      },
    ])
  })

  it('names the partial and its line', async () => {
    const problems = await problemsWith({
      'partials/footer.mjml.hbs': '\n<mj-section>\n  {{#if publication.address}}\n  <mj-colum></mj-colum>\n  {{/if}}\n</mj-section>',
    })
    expect(problems).toMatchObject([{ code: 'template-mjml-invalid', place: { file: 'partials/footer.mjml.hbs', line: 4 } }])
    expect(problems[0].message).toContain('<mj-colum>')
  })

  it('refuses attributes that MJML does not have', async () => {
    const problems = await problemsWith({ 'weekly/email.mjml.hbs': body('<mj-text\n colour="red">x</mj-text>') })
    expect(problems).toMatchObject([{ code: 'template-mjml-invalid', place: { file: 'weekly/email.mjml.hbs', line: 5 } }])
  })

  it('refuses a template without a body', async () => {
    expect(await problemsWith({ 'weekly/email.mjml.hbs': '<mjml></mjml>' })).toMatchObject([
      { code: 'template-mjml-invalid', place: { file: 'weekly/email.mjml.hbs' } },
    ])
    expect(await problemsWith({ 'weekly/email.mjml.hbs': 'words' })).toMatchObject([{ code: 'template-mjml-invalid' }])
  })

  it('refuses a merge field where no value can be escaped, with its line', async () => {
    const problems = await problemsWith({ 'weekly/email.mjml.hbs': body('<mj-text>\n<p style="color:{{merge "name"}}">x</p></mj-text>') })
    expect(problems).toMatchObject([
      { code: 'template-syntax', message: 'the merge field "name" stands in the attribute style', place: { line: 6 } },
    ])
  })

  it('refuses a missing partial and an mj-include', async () => {
    expect(await problemsWith({ 'weekly/email.mjml.hbs': body('{{> gone}}') })).toMatchObject([
      { code: 'template-missing', place: { line: 5, column: 1 } },
    ])
    expect(await problemsWith({ 'weekly/email.mjml.hbs': body('<mj-include path="/etc/passwd" />') })).toMatchObject([
      { message: '<mj-include> is not supported' },
    ])
  })
})

describe('checkMjml()', () => {
  it.each([
    '<mjml><mj-body><mj-text>a<br>b<p>c<p>d<ul><li>e</ul></mj-text><mj-image src="x" /></mj-body></mjml>',
    '<mj-raw><!--[if mso]><table><tr><td><![endif]--><div></mj-raw><mj-raw></div></mj-raw>',
    '<mj-style>a > b { content: "<b>" }</mj-style>',
    '<mj-text title="a > b"><a href=\'x\'>y</a></mj-text>',
    '<!-- <mj-text> -->',
  ])('finds nothing wrong with %s', mjml => {
    expect(checkMjml(mjml)).toEqual([])
  })

  it.each([
    ['<mj-text>a', '<mj-text> is never closed', 0],
    ['<mj-column><mj-text>a</mj-column>', '<mj-text> is never closed', 11],
    ['<mj-text></mj-text></mj-text>', '</mj-text> closes a tag that is not open', 19],
    ['<mj-text><b>a</mj-text>', '<b> is never closed', 9],
    ['<mj-text color="red" <p>', 'the tag <mj-text does not end', 0],
    ['<mj-text color="red>x</mj-text>', 'the tag <mj-text does not end', 0],
  ])('finds what is wrong with %s', (mjml, message, offset) => {
    expect(checkMjml(mjml)[0]).toMatchObject({ message, offset })
  })
})

describe('compileMjml()', () => {
  it('reads no .mjmlconfig of the working directory, and runs nothing that one names', async () => {
    const folder = await createTempFolder({
      '.mjmlconfig': JSON.stringify({ packages: ['./evil.js'], options: { beautify: true } }),
      'evil.js': 'require("node:fs").writeFileSync("ran", "")',
      'run.mjs': `import { existsSync } from 'node:fs'
        import { compileMjml } from ${JSON.stringify(new URL('../../src/render/compile-mjml.ts', import.meta.url).href)}
        console.log((await compileMjml('<mjml><mj-body></mj-body></mjml>')).kind, existsSync('ran'))`,
    })
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(folder, 'run.mjs')], { cwd: folder })
    expect([stdout.trim(), stderr]).toEqual(['compiled false', ''])
  })

  it('compiles whatever nonsense a .mjmlconfig holds', async () => {
    const folder = await createTempFolder({
      '.mjmlconfig': '{ not json',
      'run.mjs': `import { compileMjml } from ${JSON.stringify(new URL('../../src/render/compile-mjml.ts', import.meta.url).href)}
        console.log((await compileMjml('<mjml><mj-body></mj-body></mjml>')).kind)`,
    })
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(folder, 'run.mjs')], { cwd: folder })
    expect([stdout.trim(), stderr]).toEqual(['compiled', ''])
  })

  it('inlines styles and sets attributes where a template asks for it, though what does that is loaded only then', async () => {
    const head =
      '<mj-head><mj-style inline="inline">.a { color: green }</mj-style><mj-html-attributes><mj-selector path=".x div"><mj-html-attribute name="data-x">1</mj-html-attribute></mj-selector></mj-html-attributes></mj-head>'
    const body = '<mj-body><mj-section><mj-column><mj-text css-class="x"><p class="a">b</p></mj-text></mj-column></mj-section></mj-body>'
    const compiled = await compileMjml(`<mjml>${head}${body}</mjml>`)
    expect(compiled).toMatchObject({
      kind: 'compiled',
      html: expect.stringMatching(/data-x="1"[\s\S]*<p class="a" style="color: green;">/),
    })
  })

  it('gives the working directory back', async () => {
    const before = process.cwd()
    await compileMjml('<mjml><mj-body></mj-body></mjml>')
    expect(process.cwd()).toBe(before)
  })
})
