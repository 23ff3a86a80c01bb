import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('README.md', import.meta.url)

/** Replaces what stands between `<!-- name:start -->` and `<!-- name:end -->` in bench/README.md. */
export function writeSection(name: string, markdown: string): void {
  const text = readFileSync(file, 'utf8')
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`bench/README.md has no ${start} … ${end}`)
  writeFileSync(file, `${text.slice(0, from + start.length)}\n${markdown.trim()}\n${text.slice(to)}`)
}
