/** A blog of any size in words that nobody wrote: for reading at scale, and where no corpus is at hand. */

import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What to generate. The same request gives the same bytes. */
export interface GenerateRequest {
  readonly folder: string
  readonly count: number
  readonly seed: number
  /** Day of the newest post, `YYYY-MM-DD`; the others go back from there. */
  readonly newest: string
  /** Posts on one day. */
  readonly perDay: number
}

/**
 * Writes posts as blogs have them: 1 to 2 kB of front matter with a FAQ of three to five questions, a body of 6 to 8 kB with headings, lists, links and
 * emphasis, a folder for each year. Every third is featured.
 */
export function generatePosts({ folder, count, seed, newest, perDay }: GenerateRequest): void {
  const random = seededRandom(seed)
  const words = inventWords(random, 3000)
  const start = Date.parse(`${newest}T00:00:00Z`)
  for (let index = 0; index < count; index++) {
    const day = new Date(start - Math.floor(index / perDay) * 86_400_000).toISOString().slice(0, 10)
    const dir = path.join(folder, day.slice(0, 4))
    if (index % perDay === 0) mkdirSync(dir, { recursive: true })
    const slug = `${pick(words, random)}-${pick(words, random)}-${index}`
    writeFileSync(path.join(dir, `${slug}.md`), post({ slug, day, featured: index % 3 === 0, words, random }))
  }
}

interface PostRequest {
  readonly slug: string
  readonly day: string
  readonly featured: boolean
  readonly words: readonly string[]
  readonly random: () => number
}

function post({ slug, day, featured, words, random }: PostRequest): string {
  const say = (least: number, most: number) => sentence(words, random, least, most)
  const faq = Array.from({ length: 3 + Math.floor(random() * 3) }, () => [
    `  - question: ${JSON.stringify(say(6, 10).replace(/\.$/, '?'))}`,
    `    answer: ${JSON.stringify(`${say(10, 18)} ${say(8, 16)}`)}`,
  ]).flat()
  const front = [
    `title: ${JSON.stringify(say(4, 8).slice(0, -1))}`,
    `description: ${JSON.stringify(`${say(10, 18)} ${say(8, 14)}`)}`,
    `slug: ${slug}`,
    `publishedAt: ${day}`,
    `author: ${capital(pick(words, random))} ${capital(pick(words, random))}`,
    `category: ${capital(words[Math.floor(random() * 8)] ?? '')}`,
    `tags: [${words.slice(10, 14).join(', ')}]`,
    `featured: ${featured}`,
    `ogImage: /images/${slug}`,
    'faqSchema:',
    ...faq,
  ]
  return `---\n${front.join('\n')}\n---\n\n${body(say, random)}`
}

function body(say: (least: number, most: number) => string, random: () => number): string {
  const parts: string[] = []
  const size = 6000 + random() * 2000
  for (let length = 0; length < size; ) {
    const roll = random()
    const part =
      roll < 0.15
        ? `## ${say(3, 6).slice(0, -1)}`
        : roll < 0.3
          ? [say(6, 12), say(6, 12), say(6, 12)].map(item => `- ${item}`).join('\n')
          : `${say(8, 20)} **${say(3, 6)}** ${say(8, 20)} [${say(2, 4).slice(0, -1)}](/blog/${Math.floor(random() * 1000)}) ${say(8, 20)}`
    parts.push(part)
    length += part.length + 2
  }
  return `${parts.join('\n\n')}\n`
}

function sentence(words: readonly string[], random: () => number, least: number, most: number): string {
  const length = least + Math.floor(random() * (most - least + 1))
  return `${capital(Array.from({ length }, () => pick(words, random)).join(' '))}.`
}

function inventWords(random: () => number, count: number): string[] {
  const onsets = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'br', 'st', 'tr', 'pl', 'gr', 'sh', 'th']
  const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ou', 'ea']
  const syllable = () => `${pick(onsets, random)}${pick(vowels, random)}${random() < 0.3 ? pick(['n', 'r', 's', 'l', 't'], random) : ''}`
  return Array.from({ length: count }, () => Array.from({ length: 1 + Math.floor(random() * 3) }, syllable).join(''))
}

function pick(list: readonly string[], random: () => number): string {
  return list[Math.floor(random() * list.length)] ?? ''
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** Numbers in [0, 1) from a seed (mulberry32, Tommy Ettinger, public domain). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
