/** A list of a million: the snapshot, memory while sending, and how soon a sending that was stopped goes on. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { serveSink } from '../src/transport/serve-sink.ts'
import { buildLargeEdition } from './large-edition.ts'
import { median } from './run-side-by-side.ts'
import { seedLedger } from './seed-ledger.ts'

const people = 1_000_000
const secondsSending = 60
const megabyte = 1_000_000

/** Measures, and tells as Markdown. `env` is what the command runs in, without its relay. Linux only: memory is read from /proc. */
export async function measureMillion(folder: string, cli: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { email } = await buildLargeEdition(folder)
  const ledger = path.join(folder, 'data', 'news-digest.db')
  const seed = path.join(folder, 'seed', 'million.db')
  await seedLedger(seed, people)
  const copy = path.join(folder, 'seed', 'copy.db')
  copyFileSync(seed, copy)
  mkdirSync(path.dirname(ledger), { recursive: true })
  copyFileSync(seed, ledger)

  const snapshot = takeSnapshot(copy)
  let messages = 0
  let onFirst = () => {}
  const sink = await serveSink({
    onMessage: () => {
      messages += 1
      if (messages === 1) onFirst()
    },
  })
  const start = (): ChildProcess =>
    spawn(process.execPath, [cli, 'send', email.edition, '--yes', '--quiet', '--force', 'a benchmark'], {
      cwd: folder,
      env: { ...env, SMTP_URL: sink.url },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  const firstMessage = () =>
    new Promise<void>(resolve => {
      messages = 0
      onFirst = resolve
    })

  const first = firstMessage()
  const sending = start()
  await first
  const memory = await watchMemory(sending)
  const sent = messages
  await stop(sending)

  const again = firstMessage()
  const startedAt = performance.now()
  const resumed = start()
  await again
  const resumedAfter = performance.now() - startedAt
  await stop(resumed)
  await sink.close()

  const [early, late] = [memory.slice(10, 20), memory.slice(-10)].map(median)
  const row = (what: string, figure: string, asked: string) => `| ${what} | ${figure} | ${asked} |`
  return [
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${new Date().toISOString().slice(0, 10)}.`,
    '',
    `A list of ${people.toLocaleString('en')}, SQLite; ${secondsSending} seconds of its sending (${sent.toLocaleString('en')} messages), then stopped by Ctrl-C and begun again.`,
    '',
    '| | measured | at most |',
    '| --- | ---: | ---: |',
    row('snapshot', `${(snapshot.milliseconds / 1000).toFixed(1)} s`, '20 s'),
    row('memory at the most, while sending', `${Math.round(Math.max(...memory) / megabyte)} MB`, '250 MB'),
    row(
      'memory after 10 to 20 s, and in the last 10 s',
      `${Math.round((early ?? 0) / megabyte)} and ${Math.round((late ?? 0) / megabyte)} MB`,
      'not growing',
    ),
    row('from the command to the first message, resumed', `${(resumedAfter / 1000).toFixed(1)} s`, '3 s'),
  ].join('\n')
}

function takeSnapshot(file: string): { readonly milliseconds: number; readonly peak: number } {
  const script = fileURLToPath(new URL('children/take-snapshot.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the snapshot ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as { milliseconds: number; peak: number }
}

/** Resident memory in bytes, once a second. */
async function watchMemory(child: ChildProcess): Promise<readonly number[]> {
  const samples: number[] = []
  for (let second = 0; second < secondsSending; second++) {
    await sleep(1000)
    const [, kilobytes = ''] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
    samples.push(Number(kilobytes) * 1024)
  }
  return samples
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.once('exit', () => resolve())
    child.kill('SIGINT')
  })
}
