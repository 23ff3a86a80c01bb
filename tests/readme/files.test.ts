import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/read-config.ts'
import { readPosts } from '../../src/content/read-posts.ts'
import { parseEditionFile } from '../../src/edition/parse-edition-file.ts'
import { readOptionsOf } from '../content/read-options-of.ts'
import { createTempFolder } from '../temp-folder.ts'
import { type Example, readExamples } from './examples.ts'

const documents = ['configuration', 'editions', 'templates', 'subscribers', 'sending', 'relays', 'bounces']
const examples = ['README.md', ...documents.map(name => `docs/${name}.md`)].flatMap(document => readExamples(document, ['yaml']))

describe('every YAML example of the documents is what it claims to be', () => {
  it('finds the examples', () => expect(examples.length).toBeGreaterThan(3))

  it.each(examples)('$document:$line', async example => {
    if (example.code.startsWith('title:')) await expectPost(example)
    else if (example.document === 'docs/editions.md') await expectEditionFile(example)
    else expect(await parseConfig(example.code, 'news-digest.yaml')).toHaveProperty('site')
  })
})

async function expectPost({ code }: Example): Promise<void> {
  const dir = await createTempFolder({ 'a-post.md': `---\n${code}---\n\nText.\n` })
  const { posts, broken, problems } = await readPosts(readOptionsOf(dir))
  expect({ broken, problems }).toEqual({ broken: [], problems: [] })
  expect(posts).toMatchObject([{ featured: true }])
}

async function expectEditionFile({ code }: Example): Promise<void> {
  const source = { file: '2026-w06.md', id: '2026-w06', text: `---\n${code}---\n` }
  const { file, problems } = await parseEditionFile(source, { siteUrl: 'https://blog.example', timeZone: 'UTC' })
  expect(problems).toEqual([])
  expect((file?.items ?? file?.subjects)?.length).toBeGreaterThan(1)
}
