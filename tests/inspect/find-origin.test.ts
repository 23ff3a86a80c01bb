import { describe, expect, it } from 'vitest'
import { createFinder } from '../../src/inspect/find-origin.ts'
import type { InspectSources } from '../../src/inspect/finding.ts'
import { editionOf, itemOf, postOf } from '../render/edition-fixture.ts'
import { goodEmail } from './built-email.ts'

const sources: InspectSources = {
  content: 'content/blog',
  editions: 'content/editions',
  config: { file: 'news-digest.yaml', source: "site:\n  url: 'https://tidewater.example'\nbrand:\n  logo: { src: /images/logo.png }\n" },
  written: [
    {
      file: 'content/editions/2026-w06.md',
      source: '---\nsubject: Ropes that remember, and one more story\n---\nThere is more [here](https://harbour.example/slate).\n',
    },
    { file: 'content/blog/rope.md', source: '---\ntitle: Ropes that remember\nurl: /blog/rope\n---\nRopes [that](x) forget.\n' },
  ],
  templates: {
    html: [
      { file: 'templates/weekly/email.mjml.hbs', source: '<mjml>\n{{> header}}\n{{> row}}\n</mjml>' },
      { file: 'templates/partials/header.mjml.hbs', source: '<mj-text>\n<p style="color:#999999">Read on</p>\n</mj-text>' },
      { file: 'templates/partials/row.mjml.hbs', source: '<p>Read on</p>' },
    ],
    text: [{ file: 'templates/weekly/email.txt.hbs', source: '{{title}}' }],
  },
}

const edition = editionOf({
  file: '2026-w06.md',
  intro: 'There is more [here](https://harbour.example/slate).',
  items: [itemOf(), itemOf({ slug: 'rope', title: 'Ropes that remember', url: 'https://tidewater.example/blog/rope', image: null })],
})

const find = createFinder({ ...goodEmail.context, edition, sources })
const inHtml = (quote: string) => find({ part: 'html', excerpt: null, quote })

describe('createFinder()', () => {
  it.each([
    [
      'a link of the introduction',
      'https://harbour.example/slate?utm_source=newsletter',
      { file: 'content/editions/2026-w06.md', line: 4 },
    ],
    ['a word of the introduction', 'here', { file: 'content/editions/2026-w06.md', line: 4 }],
    ['the title of a post', 'Ropes that remember', { file: 'content/blog/rope.md', line: 2 }],
    [
      'a link to a post, campaign and all',
      'https://tidewater.example/blog/rope?utm_source=newsletter&utm_medium=email',
      { file: 'content/blog/rope.md', line: 3 },
    ],
    ['a picture of a post', postOf().image?.src ?? '', { file: 'content/blog/salt-clock.md' }],
    ['a sentence of a summary', 'A basin, a float and a bell', { file: 'content/blog/salt-clock.md' }],
    ['a colour in one template', '#999999', { file: 'templates/partials/header.mjml.hbs', line: 2 }],
    ['words of two templates', 'Read on', { file: 'templates/weekly/email.mjml.hbs' }],
    ['the address of the site', 'https://tidewater.example/', { file: 'news-digest.yaml', line: 2 }],
    ['the logo', 'https://tidewater.example/images/logo.png', { file: 'news-digest.yaml', line: 4 }],
    ['what stands nowhere', '[object Object]', { file: 'templates/weekly/email.mjml.hbs' }],
    ['nothing in particular', '', { file: 'templates/weekly/email.mjml.hbs' }],
  ])('finds %s', (_title, quote, place) => expect(inHtml(quote)).toEqual(place))

  it('finds the subject in the edition file, or in the post whose title it is', () => {
    const quote = 'Ropes that remember, and one more story'
    expect(find({ part: 'subject', excerpt: null, quote })).toEqual({ file: 'content/editions/2026-w06.md', line: 2 })
    const proposed = createFinder({ ...goodEmail.context, edition: { ...edition, file: null }, sources })
    expect(proposed({ part: 'subject', excerpt: null, quote })).toEqual({ file: 'content/blog/rope.md', line: 2 })
    expect(proposed({ part: 'preheader', excerpt: null, quote: 'Also: tides' })).toBe(null)
  })

  it('finds settings in the configuration, and nothing for the message itself', () => {
    expect(find({ part: 'settings', excerpt: 'sender.email' })).toEqual({ file: 'news-digest.yaml' })
    expect(find({ part: 'message', excerpt: null })).toBe(null)
    expect(find({ part: 'text', excerpt: null, quote: '<p>' })).toEqual({ file: 'templates/weekly/email.txt.hbs' })
  })

  it('finds the line of the edition file that a pick stands on', () => {
    expect(find({ part: 'edition', excerpt: null, at: 4 })).toEqual({ file: 'content/editions/2026-w06.md', line: 4 })
    expect(find({ part: 'edition', excerpt: null })).toEqual({ file: 'content/editions/2026-w06.md' })
  })

  it('knows nothing where no files are at hand', () => {
    expect(createFinder(goodEmail.context)({ part: 'html', excerpt: null, quote: 'here' })).toBe(null)
  })
})
