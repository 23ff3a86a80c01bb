import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it, onTestFinished } from 'vitest'
import { watchPath } from '../../../src/web/preview/watch-path.ts'
import { createTempFolder } from '../../temp-folder.ts'

/** Watches a folder with one post; `reported` waits until a path in it, or the folder itself, was reported since it was called last. */
async function watchPosts() {
  const cwd = await createTempFolder({ 'posts/gulls.md': 'Gulls' })
  const posts = path.join(cwd, 'posts')
  let changes: string[] = []
  const watch = await watchPath(posts, { accepts: () => true, onChange: each => void changes.push(path.relative(cwd, each)) })
  onTestFinished(() => watch.close())
  const reported = async (name: string) => {
    while (!changes.includes(name)) await sleep(5)
    changes = []
  }
  return { posts, elsewhere: path.join(cwd, 'elsewhere'), reported }
}

describe('watchPath()', () => {
  it('goes on with a folder that was put back as soon as it was seen to go', async () => {
    const { posts, elsewhere, reported } = await watchPosts()
    for (const name of ['once', 'twice', 'three times']) {
      await rename(posts, elsewhere)
      await reported('posts')
      await rename(elsewhere, posts)
      await reported('posts')
      await writeFile(path.join(posts, 'gulls.md'), `Gulls, ${name}`)
      await reported('posts/gulls.md')
      await writeFile(path.join(posts, `nets ${name}.md`), 'Nets')
      await reported(`posts/nets ${name}.md`)
    }
  })

  it('goes on with another folder in the place of one that was removed', async () => {
    const { posts, reported } = await watchPosts()
    for (const name of ['once', 'twice']) {
      await rm(posts, { recursive: true })
      await mkdir(posts)
      await reported('posts')
      // What is written before it is watched anew is told as a change of the folder.
      const writing = setInterval(() => void writeFile(path.join(posts, `${name}.md`), `${performance.now()}`), 100)
      await reported(`posts/${name}.md`)
      clearInterval(writing)
    }
  })
})
