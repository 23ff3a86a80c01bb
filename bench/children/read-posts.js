// Reads a folder of posts as every command does, from the built package. Arguments: content folder, folder of the index.
// Prints how many posts, and the peak memory.
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { readPosts } = await import('../../dist/content/read-posts.js')

const [dir, cacheDir] = process.argv.slice(2)
const { posts, broken } = await readPosts({
  dir,
  cacheDir,
  exclude: [],
  siteUrl: 'https://blog.example',
  language: 'en',
  timeZone: 'UTC',
  urlPattern: '/blog/{slug}',
  fields: {},
  ignore: [],
  displayRoot: dir,
})
if (broken.length > 0) throw new Error(`${broken.length} of the generated posts cannot be read: ${JSON.stringify(broken[0])}`)
console.log(JSON.stringify({ posts: posts.length, kilobytes: process.resourceUsage().maxRSS }))
