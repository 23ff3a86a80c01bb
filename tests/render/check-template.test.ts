import { describe, expect, it } from 'vitest'
import { checkTemplate } from '../../src/render/check-template.ts'
import type { Shape } from '../../src/render/shape.ts'
import { helperSignatures } from '../../src/render/template-helpers.ts'
import { viewShape } from '../../src/render/view-shape.ts'

function problemsOf(source: string, partials: Record<string, string> = {}, output: 'html' | 'text' = 'html') {
  const named = Object.entries(partials).map(([name, text]) => [name, { file: `templates/partials/${name}.mjml.hbs`, source: text }])
  return checkTemplate(
    { template: { file: 'templates/weekly/email.mjml.hbs', source }, partials: Object.fromEntries(named), output },
    viewShape,
  ).problems
}

describe('checkTemplate()', () => {
  it.each([
    '{{publication.name}} {{edition.dates}}',
    '{{#if opening}}{{opening.title}}{{else if items}}{{items.length}}{{else}}{{subject}}{{/if}}',
    '{{#each items}}{{title}} {{../subject}} {{@root.brand.accent}} {{@index}}{{#if @first}}!{{/if}}{{else}}{{subject}}{{/each}}',
    '{{#each items as |item place|}}{{item.title}} {{digits place}} {{#each item.points}}{{text}} {{item.slug}} {{../title}}{{/each}}{{/each}}',
    '{{#with opening}}{{this.title}} {{./title}} {{#with picture}}<img src="{{src}}">{{/with}}{{/with}}',
    '{{#each publication.addressLines}}{{this}}{{/each}}',
    '{{#if (and intro (not (eq direction "rtl")))}}{{html intro}}{{/if}}',
    '{{t "readingTime" count=edition.minutes}} {{merge "name" fallback=publication.name}}',
    '{{#each items}}{{#with @root.brand}}{{accent}} {{../title}} {{../../subject}}{{/with}}{{/each}}',
    '{{!-- {{typo}} --}}{{! note }}',
  ])('finds nothing wrong with %s', source => {
    expect(problemsOf(source)).toEqual([])
  })

  it.each([
    ['{{typo}}', 'typo'],
    ['{{#if typo}}x{{/if}}', 'typo'],
    ['{{#unless typo}}x{{/unless}}', 'typo'],
    ['{{#if intro}}{{else}}{{typo}}{{/if}}', 'typo'],
    ['{{#if intro}}{{else if typo}}x{{/if}}', 'typo'],
    ['{{#each items}}{{typo}}{{/each}}', 'typo'],
    ['{{#each items}}x{{else}}{{typo}}{{/each}}', 'typo'],
    ['{{#each items}}{{#each points}}{{../../typo}}{{/each}}{{/each}}', '../../typo'],
    ['{{#with opening}}{{subject}}{{/with}}', 'subject'],
    ['{{opening.typo.deep}}', 'opening.typo.deep'],
    ['{{@root.typo}}', '@root.typo'],
    ['{{#if (and intro (eq typo "x"))}}x{{/if}}', 'typo'],
    ['{{t "read" title=typo}}', 'typo'],
    ['{{merge "name" fallback=typo}}', 'typo'],
    ['{{#each typo}}x{{/each}}', 'typo'],
    ['{{constructor}}', 'constructor'],
    ['{{__proto__}}', '__proto__'],
    ['{{#with brand}}{{toString}}{{/with}}', 'toString'],
    ['{{title.length}}', 'title.length'],
  ])('finds the missing field of %s', (source, got) => {
    expect(problemsOf(source)).toMatchObject([{ code: 'template-field-unknown', severity: 'error', got }])
  })

  it('names file, line and column, and the nearest field', () => {
    expect(problemsOf('<mjml>\n  {{#each items}}\n    {{titl}}\n  {{/each}}\n</mjml>')).toMatchObject([
      { place: { file: 'templates/weekly/email.mjml.hbs', line: 3, column: 7 }, hint: 'Did you mean "title"?' },
    ])
  })

  it('says how to reach a field of the whole view', () => {
    expect(problemsOf('{{#each items}}{{publication}}{{/each}}')).toMatchObject([{ hint: 'Write @root.publication.' }])
  })

  it('finds all problems at once, in partials too, and each once', () => {
    const problems = problemsOf('{{typo}}{{> row}}{{> row}}{{#nope}}{{/nope}}', { row: '\n{{typa}}{{{subject}}}' })
    expect(problems.map(problem => `${problem.place?.file} ${problem.place?.line}:${problem.place?.column} ${problem.code}`)).toEqual([
      'templates/weekly/email.mjml.hbs 1:3 template-field-unknown',
      'templates/partials/row.mjml.hbs 2:3 template-field-unknown',
      'templates/partials/row.mjml.hbs 2:9 template-syntax',
      'templates/weekly/email.mjml.hbs 1:27 template-syntax',
    ])
  })

  it('checks a partial in the context it is included with, its arguments among the fields', () => {
    expect(problemsOf('{{#each items}}{{> row big=true}}{{/each}}', { row: '{{#if big}}{{title}}{{/if}}{{lead}}' })).toEqual([])
    expect(problemsOf('{{> row opening}}', { row: '{{title}}' })).toEqual([])
    expect(problemsOf('{{> row}}', { row: '{{title}}' })).toMatchObject([{ got: 'title' }])
    expect(problemsOf('{{#each items}}{{> row}}{{/each}}', { row: '{{#if big}}x{{/if}}' })).toMatchObject([
      { got: 'big', hint: 'Use one of the fields that exist, or give it wherever the partial is included: {{> row big=…}}.' },
    ])
    expect(problemsOf('{{#each items}}{{> row big=typo}}{{/each}}', { row: '{{title}}' })).toMatchObject([{ got: 'typo' }])
  })

  it('refuses a path that leads out of a partial', () => {
    expect(problemsOf('{{#each items}}{{> row}}{{/each}}', { row: '{{../subject}}' })).toMatchObject([
      { message: '../subject leads out of the partial' },
    ])
  })

  it('names a missing partial, the file it would be, and what exists', () => {
    expect(problemsOf('\n{{> foter}}', { footer: '' })).toMatchObject([
      {
        code: 'template-missing',
        message: 'there is no partial "foter"',
        expected: 'a file partials/foter.mjml.hbs, or one of footer',
        place: { line: 2, column: 1 },
        hint: 'Did you mean {{> footer}}?',
      },
    ])
  })

  it('refuses partials that include themselves, and partials named at run time', () => {
    expect(problemsOf('{{> a}}', { a: '{{> b}}', b: '{{> a}}' })).toMatchObject([{ message: 'the partial "a" includes itself' }])
    expect(problemsOf('{{> (lookup . "x")}}')).toMatchObject([{ code: 'template-missing' }])
  })

  it.each([
    ['{{{subject}}}', 'without escaping'],
    ['{{&subject}}', 'without escaping'],
    ['{{intro}}', 'is markup and cannot be printed'],
    ['{{items}}', 'is a list'],
    ['{{brand}}', 'is a group of fields'],
    ['{{hasContents}}', 'is a yes or no'],
    ['{{html subject}}', 'takes markup'],
    ['{{#each subject}}{{/each}}', 'needs a list'],
    ['{{#with items}}{{/with}}', 'needs a group of fields'],
    ['{{#items}}{{/items}}', 'no block {{#items}}'],
    ['{{lookup items 0}}', 'no helper "lookup"'],
    ['{{log subject}}', 'no helper "log"'],
    ['{{shout subject}}', 'no helper "shout"'],
    ['{{#if}}x{{/if}}', 'takes one argument'],
    ['{{#if intro subject}}x{{/if}}', 'takes one argument'],
    ['{{eq subject}}', 'called with 1 arguments'],
    ['{{@index}}', 'no @index here'],
    ['{{#*inline "x"}}{{/inline}}', 'no decorators'],
    ['{{#> layout}}x{{/layout}}', 'partial blocks'],
    ['{{"literal"}}', 'a literal is not a field'],
  ])('refuses %s', (source, message) => {
    expect(
      problemsOf(source)
        .map(problem => problem.message)
        .join(),
    ).toContain(message)
  })

  it('refuses an unknown merge field, one that is no text, and a strange argument', () => {
    expect(problemsOf('\n {{merge "nam"}}')).toMatchObject([
      { code: 'merge-field-unknown', place: { line: 2 }, hint: 'Did you mean {{merge "name"}}?' },
    ])
    expect(problemsOf('{{merge subject}}')).toMatchObject([{ code: 'merge-field-unknown' }])
    expect(problemsOf('{{merge "name" fallbak="x"}}')).toMatchObject([{ message: 'the helper merge has no argument "fallbak"' }])
  })

  it('refuses an unknown message, and parameters that a message has not or lacks', () => {
    expect(problemsOf('{{t "unsubscibe"}}')).toMatchObject([{ hint: 'Did you mean {{t "unsubscribe"}}?' }])
    expect(problemsOf('{{t "read"}}')).toMatchObject([{ expected: '{{t "read" title=…}}' }])
    expect(problemsOf('{{t "updated" title=subject}}')).toMatchObject([{ message: 'the message "updated" has no title' }])
  })

  it('refuses a text where an address is needed', () => {
    for (const source of ['<a href="{{subject}}">', '<img src="{{brand.accent}}">', '<mj-image href=\'{{merge "name"}}\' />']) {
      expect(problemsOf(source)).toMatchObject([{ expected: 'an address, such as url, picture.src or {{merge "viewUrl"}}' }])
    }
    expect(problemsOf('<a href="{{publication.url}}"></a><a href="{{merge "viewUrl"}}"></a>')).toEqual([])
  })

  it('lets a text template print no markup', () => {
    expect(problemsOf('{{html intro}}', {}, 'text')).toMatchObject([{ message: 'html is markup and cannot be printed' }])
    expect(problemsOf('{{introText}}', {}, 'text')).toEqual([])
  })

  it.each([
    ['{{#if intro}}\n\nx', 1, 'the block {{#if}} is never closed'],
    ['x\n{{#each items}}{{#if lead}}{{/if}}', 2, 'the block {{#each}} is never closed'],
    ['x\n{{#if intro}}{{/each}}', 2, 'the block {{#if}} is closed by {{/each}}'],
    ['x\n\n{{subject', 3, 'the template is not valid Handlebars'],
    ['x\n{{}}', 2, 'the template is not valid Handlebars'],
  ])('names the line of the syntax error in %j', (source, line, message) => {
    expect(problemsOf(source)).toMatchObject([{ code: 'template-syntax', message, place: { line } }])
  })

  it('names the partial that a syntax error stands in', () => {
    expect(problemsOf('{{> row}}', { row: '\n\n{{#if}' })).toMatchObject([
      { code: 'template-syntax', place: { file: 'templates/partials/row.mjml.hbs', line: 3 } },
    ])
  })
})

describe('the view', () => {
  it('has no field with the name of a helper, for the helper would hide it', () => {
    const names = new Set<string>()
    const collect = (shape: Shape): void => {
      if (shape.kind === 'list') collect(shape.of)
      if (shape.kind !== 'group') return
      for (const [name, field] of Object.entries(shape.fields)) {
        names.add(name)
        collect(field.shape)
      }
    }
    collect(viewShape)
    const helpers = [...Object.keys(helperSignatures), 'if', 'unless', 'each', 'with', 'lookup', 'log']
    expect(helpers.filter(helper => names.has(helper))).toEqual([])
  })
})
