import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const docs = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map(file => path.join('docs', file))
const documents = ['README.md', 'CHANGELOG.md', 'bench/README.md', ...docs].filter(file => file.endsWith('.md'))

describe.each(documents)('%s', document => {
  const text = read(document)
  const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter(target => !/^https?:/.test(target))

  it('links to files and headings that are there', () => {
    expect(links.filter(target => !exists(document, target))).toEqual([])
  })

  it('has one title and no line that trails off', () => {
    expect(withoutCode(text).match(/^# /gm)).toHaveLength(1)
    expect(text.split('\n').filter(line => /\b(TODO|FIXME|TBD|XXX)\b/.test(line))).toEqual([])
  })
})

it('every decision has the number of its file name, from 1 on without gaps', () => {
  const decisions = docs.filter(file => /decisions.\d{4}-/.test(file)).sort()
  const numbers = decisions.map(file => Number(/\d{4}/.exec(file)?.[0]))
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  expect(decisions.map(file => Number(/^# (\d+)\. /.exec(read(file))?.[1]))).toEqual(numbers)
})

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '')
}

function exists(document: string, target: string): boolean {
  const [file = '', anchor] = target.split('#')
  const resolved = file === '' ? document : path.join(path.dirname(document), file)
  if (!existsSync(path.join(root, resolved))) return false
  return anchor === undefined || anchorsOf(read(resolved)).includes(anchor)
}

/** Anchors as GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  const headings = [...text.replace(/^```.*?^```/gms, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading)
  return headings.map(heading =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
