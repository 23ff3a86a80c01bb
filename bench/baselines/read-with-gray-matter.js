// What a script without news-digest does: read every file, split its front matter. Argument: folder. Prints how many, and its peak memory.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import matter from 'gray-matter'

const folder = process.argv[2]
const posts = []
for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (file.endsWith('.md')) posts.push(matter(readFileSync(join(folder, file), 'utf8'), {}).data)
}
console.log(JSON.stringify({ posts: posts.length, kilobytes: process.resourceUsage().maxRSS }))
