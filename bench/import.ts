/** What a large list costs: importing, importing again, exporting, and how long others wait. See bench/README.md. */

import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { writeSection } from './write-section.ts'

const people = Number(process.env.PEOPLE ?? 1_000_000)
const longest = 60
const longestLock = 10
const mostMemory = 250
const pollMilliseconds = 20

const command = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const tellUsage = fileURLToPath(new URL('children/tell-usage.cjs', import.meta.url))

const folder = mkdtempSync(path.join(tmpdir(), 'news-digest-bench-'))
try {
  const report = await measure()
  console.log(report)
  if (process.argv.includes('--write')) writeSection('import', report)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** One command: seconds of wall and processor time, the longest wait of another writer in seconds, megabytes. */
interface Usage {
  readonly wall: number
  readonly processor: number
  readonly locked: number
  readonly peak: number
}

async function measure(): Promise<string> {
  await writePeople(path.join(folder, 'readers.csv'))
  const importing = ['import', 'readers.csv', '--consent', 'made up']
  const runs = [
    ['import, all new', await run(importing)],
    ['the same file again', await run(importing)],
    ['tag a third of them', await run(['tag', 'german', '--where', 'language = de'])],
    ['export as CSV', await run(['export', '--out', 'export.csv'])],
  ] as const
  const size = statSync(path.join(folder, 'readers.csv')).size
  return [
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.split(' ').slice(0, 2).join(' ') ?? 'unknown'}, ${new Date().toISOString().slice(0, 10)}.`,
    '',
    `${people.toLocaleString('en')} people, ${Math.round(size / 1e6)} MB of CSV, a SQLite ledger; whole process, once. *Locked*: the longest that another process waited to write`,
    `(at most ${longestLock} s). An import has to take under ${longest} s, and none of them ${mostMemory} MB.`,
    '',
    '| `news-digest subscribers …` | wall time | processor time | locked | peak memory |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...runs.map(
      ([name, { wall, processor, locked, peak }]) =>
        `| ${name} | ${wall.toFixed(1)} s | ${processor.toFixed(1)} s | ${locked.toFixed(1)} s | ${Math.round(peak)} MB |`,
    ),
  ].join('\n')
}

async function run(args: readonly string[]): Promise<Usage> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--require', tellUsage, command, 'subscribers', ...args], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: '' },
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  })
  let told = ''
  child.stdio[3]?.on('data', chunk => {
    told += String(chunk)
  })
  let ended = false
  const end = new Promise<number | null>(resolve => void child.once('close', resolve)).finally(() => {
    ended = true
  })
  const locked = await longestWait(() => ended)
  const status = await end
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`)
  const { processor, peak } = JSON.parse(told) as { processor: number; peak: number }
  return { wall: (performance.now() - startedAt) / 1000, processor: processor / 1000, locked: locked / 1000, peak: peak / 1e6 }
}

/** Tries again and again to write, as a sending would; the longest time in milliseconds in which that was not possible. */
async function longestWait(isOver: () => boolean): Promise<number> {
  const file = path.join(folder, 'data', 'news-digest.db')
  while (!existsSync(file) && !isOver()) await sleep(pollMilliseconds)
  const database = new DatabaseSync(file, { timeout: 0 })
  let longestSoFar = 0
  let since: number | null = null
  while (!isOver()) {
    if (canWrite(database)) since = null
    else since ??= performance.now()
    if (since !== null) longestSoFar = Math.max(longestSoFar, performance.now() - since)
    await sleep(pollMilliseconds)
  }
  database.close()
  return longestSoFar
}

function canWrite(database: DatabaseSync): boolean {
  try {
    database.exec('begin immediate')
    database.exec('rollback')
    return true
  } catch {
    return false
  }
}

/** People with a name, a language, tags, a city and a date: what exports have. Addresses come in no order. */
async function writePeople(file: string): Promise<void> {
  const stream = createWriteStream(file)
  let state = 20_260_125
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state
  }
  const pick = (texts: readonly string[]) => texts[random() % texts.length] ?? ''
  stream.write('email,name,language,tags,city,created_at\n')
  for (let index = 0; index < people; index++) {
    const address = `reader${random().toString(36)}.${index}@${pick(['gmail.com', 'example.org', 'web.example', 'mail.test'])}`
    const line = `${address},Ada Lovelace ${index},${['de', 'en', 'fa'][index % 3]},"berlin,press",${pick(['Berlin', 'Köln', 'Ulm'])},2025-0${1 + (index % 9)}-11 10:00:00\n`
    if (!stream.write(line)) await new Promise<void>(resolve => stream.once('drain', () => resolve()))
  }
  await new Promise<void>(resolve => stream.end(() => resolve()))
}
