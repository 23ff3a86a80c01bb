import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { editionOf, itemOf, postOf } from './edition-fixture.ts'
import { partsOf, recipient, renderFixture } from './rendered.ts'

const looks = ['weekly', 'brief', 'spotlight']
const intro = 'Read [how it copes](/blog/salt-clock) and [the tables](https://tables.example/2026).\n\nYours, Inês'
const sponsor = {
  name: 'Rope & Co',
  url: 'https://rope.example/?a=1',
  text: 'Lines for **all**. [Catalogue](https://rope.example/c)',
  image: null,
}
const many = Array.from({ length: 7 }, (_, index) => itemOf({ slug: `post-${index}`, title: `Story number ${index}` }))

function linksIn(html: string): string[] {
  const links: string[] = []
  new Parser({ onopentag: (name, { href }) => name === 'a' && href !== undefined && links.push(href) }).end(html)
  return [...new Set(links)]
}

function textOf(html: string): string {
  let text = ''
  let hidden = 0
  const parser = new Parser({
    onopentag: name => (hidden += Number(name === 'style' || name === 'title')),
    onclosetag: name => (hidden -= Number(name === 'style' || name === 'title')),
    ontext: part => (text += hidden > 0 ? '' : part),
  })
  parser.end(html)
  return text
}

describe('renderEmail()', () => {
  it.each(looks)('gives the text part of %s the same links as the HTML, in the same order', async template => {
    const { html, text } = await partsOf(editionOf({ template, intro, sponsor, items: many }))
    const inText = [...new Set(text.match(/https?:\/\/[^\s)]+/g))]
    expect(inText).toEqual(linksIn(html))
    expect(inText.length).toBeGreaterThan(many.length + 5)
  })

  it.each(looks)('renders %s to the same bytes with another nonce, and leaves nothing of it', async template => {
    const edition = editionOf({ template, intro, sponsor, items: many })
    const [one, other] = await Promise.all([renderFixture(edition), renderFixture(edition, { nonce: 'zzzzzzzzzzzzzzzz0000' })])
    expect(other.email).toEqual(one.email)
    expect(JSON.stringify(other.email)).not.toContain('zzzz')
  })

  it('names language, direction and title, and asks for no font', async () => {
    const { html } = await partsOf(editionOf({ language: 'fa', subject: 'ساعت نمکی', items: [itemOf({ language: 'fa' })] }))
    expect(html).toMatch(/^<!doctype html><html lang="fa" dir="rtl"/)
    expect(html).toContain('<title>ساعت نمکی</title>')
    expect(html).not.toMatch(/direction:ltr|dir="ltr"|align="left"/)
    expect(html).not.toMatch(/fonts\.g|@import|@font-face|<link/)
  })

  it.each(['en', 'de', 'fa'])('says its own words in %s, and leaves none out', async language => {
    const { html, text } = await partsOf(editionOf({ language, sponsor, items: [itemOf({ language })] }))
    const words = { en: 'Sponsored', de: 'Anzeige', fa: 'آگهی' }[language] ?? ''
    expect(textOf(html)).toContain(words)
    expect(text).toContain(words)
    expect(text).not.toMatch(/undefined|null|NaN|\[object/)
  })

  it.each(looks)('always puts the localised word on a sponsor in %s', async template => {
    const { html, text } = await partsOf(editionOf({ template, sponsor }))
    expect([textOf(html), text].map(part => part.includes('Sponsored'))).toEqual([true, true])
  })

  it('shows the words of posts literally, whatever they look like', async () => {
    const hostile =
      '{{name}} {{#each {{{ {{merge "name"}} </mj-text><mj-include path="/etc/passwd"/><img src=x onerror=1> "><script> $& *|FNAME|*'
    const item = itemOf({ title: hostile, category: hostile, authors: [hostile], faq: [{ question: hostile, answer: hostile }] })
    const summary = {
      lead: { text: hostile, source: { kind: 'description' } as const },
      points: [{ text: hostile, question: hostile, source: { kind: 'faq', index: 0 } as const }],
    }
    const edition = editionOf({
      subject: hostile,
      preheader: hostile,
      intro: hostile,
      items: [{ ...item, summary }],
      sponsor: { ...sponsor, name: hostile, text: hostile },
    })
    for (const template of looks) {
      const { subject, html, text } = await partsOf({ ...edition, template })
      expect(subject).toBe(hostile)
      expect(text).toContain(hostile)
      expect(textOf(html)).toContain(hostile)
      expect(html).not.toMatch(/<script|<img src=x|<\/?mj-/)
      expect(html).not.toContain('Robin')
    }
  })

  it('takes a forged sentinel for the text it is', async () => {
    const forged = 'nd0000000000000000m0e ndq7w3e9r1t5y2u8i4m99e'
    const { html, text } = await partsOf(editionOf({ items: [itemOf({ title: forged })] }))
    expect(textOf(html)).toContain(forged)
    expect(text).toContain(forged)
  })

  it('strips controls and direction overrides, and keeps joiners', async () => {
    const { html, text } = await partsOf(editionOf({ items: [itemOf({ title: 'A\u202eB\u0000C\ud800 می\u200cخواهم 👩\u200d🚀' })] }))
    expect(text).toContain('ABC می\u200cخواهم 👩\u200d🚀')
    expect(html).not.toMatch(/\u202e|(?!\n)\p{Cc}/u)
  })

  it('drops links that are no addresses, and keeps their words', async () => {
    const bad = '[one](javascript:alert(1)) [two](data:text/html,x) [three](//evil.test) [four](vbscript:x)'
    const { html, text } = await partsOf(editionOf({ intro: bad, sponsor: { ...sponsor, url: 'javascript:alert(1)', text: bad } }))
    expect(html + text).not.toMatch(/javascript|data:text|evil\.test|vbscript/)
    expect(textOf(html)).toContain('one two three four')
  })

  it('adds campaign parameters to links to posts, in the introduction too, and to no others', async () => {
    const { html } = await partsOf(
      editionOf({
        intro: `${intro} [other](/about)`,
        sponsor,
        items: [itemOf(), itemOf({ slug: 'x', url: 'https://elsewhere.example/x' })],
      }),
    )
    const marked = linksIn(html).filter(link => link.includes('utm_'))
    expect(marked).toEqual([
      'https://tidewater.example/blog/salt-clock?utm_source=newsletter&utm_medium=email&utm_campaign=2026-w06&utm_content=salt-clock',
    ])
    expect(linksIn(html)).toEqual(
      expect.arrayContaining(['https://tidewater.example/about', 'https://elsewhere.example/x', recipient.unsubscribeUrl]),
    )
  })

  it('adds none when the configuration says so', async () => {
    const { html } = await partsOf(editionOf(), { config: { links: { utm: false } } })
    expect(html).not.toContain('utm_')
  })

  it('lists the contents in the text part when there are more than five items', async () => {
    const texts = await Promise.all([5, 6].map(async count => (await partsOf(editionOf({ items: many.slice(0, count) }))).text))
    expect(texts.map(text => text.includes('In this edition'))).toEqual([false, true])
    expect(texts[1]).toContain('6. Story number 5')
  })

  it('wraps no line of the text part and leaves no blank at its end', async () => {
    const lead = { text: 'word '.repeat(120).trim(), source: { kind: 'description' } as const }
    const { text } = await partsOf(editionOf({ items: [itemOf({}, { summary: { lead, points: [] } })] }))
    expect(text).toContain(lead.text)
    expect(text).not.toMatch(/[ \t]$|\n{3}/m)
  })

  it('marks an item in another language with its language and direction', async () => {
    const { html } = await partsOf(editionOf({ items: [itemOf(), itemOf({ slug: 'fa', language: 'fa', title: 'طناب' })] }))
    expect(html).toMatch(/lang="fa" dir="rtl"[^>]*>\s*<h2[^>]*><a [^>]*>طناب/)
  })

  it('turns items at the end into links of one line when the email would be too big', async () => {
    const long = { lead: { text: 'Salt water is patient. '.repeat(60).trim(), source: { kind: 'description' } as const }, points: [] }
    const items = Array.from({ length: 80 }, (_, index) =>
      itemOf({ slug: `post-${index}`, title: `Story number ${index}` }, { summary: long }),
    )
    const { email, bytes, shortened } = await renderFixture(editionOf({ items }))
    expect(bytes).toBeLessThanOrEqual(85_000)
    expect(bytes).toBeGreaterThan(80_000)
    expect(shortened.length).toBeGreaterThan(10)
    expect(shortened.at(-1)).toBe('post-79')
    const html = JSON.stringify(email.html)
    expect(html).toContain('Story number 79')
    expect(html).toContain('Also in this edition')
  })

  it('renders an edition without pictures, sponsor, introduction, address, logo and summaries', async () => {
    const bare = itemOf({ image: null, category: null, authors: [], faq: [] }, { summary: { lead: null, points: [] } })
    for (const template of looks) {
      const { html, text } = await partsOf(editionOf({ template, items: [bare, bare] }), { config: { brand: {}, sender: {} } })
      expect(html).not.toContain('<img')
      expect(textOf(html)).toContain('The Tidewater Letter')
      expect(text).not.toMatch(/undefined|null|\n{3}/)
    }
  })

  it('shows no picture that mail programs cannot, and hides from Outlook what it cannot', async () => {
    const images = await Promise.all(
      ['a.svg', 'a.avif', 'a.webp', 'a.jpg?w=3', 'no-ending'].map(async file => {
        const { html } = await partsOf(editionOf({ items: [itemOf({ image: { src: `https://tidewater.example/${file}`, alt: '' } })] }))
        const picture = /(<!--\[if !mso\]><!-->)?<img class="quiet" src="https:\/\/tidewater\.example\/(?:a\.|no-ending)/.exec(html)
        return picture === null ? 'none' : picture[1] === undefined ? 'shown' : 'not in Outlook'
      }),
    )
    expect(images).toEqual(['none', 'none', 'not in Outlook', 'shown', 'shown'])
  })

  it('gives every picture an alternative text: the written one, empty for one without, the name for the logo', async () => {
    const image = { src: 'https://tidewater.example/p.png', alt: 'A brass float' }
    const { html } = await partsOf(editionOf({ items: [itemOf({ image })] }))
    expect([...html.matchAll(/<img [^>]*?alt="([^"]*)"/g)].map(match => match[1])).toEqual([
      'The Tidewater Letter',
      'The Tidewater Letter',
      'A brass float',
    ])
    expect((await partsOf(editionOf({ items: [itemOf()] }))).html).toContain('salt-clock.png" alt=""')
    expect(html.match(/<img /g)).toHaveLength(html.match(/<img [^>]*width="\d+"/g)?.length ?? 0)
  })

  it('has headings in order and layout tables that say so', async () => {
    const { html } = await partsOf(editionOf({ template: 'spotlight', sponsor }))
    const levels = [...html.matchAll(/<h(\d)/g)].map(match => Number(match[1]))
    expect(levels[0]).toBe(1)
    expect(levels.filter(level => level === 1)).toHaveLength(1)
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1)
    expect(html.match(/<table/g)).toHaveLength(html.match(/<table[^>]*role="presentation"/g)?.length ?? 0)
  })

  it('keeps the style blocks small enough for Gmail, without nested rules beside the dark ones', async () => {
    const { html } = await partsOf(editionOf())
    const styles = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(match => match[1] ?? '')
    expect(styles.join('').length).toBeLessThan(16_000)
    expect(styles.filter(style => style.includes('data-ogs') && style.includes('@media'))).toEqual([])
  })

  it('refuses a nonce that could be guessed', async () => {
    await expect(renderFixture(editionOf(), { nonce: 'short' })).rejects.toThrow('nonce')
  })

  it('hashes what it holds', async () => {
    const [one, same, other] = await Promise.all(
      [editionOf(), editionOf(), editionOf({ items: [{ ...itemOf(), post: postOf({ words: 5 }) }] })].map(edition =>
        renderFixture(edition),
      ),
    )
    expect(one?.email.hashes).toEqual(same?.email.hashes)
    expect(one?.email.hashes.content).not.toBe(other?.email.hashes.content)
    expect(one?.email.hashes.subject).toBe(other?.email.hashes.subject)
  })
})
