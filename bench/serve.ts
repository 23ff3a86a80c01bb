/** What serving costs: requests a second and the 99th percentile, beside a bare Hono application that does one SQLite update. See bench/README.md. */

import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeSentEdition } from '../src/delivery/write-sent-edition.ts'
import { openLedger } from '../src/ledger/open-ledger.ts'
import { createLinkToken } from '../src/message/link-token.ts'
import { parseSecret } from '../src/message/secret-keys.ts'
import type { Email } from '../src/render/email.ts'
import { buildLargeEdition } from './large-edition.ts'
import { median } from './run-side-by-side.ts'
import { seedLedger } from './seed-ledger.ts'
import { measureTokenKinds } from './token-kinds.ts'
import { writeSection } from './write-section.ts'

const people = 4000
const connections = 50
const rounds = 5
const secret = 'benchmark-0123456789abcdefghijklmnopqrstuvwxyz'

/** One round: requests a second, and the 99th percentile of their milliseconds. */
interface Round {
  readonly rate: number
  readonly worst: number
}

const folder = mkdtempSync(path.join(tmpdir(), 'news-digest-bench-'))
try {
  const seed = path.join(folder, 'seed.db')
  const { email } = await buildLargeEdition(folder)
  await seedLedger(seed, people)
  await startSending(seed, email)
  if (!process.argv.includes('--tokens')) report('serve', await measureSpeed(seed, email.edition))
  report('serve-tokens', await measureTokens(seed))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function report(section: string, table: string): void {
  const text = `${machine()}\n\n${table}`
  console.log(`${text}\n`)
  if (process.argv.includes('--write')) writeSection(section, text)
}

function machine(): string {
  return `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${new Date().toISOString().slice(0, 10)}.`
}

async function measureTokens(seed: string): Promise<string> {
  copyOf(seed)
  const child = startOurs()
  const table = await measureTokenKinds(await portOf(child), secret)
  await stop(child)
  return table
}

async function measureSpeed(seed: string, edition: string): Promise<string> {
  const keys = parseSecret(secret)
  const tokens = Array.from({ length: people }, (_, index) =>
    createLinkToken({ purpose: 'unsubscribe', list: 'digest', subscriber: index + 1, epoch: 0 }, keys),
  )
  const contenders = [
    {
      name: 'bare Hono, one UPDATE',
      start: (file: string) => spawn(process.execPath, [childOf('baselines/bare-hono.ts'), file], { stdio: ['ignore', 'pipe', 'inherit'] }),
      method: 'POST',
      paths: tokens.map((_, index) => `/unsubscribe/${index + 1}`),
    },
    { name: 'unsubscribe, POST', start: startOurs, method: 'POST', paths: tokens.map(token => `/unsubscribe/${token}`) },
    { name: 'archive, one edition', start: startOurs, method: 'GET', paths: tokens.map(() => `/${edition}`) },
  ]
  const results: Round[][] = contenders.map(() => [])
  for (let round = 0; round <= rounds; round++)
    for (const [index, contender] of contenders.entries()) {
      const child = contender.start(copyOf(seed))
      const measured = await load(await portOf(child), contender.method, contender.paths)
      await stop(child)
      if (round > 0) results[index]?.push(measured)
    }
  return format(
    contenders.map(({ name }, index) => ({
      name,
      rate: median((results[index] ?? []).map(({ rate }) => rate)),
      worst: median((results[index] ?? []).map(({ worst }) => worst)),
    })),
  )
}

/** The ledger as it was at first, where `serve` looks for it. */
function copyOf(seed: string): string {
  const file = path.join(folder, 'data', 'news-digest.db')
  rmSync(path.dirname(file), { recursive: true, force: true })
  mkdirSync(path.dirname(file))
  copyFileSync(seed, file)
  return file
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  await new Promise(resolve => child.once('close', resolve))
}

function format(rows: readonly (Round & { readonly name: string })[]): string {
  const base = rows[0]?.rate ?? Number.NaN
  return [
    `${people.toLocaleString('en')} requests over ${connections} connections from a program on the same machine; a SQLite ledger, every change durable; median of ${rounds} rounds in turns. At least 0.7 of the bare one.`,
    '',
    '| | requests a second | against the bare one | 99th percentile |',
    '| --- | ---: | ---: | ---: |',
    ...rows.map(
      ({ name, rate, worst }) =>
        `| ${name} | ${Math.round(rate).toLocaleString('en')} | ${(rate / base).toFixed(2)} | ${worst.toFixed(0)} ms |`,
    ),
  ].join('\n')
}

async function startSending(file: string, email: Email): Promise<void> {
  const ledger = await openLedger({ file, databaseUrl: undefined, displayRoot: folder })
  await ledger.db
    .insertInto('sendings')
    .values({
      list: 'digest',
      edition: email.edition,
      kind: 'edition',
      round: 0,
      hashesJson: JSON.stringify(email.hashes),
      state: 'finished',
      startedAt: Date.now(),
      recipients: 0,
    })
    .execute()
  await writeSentEdition(ledger, 'digest', email)
  await ledger.close()
}

function startOurs(): ChildProcess {
  return spawn(process.execPath, [childOf('../dist/cli.js'), 'serve', '--port', '0'], {
    cwd: folder,
    env: { ...process.env, NEWS_DIGEST_SECRET: secret, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

function childOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise(resolve => {
    let printed = ''
    child.stdout?.setEncoding('utf8').on('data', text => {
      if (printed.includes('listening')) return
      printed += text
      const line = printed.split('\n').find(each => each.includes('listening') && each.endsWith('}'))
      if (line !== undefined) resolve((JSON.parse(line) as { port: number }).port)
    })
  })
}

async function load(port: number, method: string, paths: readonly string[]): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const took: number[] = []
  let next = 0
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const startedAt = performance.now()
      request({ host: '127.0.0.1', port, path: paths[next++], method, agent }, answer => {
        if (answer.statusCode !== 200) reject(new Error(`the server answered ${answer.statusCode}`))
        answer.resume().once('end', () => {
          took.push(performance.now() - startedAt)
          resolve()
        })
      })
        .once('error', reject)
        .end()
    })
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < paths.length) await ask()
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  agent.destroy()
  took.sort((one, other) => one - other)
  return { rate: paths.length / seconds, worst: took[Math.floor(took.length * 0.99)] ?? Number.NaN }
}
