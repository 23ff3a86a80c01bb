/** What summaries are worth, beside three that one could have for less. See bench/README.md. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FullPost } from '../src/content/post.ts'
import { readFullPosts } from '../src/content/read-full-posts.ts'
import { readPosts } from '../src/content/read-posts.ts'
import { phrasesOf } from '../src/summary/phrases/phrases-of.ts'
import { countWords, splitWords } from '../src/summary/segmenters.ts'
import { splitSentences } from '../src/summary/split-sentences.ts'
import { summarizePost } from '../src/summary/summarize-posts.ts'
import { textRank } from './baselines/text-rank.ts'
import { generatePosts } from './generate-posts.ts'
import { measureSummary, type SummaryFigures } from './measure-summary.ts'
import { writeSection } from './write-section.ts'

const corpora = [
  { name: 'flowdrop', folder: 'flowdrop/blog', language: 'en' },
  { name: 'sim', folder: 'sim/blog', language: 'en' },
  { name: 'nuxt', folder: 'nuxt', language: 'en' },
  { name: 'opentelemetry', folder: 'opentelemetry/en', language: 'en' },
  { name: 'opentelemetry, Japanese', folder: 'opentelemetry/ja', language: 'ja' },
  { name: 'rust-blog', folder: 'rust-blog', language: 'en' },
]
const mostPosts = 100
const fewestWords = 150
const budget = { words: 110, points: 3 }

type Method = (post: FullPost) => readonly string[]

const methods: readonly (readonly [string, Method])[] = [
  ['news-digest', quoted],
  ['TextRank of the body', ranked],
  ['first three sentences', post => sentencesOf(post).slice(0, 3)],
  ['description only', post => (post.description === null ? [] : [post.description])],
]

const folder = mkdtempSync(path.join(tmpdir(), 'news-digest-bench-'))
try {
  const report = await measure()
  console.log(report)
  if (process.argv.includes('--write')) writeSection('summary', report)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(): Promise<string> {
  const tables: string[] = []
  for (const { name, dir, language } of blogs()) tables.push(...tableOf(name, await readBlog(dir, language)), '')
  return [...method(), '', ...tables].join('\n')
}

function method(): readonly string[] {
  return [
    `Each post of at least ${fewestWords} words (at most ${mostPosts} of a blog, evenly spread) is summarized as an opening story: ${budget.words} words, a lead and up to`,
    `${budget.points} points. TextRank (Mihalcea and Tarau 2004, [baselines/text-rank.ts](baselines/text-rank.ts)) gets the body's sentences and, post by post, as many`,
    'words as news-digest used. Means over the posts; for the description, over those that have one.',
    '',
    '- *Redundancy*: the highest cosine between the word counts of two sentences of a summary (0 where there is one sentence).',
    '- *ROUGE-1, ROUGE-2*: the share of the body’s words and pairs of words that the summary holds. More words hold more: compare rows of the same length.',
    '  It is the home ground of TextRank and of first sentences, which come from the body; a lead and key points come from the description and the FAQ',
    '  wherever there are any (flowdrop, sim, in part nuxt), so pairs of the body’s words are rarer there.',
    '- *Dangling*: the share of passages that open with “They”, “This”, “However”, “Yes” and the like (English only; a description may).',
    '- *Foreign*: sentences that do not stand in the post word for word.',
  ]
}

function blogs(): readonly { readonly name: string; readonly dir: string; readonly language: string }[] {
  const root = process.env.CORPORA
  const there = root ? corpora.map(each => ({ ...each, dir: path.resolve(root, each.folder) })).filter(({ dir }) => existsSync(dir)) : []
  if (there.length > 0) return there
  const dir = path.join(folder, 'generated')
  generatePosts({ folder: dir, count: 60, seed: 2026, newest: '2026-02-22', perDay: 1 })
  return [{ name: 'generated posts', dir, language: 'en' }]
}

async function readBlog(dir: string, language: string): Promise<readonly FullPost[]> {
  const options = {
    dir,
    cacheDir: null,
    exclude: [],
    siteUrl: 'https://blog.example',
    language,
    timeZone: 'UTC',
    urlPattern: '/blog/{slug}',
    fields: {},
    ignore: [],
    displayRoot: dir,
  }
  const { posts } = await readPosts(options)
  const full = (await readFullPosts(posts, options)).posts.filter(
    ({ words, language: own }) => words >= fewestWords && own.startsWith(language),
  )
  const step = Math.max(1, Math.ceil(full.length / mostPosts))
  return full.filter((_, index) => index % step === 0)
}

function tableOf(name: string, posts: readonly FullPost[]): readonly string[] {
  const rows = methods.map(([title, summarize]) => {
    const figures = posts.flatMap(post => figuresOf(post, summarize(post)))
    const mean = (pick: (figures: SummaryFigures) => number): number => figures.reduce((sum, each) => sum + pick(each), 0) / figures.length
    const total = (pick: (figures: SummaryFigures) => number): number => figures.reduce((sum, each) => sum + pick(each), 0)
    if (figures.length === 0) return `| ${title} | none | | | | | |`
    const dangling = total(each => each.dangling) / total(each => each.passages)
    const shares = [mean(each => each.redundancy), mean(each => each.rouge1), mean(each => each.rouge2)].map(each => each.toFixed(3))
    return `| ${title} | ${mean(each => each.words).toFixed(0)} | ${shares.join(' | ')} | ${(100 * dangling).toFixed(0)} % | ${total(each => each.foreign)} |`
  })
  return [
    `**${name}** (${posts.length} posts)`,
    '',
    '| | words | redundancy | ROUGE-1 | ROUGE-2 | dangling | foreign |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ]
}

function figuresOf(post: FullPost, passages: readonly string[]): readonly SummaryFigures[] {
  if (passages.length === 0) return []
  const sentences = passages.flatMap(passage => splitSentences(passage, post.language).map(({ text }) => text))
  return [measureSummary(post, passages, sentences)]
}

function quoted(post: FullPost): readonly string[] {
  const { lead, points } = summarizePost(post, budget, 'points')
  return [...(lead ? [lead] : []), ...points].map(({ text }) => text)
}

function ranked(post: FullPost): readonly string[] {
  const { functionWords } = phrasesOf(post.language)
  const words = quoted(post).reduce((sum, text) => sum + countWords(text, post.language), 0)
  const sentences = sentencesOf(post)
  const terms = sentences.map(sentence => splitWords(sentence, post.language).map(word => word.toLowerCase()))
  const chosen = textRank(
    terms.map(each => ({ terms: each.filter(word => !functionWords.has(word)), words: each.length })),
    words,
  )
  return chosen.flatMap(index => sentences[index] ?? [])
}

function sentencesOf({ body, language }: FullPost): readonly string[] {
  return body.flatMap(({ text }) => splitSentences(text, language).map(sentence => sentence.text))
}
