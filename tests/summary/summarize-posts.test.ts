import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FullPost } from '../../src/content/post.ts'
import { foldBlanks } from '../../src/summary/fold-blanks.ts'
import { countWords } from '../../src/summary/segmenters.ts'
import { splitSentences } from '../../src/summary/split-sentences.ts'
import { summarizePosts } from '../../src/summary/summarize-posts.ts'
import type { Passage, Summary, SummaryBudgets, SummaryStyle } from '../../src/summary/summary.ts'
import { paragraphs, postOf } from './post-of.ts'

const budgets: SummaryBudgets = {
  opening: { words: 110, points: 3 },
  next: { words: 45, points: 1 },
  nextCount: 2,
  later: { words: 30, points: 0 },
  edition: 450,
}

// Sixteen things, and words that stand in one sentence only, so that no two stories repeat each other.
const things = 'ferry pier crane lamp buoy anchor lighthouse trawler canal lock dredger beacon warehouse railway customs pilot'.split(' ')

function storyOf(index: number): FullPost {
  const thing = things[index] ?? ''
  const sentence = (place: number, words: number): string =>
    `Every ${thing} ${Array.from({ length: words }, (_, word) => invented(1000 * index + 100 * place + word)).join(' ')}.`
  const faq = [2, 3, 4, 5].map(place => ({ question: `What of ${invented(place)}?`, answer: sentence(place, 8) }))
  return postOf({ slug: thing, title: `About one ${thing}`, description: `${sentence(0, 4)} ${sentence(1, 4)}`, faq })
}

function invented(seed: number): string {
  const syllables = ['ba', 'ke', 'di', 'mo', 'tu', 'ra', 'lo', 'ni', 'fe', 'gu']
  return String(seed)
    .padStart(5, '0')
    .split('')
    .map(digit => syllables[Number(digit)])
    .join('')
}

const stories = things.map((_, index) => storyOf(index))

function passagesOf({ lead, points }: Summary): readonly Passage[] {
  return [...(lead ? [lead] : []), ...points]
}

function wordsOf(summaries: readonly Summary[], language = 'en'): number {
  return summaries.flatMap(passagesOf).reduce((sum, { text }) => sum + countWords(text, language), 0)
}

describe('summarizePosts()', () => {
  it("gives each item the points that its place allows, in the edition's order", () => {
    const summaries = summarizePosts(stories.slice(0, 5), { style: 'points', budgets })
    expect(summaries.map(({ points }) => points.length)).toEqual([3, 1, 1, 0, 0])
    expect(summaries.map(({ lead }) => lead?.text.split(' ')[1])).toEqual(things.slice(0, 5))
  })

  it('returns nothing for an edition without posts', () => {
    expect(summarizePosts([], { style: 'points', budgets })).toEqual([])
  })

  it('shortens points before leads where the words of the edition run out, the last ones first', () => {
    const rich = { ...budgets, next: { words: 110, points: 3 }, nextCount: 99, edition: 100 }
    const summaries = summarizePosts(stories.slice(0, 5), { style: 'points', budgets: rich })
    expect(summaries.every(({ lead }) => lead?.text.split('.').length === 3)).toBe(true)
    expect(summaries.map(({ points }) => points.length)).toEqual([3, 1, 0, 0, 0])
    expect(wordsOf(summaries)).toBeLessThanOrEqual(100)
  })

  it('then shortens leads, and drops the last ones only when that does not suffice', () => {
    const shorter = summarizePosts(stories, { style: 'points', budgets: { ...budgets, edition: 120 } })
    expect(shorter.every(({ lead, points }) => lead !== null && points.length === 0)).toBe(true)
    expect(wordsOf(shorter)).toBeLessThanOrEqual(120)
    const fewer = summarizePosts(stories, { style: 'points', budgets: { ...budgets, edition: 40 } })
    expect(fewer.map(({ lead }) => lead !== null).lastIndexOf(true)).toBeLessThan(8)
    expect(fewer[0]?.lead).not.toBeNull()
    expect(wordsOf(fewer)).toBeLessThanOrEqual(40)
  })

  it('gives no two items the same lead', () => {
    const description = 'The old pier reopens in spring. Forty divers set two hundred new piles.'
    const faq = [{ question: 'Who paid?', answer: 'The island towns paid most of the rebuilding.' }]
    const [first, second] = summarizePosts([postOf({ description }), postOf({ description, faq })], {
      style: 'points',
      budgets,
    })
    expect(first?.lead?.text).toBe(description)
    expect(second?.lead).toEqual({ text: 'The island towns paid most of the rebuilding.', source: { kind: 'faq', index: 0 } })
  })

  it('keeps every promise for whatever posts contain', () => {
    fc.assert(
      fc.property(fc.array(anyPost, { maxLength: 5 }), anyStyle, anyBudgets, (posts, style, budget) => {
        const summaries = summarizePosts(posts, { style, budgets: budget })
        expect(summaries).toHaveLength(posts.length)
        expect(summarizePosts(posts, { style, budgets: budget })).toEqual(summaries)
        for (const [index, summary] of summaries.entries()) {
          const allowed = index === 0 ? budget.opening : index <= budget.nextCount ? budget.next : budget.later
          expectSound(summary, posts[index] ?? postOf({}), allowed.words)
          expect(summary.points.length).toBeLessThanOrEqual(style === 'lead' ? 0 : allowed.points)
        }
        const total = summaries.reduce((sum, summary, index) => sum + wordsOf([summary], posts[index]?.language), 0)
        expect(total).toBeLessThanOrEqual(budget.edition)
      }),
      { numRuns: 150 },
    )
  })

  it('summarizes a post of twenty thousand sentences', () => {
    const body = paragraphs(
      Array.from({ length: 20_000 }, (_, index) => `The harbour saw vessel ${index} dock at pier ${index % 7}.`).join(' '),
    )
    const [summary] = summarizePosts([postOf({ body })], { style: 'points', budgets })
    expect(summary?.lead).not.toBeNull()
  })
})

function expectSound(summary: Summary, post: FullPost, words: number): void {
  const passages = passagesOf(summary)
  for (const passage of passages) expectWhole(passage, post)
  expect(wordsOf([summary], post.language)).toBeLessThanOrEqual(words)
  expect(new Set(passages.map(({ text }) => text)).size).toBe(passages.length)
}

/** The passage stands in the source that it names, and is made of whole sentences of it. */
function expectWhole({ text, source }: Passage, post: FullPost): void {
  const original = sourceTextOf(source, post)
  expect(original).toContain(text)
  const sentences = splitSentences(original, post.language)
  const ranges = sentences.flatMap((from, index) => sentences.slice(index).map(to => original.slice(from.start, to.end)))
  expect(ranges).toContain(text)
}

function sourceTextOf(source: Passage['source'], post: FullPost): string {
  if (source.kind === 'faq') return foldBlanks(post.faq[source.index]?.answer ?? '')
  if (source.kind === 'body') return foldBlanks(post.body[source.block]?.text ?? '')
  return foldBlanks(source.kind === 'description' ? (post.description ?? '') : '')
}

const sentence = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.constantFrom(...things, 'the', 'sails', 'and', '$5B', 'north', 'It', 'U.S.', 'they', 'new'), {
        minLength: 1,
        maxLength: 14,
      })
      .map(words => `${words.join(' ')}.`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'Yes.',
      'No. Never.',
      "Here's why it matters.",
      'However, it sails.',
      'Really?',
      'See:',
      '“Ship it.”',
      '(It sails.',
      'موج آمد و رفت و باز آمد؟',
      '船は毎日出ます。',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
)
const text = fc.array(sentence, { maxLength: 6 }).map(sentences => sentences.join(' '))
const anyPost: fc.Arbitrary<FullPost> = fc
  .record({
    language: fc.constantFrom('en', 'de', 'fa', 'ja', 'pt-br', '???'),
    title: text,
    description: fc.option(text),
    faq: fc.array(fc.record({ question: text, answer: text }), { maxLength: 4 }),
    body: fc.array(
      fc.record({ kind: fc.constantFrom('paragraph' as const, 'list-item' as const, 'quote' as const), text, heading: fc.option(text) }),
      { maxLength: 6 },
    ),
  })
  .map(postOf)
const anyItem = fc.record({ words: fc.integer({ min: 1, max: 120 }), points: fc.integer({ min: 0, max: 4 }) })
const anyBudgets: fc.Arbitrary<SummaryBudgets> = fc.record({
  opening: anyItem,
  next: anyItem,
  nextCount: fc.integer({ min: 0, max: 3 }),
  later: anyItem,
  edition: fc.integer({ min: 1, max: 300 }),
})
const anyStyle = fc.constantFrom<SummaryStyle[]>('points', 'answers', 'lead')
