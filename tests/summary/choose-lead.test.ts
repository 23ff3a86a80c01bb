import { describe, expect, it } from 'vitest'
import { summarizePost } from '../../src/summary/summarize-posts.ts'
import { paragraphs, postOf } from './post-of.ts'

const opening = { words: 110, points: 3 }

function leadOf(description: string, rest: Parameters<typeof postOf>[0] = {}): string | undefined {
  return summarizePost(postOf({ description, ...rest }), opening, 'points').lead?.text
}

describe('the lead', () => {
  it('is the description, with its source', () => {
    const post = postOf({ description: 'The old pier reopens in spring.  Two cranes\nmoved there last week.' })
    expect(summarizePost(post, opening, 'points').lead).toEqual({
      text: 'The old pier reopens in spring. Two cranes moved there last week.',
      source: { kind: 'description' },
    })
  })

  it.each([
    "Here's why it matters.",
    'Learn how pilots bring tankers through the narrow channel.',
    'Read on for the whole story of it.',
    'In this post we look at the dredging plan.',
    'Let me show you how the locks work.',
    'Discover the secrets of the night shift.',
    'Find out what the tide does to prices.',
    'Ready to dive into the details of mooring?',
    'What does it mean for the fishing fleet?',
    'Subscribe to our newsletter for all the details.',
  ])('passes over the teaser "%s"', teaser => {
    expect(leadOf(`The old pier reopens in spring. ${teaser}`)).toBe('The old pier reopens in spring.')
    expect(leadOf(`${teaser} The old pier reopens in spring.`)).toBe('The old pier reopens in spring.')
  })

  it('passes over a description of teasers where an answer is left', () => {
    const faq = [{ question: 'When does the pier reopen?', answer: 'The old pier reopens on the first weekend of May.' }]
    expect(leadOf('Learn how we rebuilt the old pier.', { faq })).toBe('The old pier reopens on the first weekend of May.')
  })

  it('is a teaser where nothing else is left', () => {
    expect(leadOf('Learn how we rebuilt the old pier.')).toBe('Learn how we rebuilt the old pier.')
  })

  it('prefers a statement to a title-like sentence', () => {
    expect(leadOf('How we rebuilt the old pier. Forty divers set two hundred new piles.')).toBe('Forty divers set two hundred new piles.')
    expect(leadOf('How we rebuilt the old pier with forty divers')).toBe('How we rebuilt the old pier with forty divers')
  })

  it('does not repeat the title', () => {
    const title = 'Old pier reopens in spring after storm damage'
    expect(leadOf('The old pier reopens in spring after storm damage. Forty divers set new piles.', { title })).toBe(
      'Forty divers set new piles.',
    )
    expect(leadOf('Old pier reopens in spring after storm damage.', { title })).toBeUndefined()
  })

  it('passes over a sentence that is too long, and never cuts it', () => {
    const long = `The harbour ${'and the harbour next to it '.repeat(30)}reopens.`
    expect(leadOf(`${long} Forty divers set two hundred new piles.`)).toBe('Forty divers set two hundred new piles.')
    expect(leadOf(long)).toBeUndefined()
  })

  it('takes one sentence rather than none where the words it should leave to points do not suffice', () => {
    const sentence =
      'Forty divers from six towns set two hundred and twelve new oak piles under the old pier before the first autumn storm came in.'
    const post = postOf({ description: `${sentence} A second sentence follows it.` })
    expect(summarizePost(post, { words: 30, points: 1 }, 'points').lead?.text).toBe(sentence)
  })

  it('comes from the body where there is no description, and says from which block', () => {
    const body = paragraphs(
      'Photo: the pier in fog.',
      'The harbour board approved a second ferry line to the northern islands on Monday. It sails at noon.',
    )
    const { lead } = summarizePost(postOf({ title: 'Ferry news', body }), opening, 'points')
    expect(lead).toEqual({
      text: 'The harbour board approved a second ferry line to the northern islands on Monday.',
      source: { kind: 'body', block: 1 },
    })
  })

  it('is null where a post offers no sentence', () => {
    expect(summarizePost(postOf({ body: paragraphs('Harbour.', 'See:') }), opening, 'points')).toEqual({ lead: null, points: [] })
  })

  it('stands alone in the style "lead", with all the words of the item', () => {
    const description = 'Forty divers set new piles. Six cranes lifted the deck. The old lamps shine again. A band played at noon.'
    const faq = [{ question: 'Who paid?', answer: 'The island towns paid most of the rebuilding.' }]
    expect(summarizePost(postOf({ description, faq }), { words: 25, points: 3 }, 'lead')).toEqual({
      lead: { text: description, source: { kind: 'description' } },
      points: [],
    })
  })
})
