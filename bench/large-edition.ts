import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../src/config/config.ts'
import { readConfig } from '../src/config/read-config.ts'
import type { Email } from '../src/render/email.ts'
import { buildEdition } from '../src/run-build.ts'
import { generatePosts } from './generate-posts.ts'

/** Where the edition's links lead. */
export const publicUrl = 'https://post.lighthouse.example'

/** 26 generated posts in one edition of some 50 kB, built into `folder`/out; the folder is a publication that `news-digest` can be run in. */
export async function buildLargeEdition(folder: string): Promise<{ readonly config: Config; readonly email: Email }> {
  writeFileSync(
    path.join(folder, 'news-digest.yaml'),
    [
      'site: { name: The Lighthouse, url: https://lighthouse.example }',
      'content: { dir: posts }',
      'sender: { email: post@lighthouse.example, address: Rock 1 }',
      `links: { publicUrl: ${publicUrl} }`,
    ].join('\n'),
  )
  generatePosts({ folder: path.join(folder, 'posts'), count: 78, seed: 2026, newest: '2026-02-28', perDay: 4 })
  const config = await readConfig({ cwd: folder, file: null })
  const window = { kind: 'span', from: '2026-02-01', to: '2026-02-28' } as const
  const build = await buildEdition({ config, window, now: new Date('2026-03-02T00:00:00Z'), check: false })
  if (build.kind !== 'written') throw new Error('there is nothing to compose')
  return { config, email: build.rendered.email }
}
