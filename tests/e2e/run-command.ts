/** The built command as a process. */

import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** How a process ended, and what it printed. */
export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Where and how to run it. `onOutput` is told of all that it has printed so far, on either stream. */
export interface RunOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly onOutput?: (printed: { readonly stdout: string; readonly stderr: string }, child: ChildProcess) => void
}

/** Runs the built command without a terminal, beside the servers of this process. Nothing of the environment names a relay or a ledger. */
export function runCommand(args: readonly string[], { cwd, env = {}, onOutput = () => {} }: RunOptions): Promise<Ended> {
  const { SMTP_URL: _relay, DATABASE_URL: _database, NEWS_DIGEST_SECRET: _secret, ...others } = process.env
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    env: { ...others, CI: '', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text
    onOutput({ stdout, stderr }, child)
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
    onOutput({ stdout, stderr }, child)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', status => resolve({ status, stdout, stderr }))
  })
}
