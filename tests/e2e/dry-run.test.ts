import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createPublication } from '../delivery/publication.ts'
import { createDatabase } from '../ledger/create-database.ts'
import { breachesOf } from '../message/raw-message.ts'
import { keyOf } from '../message/secret-of.ts'
import { createTempFolder } from '../temp-folder.ts'
import { startMailRelay } from '../transport/mail-relay.ts'

const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** Where the command keeps compiled code otherwise: each folder for temporary files would have its own, empty at first. */
const compileCache = path.join(tmpdir(), 'node-compile-cache')

interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built command beside the servers in this process. `onError` is told of all that it has printed on standard error so far. */
function run(
  cwd: string,
  args: readonly string[],
  env: Record<string, string> = {},
  onError: (stderr: string, child: ChildProcess) => unknown = () => {},
): Promise<Ran> {
  const { SMTP_URL: _, DATABASE_URL: __, NEWS_DIGEST_SECRET: ___, ...others } = process.env
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    env: { ...others, CI: '', NO_COLOR: '1', TMPDIR: path.join(cwd, 'temp'), NODE_COMPILE_CACHE: compileCache, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', text => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
    onError(stderr, child)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', status => resolve({ status, stdout, stderr }))
  })
}

const settings =
  'site: { name: Harbour Notes, url: https://harbour.example, timeZone: Europe/Lisbon }\nsender: { email: letter@harbour.example, address: "Pier 4, Faro" }\nlinks: { publicUrl: https://letter.harbour.example }\n'
const post =
  '---\ntitle: Lamps at low water\ndate: 2026-02-03\ndescription: Who lights them, and who pays for the oil.\nfeatured: true\n---\n\nThe lamps are lit at dusk.\n'

/** A built edition and a list of so many readers, by the command line. */
async function createByCommand(readers: number, env: Record<string, string> = {}, more = ''): Promise<string> {
  const rows = Array.from(
    { length: readers },
    (_, index) => `reader${index}@gull${index % 7}.example,Reader ${index},${index % 2 ? 'de' : 'en'}\n`,
  )
  const cwd = await createTempFolder({
    'news-digest.yaml': settings + more,
    'content/lamps.md': post,
    'readers.csv': `email,name,language\n${rows.join('')}`,
  })
  await mkdir(path.join(cwd, 'temp'))
  expect(await run(cwd, ['build', '2026-w06'])).toMatchObject({ status: 0 })
  expect(await run(cwd, ['subscribers', 'import', 'readers.csv', '--consent', 'a test'], env)).toMatchObject({ status: 0 })
  return cwd
}

/** The same without a process for each. */
async function create(readers: number, more = ''): Promise<string> {
  const { cwd } = await createPublication({ settings: settings + more, readers })
  await mkdir(path.join(cwd, 'temp'))
  return cwd
}

/** Temporary folders that are there now. Node's own, for compiled code, stays. */
function temporaryOf(cwd: string): readonly string[] {
  return readdirSync(path.join(cwd, 'temp')).filter(name => name.startsWith('news-digest'))
}

const dryRun = ['send', '2026-w06', '--dry-run']

describe('news-digest send --dry-run', () => {
  it.each(['SQLite', 'PostgreSQL'])('verifies every message with the ledger on %s, and sends nothing anywhere', async kind => {
    const relay = await startMailRelay()
    const database: Record<string, string> = kind === 'SQLite' ? {} : { DATABASE_URL: await createDatabase() }
    const cwd = await createByCommand(120, database, 'send: { rate: 20/s }\n')
    const ledger = path.join(cwd, 'data/news-digest.db')
    const before = existsSync(ledger) ? readFileSync(ledger) : null
    const env = { ...database, NEWS_DIGEST_SECRET: keyOf('a'), SMTP_URL: `smtp://localhost:${relay.port}` }
    const { status, stdout } = await run(cwd, dryRun, env)
    expect(stdout).toContain('✓ 2026-w06: every message is in order; nothing was sent, and nothing is recorded\n')
    expect(stdout).toMatch(/messages +120 verified, none with a fault/)
    expect(stdout).toMatch(/takes +about 6 s: 6 s by send\.rate/)
    expect(stdout).toMatch(/samples +10 messages in out\/2026-w06\/dry-run\//)
    expect(status).toBe(0)
    expect(relay.received).toEqual([])
    expect(existsSync(ledger) ? readFileSync(ledger) : null).toEqual(before)
    expect(temporaryOf(cwd)).toEqual([])
    expect(await readdir(path.join(cwd, 'content'))).toEqual(['lamps.md'])
    const samples = path.join(cwd, 'out/2026-w06/dry-run')
    const names = await readdir(samples)
    expect(names).toHaveLength(10)
    expect((await Promise.all(names.map(name => readFile(path.join(samples, name))))).flatMap(breachesOf)).toEqual([])
  })

  it('is in nobody’s way: the edition is checked, sent and built as before', async () => {
    const relay = await startMailRelay()
    const cwd = await create(12)
    const env = { NEWS_DIGEST_SECRET: keyOf('a'), SMTP_URL: `smtp://localhost:${relay.port}` }
    for (const _ of [1, 2]) expect(await run(cwd, dryRun, env)).toMatchObject({ status: 0 })
    expect(await run(cwd, ['check', '2026-w06'])).toMatchObject({ status: 0 })
    expect(await run(cwd, ['send', '2026-w06', '--yes'], env)).toMatchObject({ status: 0 })
    expect(relay.received).toHaveLength(12)
    expect(await run(cwd, dryRun, env)).toMatchObject({ status: 0, stdout: expect.stringContaining('nothing of it is left to send') })
    expect(await run(cwd, ['build', '2026-w06'])).toMatchObject({ status: 0 })
    expect(existsSync(path.join(cwd, 'out/2026-w06/dry-run'))).toBe(false)
  })

  it('ends with 1 where a check would keep the edition from being sent, and says what stood in for relay and secret', async () => {
    const cwd = await create(2)
    const config = path.join(cwd, 'news-digest.yaml')
    const without = readFileSync(config, 'utf8').replace(', address: "Pier 4, Faro"', '')
    await writeFile(config, without)
    const { status, stdout } = await run(cwd, dryRun)
    expect(stdout).toContain('missing-postal-address')
    expect(stdout).toContain('No relay is configured: it went as if to one without limits.')
    expect(stdout).toContain('NEWS_DIGEST_SECRET is not set')
    expect(status).toBe(1)
    expect(await run(cwd, [...dryRun, '--force', 'the address is in the footer picture'])).toMatchObject({ status: 0 })
  })

  it('prints one object with --json, and progress beside it', async () => {
    const cwd = await create(3)
    const { status, stdout, stderr } = await run(cwd, [...dryRun, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: { edition: '2026-w06', outcome: { kind: 'finished' }, verdict: { messages: 3, faulty: 0 }, forecast: { endsAt: null } },
    })
    expect(JSON.parse(stderr.split('\n')[0] ?? '')).toMatchObject({ progress: { recipients: 3 } })
    expect(status).toBe(0)
  })

  it('ends on Ctrl-C, and leaves nothing of its ledger', async () => {
    const cwd = await create(300, 'send: { rate: 10/m }\n')
    let meanwhile: readonly string[] | null = null
    const { status, stdout } = await run(cwd, dryRun, {}, (stderr, child) => {
      if (meanwhile !== null || !stderr.includes('progress')) return
      meanwhile = temporaryOf(cwd)
      child.kill('SIGINT')
    })
    expect(meanwhile).toHaveLength(1)
    expect(stdout).toMatch(/The dry run of 2026-w06 was interrupted after \d+ messages?/)
    expect(status).toBe(130)
    expect(temporaryOf(cwd)).toEqual([])
  })
})
