/** What a build costs: whole processes beside a bare script, reading at scale beside a plain loop, and every stage by itself. See bench/README.md. */

import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../src/config/read-config.ts'
import { generatePosts } from './generate-posts.ts'
import { type Measured, median, runSideBySide } from './run-side-by-side.ts'
import { writeSection } from './write-section.ts'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), 'news-digest-bench-'))
try {
  const report = await measure()
  console.log(report)
  if (process.argv.includes('--write')) writeSection('build', report)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(): Promise<string> {
  const blog = prepareBlog()
  const stages = await measureStages(blog)
  return [
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${new Date().toISOString().slice(0, 10)}.`,
    '',
    ...measureBuild(blog, stages.mjml),
    '',
    ...measureReading(),
    '',
    ...stages.table,
  ].join('\n')
}

interface Blog {
  readonly content: string
  readonly name: string
}

/** The seed blog where it is at hand, else one of 22 generated posts of which 8 are featured in February. */
function prepareBlog(): Blog {
  const content = path.join(folder, 'blog')
  const seed = path.join(process.env.CORPORA ?? 'none', 'flowdrop', 'blog')
  if (existsSync(seed)) {
    cpSync(seed, content, { recursive: true })
    return { content, name: 'flowdrop, 8 of 22 posts' }
  }
  generatePosts({ folder: content, count: 22, seed: 2026, newest: '2026-02-22', perDay: 1 })
  return { content, name: 'generated, 8 of 22 posts' }
}

/** (a) The command as a whole, against a script that imports mjml and compiles the MJML which our own pipeline made. */
function measureBuild({ content, name }: Blog, mjml: string): string[] {
  const input = path.join(folder, 'email.mjml')
  writeFileSync(input, mjml)
  const window = ['--from', '2026-02-01', '--to', '2026-02-28', '--now', '2026-03-02T00:00:00Z']
  const flags = ['--content', content, '--site-url', 'https://flowdrop.example', '--out', path.join(folder, 'out'), '--no-check', '--json']
  const { build, script } = runSideBySide(
    [
      { name: 'build', args: [here('../dist/cli.js'), 'build', ...window, ...flags] },
      { name: 'script', args: [here('baselines/compile-mjml.js'), input, path.join(folder, 'email.html')] },
    ],
    11,
  )
  return [
    `**(a) One edition, whole process** (${name}; median of 11 runs in turns, after one untimed)`,
    '',
    '| | wall time | against the script | processor time | against the script |',
    '| --- | ---: | ---: | ---: | ---: |',
    `| script that imports mjml and compiles the same MJML once | ${ms(script.median)} | 1 | ${ms(script.processor)} | 1 |`,
    `| \`news-digest build --no-check\` | ${ms(build.median)} | **${ratio(build, script)}** (at most 1.4) | ${ms(build.processor)} | ${processorRatio(build, script)} |`,
  ]
}

/** (b) Reading posts: without an index, with one, and a plain loop; each in a process of its own, Node's start included. */
function measureReading(): string[] {
  const [few, small, large] = [readingOf(20, 5), readingOf(2_000, 5), readingOf(20_000, 5)]
  const perPost = (measured: Measured, count: number) => (measured.median - few.cold.median) / (count - 20)
  const growth = perPost(large.cold, 20_000) / perPost(small.cold, 2_000)
  const row = (what: string, measured: Measured, limit: string) =>
    `| ${what} | ${ms(measured.median)} | ${ratio(measured, large.loop)}${limit} | ${ms(measured.processor)} | ${processorRatio(measured, large.loop)} | ${megabytes(measured)} |`
  return [
    '**(b) Reading 20,000 posts** (generated, 8 to 10 kB each; whole process, median of 5 runs in turns, files in the disk cache)',
    '',
    '| | wall time | against the loop | processor time | against the loop | peak memory |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    row('loop of `readFileSync` and `matter(text, {})`', large.loop, ''),
    row('cold: no index', large.cold, ' (at most 0.8)'),
    row('warm: unchanged since the index', large.warm, ' (at most 0.15)'),
    '',
    `From 2,000 to 20,000 posts a post takes ${growth.toFixed(2)} times as long (at most 1; what 20 posts take is taken off both, so Node's start does not`,
    'flatter it). Peak memory has to stay under 250 MB.',
  ]
}

function readingOf(count: number, rounds: number) {
  const content = path.join(folder, `posts-${count}`)
  const [coldIndex, warmIndex] = [path.join(folder, `cold-${count}`), path.join(folder, `warm-${count}`)]
  generatePosts({ folder: content, count, seed: 7, newest: '2026-03-01', perDay: 3 })
  mkdirSync(warmIndex, { recursive: true })
  return runSideBySide(
    [
      { name: 'loop', args: [here('baselines/read-with-gray-matter.js'), content] },
      {
        name: 'cold',
        args: [here('children/read-posts.js'), content, coldIndex],
        before: () => rmSync(coldIndex, { recursive: true, force: true }),
      },
      { name: 'warm', args: [here('children/read-posts.js'), content, warmIndex] },
    ],
    rounds,
  )
}

/** (c) Every stage by itself, in one process: the first time, modules loaded with it, and the median of the later ones. */
async function measureStages({ content, name }: Blog): Promise<{ table: string[]; mjml: string }> {
  const rounds = 11
  const overrides = { site: { url: 'https://flowdrop.example' }, content: { dir: content }, out: path.join(folder, 'out-stages') }
  const config = await readConfig({ cwd: folder, file: null, overrides })
  const request = path.join(folder, 'stages.json')
  writeFileSync(request, JSON.stringify({ config, window: { kind: 'span', from: '2026-02-01', to: '2026-02-28' }, rounds }))
  const { run } = runSideBySide([{ name: 'run', args: [here('children/measure-stages.js'), request] }], 1)
  const { stages, mjml } = JSON.parse(run.output) as { stages: Record<string, number[]>; mjml: string }
  const rows = Object.entries(stages).map(([stage, [first = Number.NaN, ...later]]) => `| ${stage} | ${ms(first)} | ${ms(median(later))} |`)
  const table = [
    `**(c) By stage** (${name}; one process, the first time with loading its modules, then the median of ${rounds - 1})`,
    '',
    '| stage | first | again |',
    '| --- | ---: | ---: |',
    ...rows,
  ]
  return { table, mjml }
}

function ratio(one: Measured, other: Measured): string {
  return (one.median / other.median).toFixed(2)
}

function processorRatio(one: Measured, other: Measured): string {
  return (one.processor / other.processor).toFixed(2)
}

function ms(milliseconds: number): string {
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds).toLocaleString('en')} ms`
}

function megabytes({ output }: Measured): string {
  return `${Math.round(Number(JSON.parse(output).kilobytes) / 1024)} MB`
}
