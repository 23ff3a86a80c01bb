/** Asks a SpamAssassin on this machine what it thinks of a message. Nothing is sent to any service by us. */

import { spawn } from 'node:child_process'
import { parseSpamReport, type SpamReport } from './spam-report.ts'

/** What came of asking. */
export type SpamAnswer =
  | { readonly kind: 'judged'; readonly program: string; readonly report: SpamReport }
  /** `why` is one sentence for people. */
  | { readonly kind: 'not-judged'; readonly why: string }

/** How it is asked. */
export interface SpamOptions {
  /** The environment: where programs are looked for. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds. Default: a minute. */
  readonly timeout?: number
}

/** The daemon's client first, which is fast; then the program itself, without its tests over the network (`--local`). */
const programs = [
  { name: 'spamc', arguments: ['-R', '-t', '50', '-s', '5000000'] },
  { name: 'spamassassin', arguments: ['--test-mode', '--local'] },
] as const

/** A report is some kilobytes; what is longer is none. */
const mostOutput = 2_000_000

/** Pipes a message to `spamc` or `spamassassin`, whichever there is. Never throws for what they do. */
export async function readSpamScore(eml: Uint8Array, { env, timeout = 60_000 }: SpamOptions): Promise<SpamAnswer> {
  const failures: string[] = []
  for (const program of programs) {
    const output = await run(program.name, program.arguments, eml, env, timeout)
    if (output.kind === 'absent') continue
    const report = output.kind === 'said' ? parseSpamReport(output.text) : null
    if (report !== null) return { kind: 'judged', program: program.name, report }
    failures.push(
      output.kind === 'failed'
        ? `${program.name} ${output.why}`
        : `${program.name} gave no score${program.name === 'spamc' ? ' (is spamd running?)' : ''}`,
    )
  }
  if (failures.length > 0) return { kind: 'not-judged', why: failures.join('; ') }
  return {
    kind: 'not-judged',
    why: 'no SpamAssassin is installed: neither spamc nor spamassassin is in the PATH (Debian and Ubuntu: apt-get install spamassassin)',
  }
}

type Output =
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'said'; readonly text: string }

function run(name: string, given: readonly string[], input: Uint8Array, env: SpamOptions['env'], timeout: number): Promise<Output> {
  return new Promise(resolve => {
    const child = spawn(name, given, { env: { ...env, LC_ALL: 'C' }, stdio: ['pipe', 'pipe', 'ignore'], timeout, killSignal: 'SIGKILL' })
    const chunks: Buffer[] = []
    let size = 0
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > mostOutput) child.kill('SIGKILL')
      else chunks.push(chunk)
    })
    child.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ENOENT' ? { kind: 'absent' } : { kind: 'failed', why: `could not be started (${error.code})` })
    })
    child.on('close', (_, signal) => {
      if (size > mostOutput) resolve({ kind: 'failed', why: 'said more than 2 MB' })
      else if (signal === null) resolve({ kind: 'said', text: Buffer.concat(chunks).toString('utf8') })
      else resolve({ kind: 'failed', why: `did not answer within ${Math.round(timeout / 1000)} seconds` })
    })
    // One that ends before it has read everything is judged by what it said.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
