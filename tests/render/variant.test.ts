import { describe, expect, it } from 'vitest'
import { escapeHtml } from '../../src/render/escape-html.ts'
import { joinSegments } from '../../src/render/join-email.ts'
import { emailOfVariant } from '../../src/render/variant.ts'
import { editionOf, itemOf } from './edition-fixture.ts'
import { renderFixture } from './rendered.ts'

const subjects = ['Tides & hours', 'A clock & the sea <twice a day>'] as const
const trial = () =>
  editionOf({
    subject: subjects[0],
    subjects,
    split: 0.2,
    intro: 'See [the clock](https://tidewater.example/blog/salt-clock) and [a friend](https://elsewhere.example/x).',
  })

describe('renderEmail() of an edition with two subjects', () => {
  it('is variant A itself and carries variant B, with the share that tries them', async () => {
    const { email } = await renderFixture(trial())
    expect(email).toMatchObject({ subject: [{ text: subjects[0] }], variants: { B: { subject: [{ text: subjects[1] }] } }, split: 0.2 })
  })

  it('names the variant in every link to a post, and in no other', async () => {
    const { email } = await renderFixture(trial())
    for (const variant of ['A', 'B'] as const) {
      const { html, text } = emailOfVariant(email, variant)
      for (const part of [html, text]) {
        const links = joinSegments(part, {}).match(/https?:[^\s"<>]+/g) ?? []
        const toPosts = links.filter(link => link.includes('/blog/'))
        expect(toPosts.length).toBeGreaterThanOrEqual(3)
        for (const link of toPosts)
          expect(link.replaceAll('&amp;', '&')).toContain(
            `?utm_source=newsletter&utm_medium=email&utm_campaign=2026-w06&utm_content=${variant}`,
          )
        expect(links.filter(link => !link.includes('/blog/') && link.includes('utm_'))).toEqual([])
      }
    }
  })

  it.each([1, 120])('says the same in both, but for the subject and the links, with %i items', async count => {
    const items = Array.from({ length: count }, (_, index) => itemOf({ slug: `post-${index}`, title: `Post ${index}` }))
    const { email, shortened } = await renderFixture({ ...trial(), items })
    expect(shortened.length > 0).toBe(count > 1)
    const [a, b] = (['A', 'B'] as const).map((variant, index) => {
      const { html, text } = emailOfVariant(email, variant)
      const subject = subjects[index] ?? ''
      const parts = [
        joinSegments(html, {}).replaceAll(escapeHtml(subject), '(subject)'),
        joinSegments(text, {}).replaceAll(subject, '(subject)'),
      ]
      return parts.map(part => part.replaceAll(`utm_content=${variant}`, 'utm_content='))
    })
    expect(a?.[0]).toContain('<title>(subject)</title>')
    expect(a?.[0] === b?.[0]).toBe(true)
    expect(a?.[1]).toBe(b?.[1])
  })

  it('leaves links alone where there are no campaign parameters', async () => {
    const { email } = await renderFixture(trial(), { config: { links: { utm: false } } })
    expect(email.variants?.B.html).toBeDefined()
    expect(JSON.stringify(email)).not.toContain('utm_')
  })

  it('has hashes that cover both, whichever of them changes', async () => {
    const hashOf = async (changes: Parameters<typeof editionOf>[0]) =>
      (await renderFixture({ ...trial(), ...changes })).email.hashes.content
    const [one, same, second, first] = await Promise.all([
      hashOf({}),
      hashOf({}),
      hashOf({ subjects: [subjects[0], 'Another'] }),
      hashOf({ subject: 'Another', subjects: ['Another', subjects[1]] }),
    ])
    expect(one).toBe(same)
    expect(new Set([one, second, first]).size).toBe(3)
  })
})

describe('emailOfVariant()', () => {
  it('gives a plain email, with hashes of its own', async () => {
    const { email } = await renderFixture(trial())
    const [a, b] = [emailOfVariant(email, 'A'), emailOfVariant(email, 'B')]
    for (const each of [a, b]) {
      expect(each).not.toHaveProperty('variants')
      expect(each).not.toHaveProperty('split')
    }
    expect(b).toMatchObject({ edition: '2026-w06', preheader: email.preheader, subject: [{ text: subjects[1] }] })
    expect(new Set([a.hashes.content, b.hashes.content, email.hashes.content]).size).toBe(3)
    expect(a.hashes).toMatchObject({ subject: email.hashes.subject, html: email.hashes.html, text: email.hashes.text })
  })

  it('gives an email with one subject back, and knows no B of it', async () => {
    const { email } = await renderFixture(editionOf())
    expect(email).not.toHaveProperty('variants')
    expect(email).not.toHaveProperty('split')
    expect(emailOfVariant(email, 'A')).toBe(email)
    expect(() => emailOfVariant(email, 'B')).toThrow('no variant B')
  })
})
