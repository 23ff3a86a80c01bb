/** What sending costs: messages a second against a sink, beside a loop of nodemailer's sendMail and Postfix's smtp-source. See bench/README.md. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileMessage } from '../src/message/compile-message.ts'
import { messageSettingsOf } from '../src/message/message-settings.ts'
import { buildLargeEdition } from './large-edition.ts'
import { measureMillion } from './measure-million.ts'
import { median } from './run-side-by-side.ts'
import { seedLedger } from './seed-ledger.ts'
import { writeSection } from './write-section.ts'

const rounds = 5
const secret = 'benchmark-0123456789abcdefghijklmnopqrstuvwxyz'
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const loop = fileURLToPath(new URL('baselines/send-mail-loop.ts', import.meta.url))
const plainSink = fileURLToPath(new URL('children/take-mail.js', import.meta.url))
const environment = { ...process.env, CI: '', NO_COLOR: '1', NEWS_DIGEST_SECRET: secret, DATABASE_URL: '' }

/** One way to send: how many messages in a round, and how many milliseconds they took. */
interface Contender {
  readonly name: string
  readonly messages: number
  readonly send: () => { readonly milliseconds: number; readonly processor: number }
}

const folder = mkdtempSync(path.join(tmpdir(), 'news-digest-bench-'))
const postfix = spawnSync('smtp-sink', ['-h'], { stdio: 'ignore' }).error === undefined
try {
  const report = process.argv.includes('--million') ? await measureMillion(folder, cli, environment) : await measure()
  console.log(report)
  if (process.argv.includes('--write')) writeSection(process.argv.includes('--million') ? 'million' : 'send', report)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(): Promise<string> {
  const { config, email } = await buildLargeEdition(folder)
  const size = compileMessage(email, messageSettingsOf(config, email)).compose({
    name: 'Reader 1',
    address: 'a@b.example',
    values: {},
  }).length
  const sink = await startSink()
  try {
    const contenders: readonly Contender[] = [
      {
        name: 'loop of nodemailer sendMail, pool of 20, no ledger',
        messages: 1500,
        send: () => sendByLoop(email.edition, sink.port, 1500),
      },
      { name: '`news-digest send`', messages: 30_000, send: () => sendByUs(sink.port, email.edition, 30_000) },
      { name: '`news-digest send`, DKIM on (RSA 2048)', messages: 3000, send: () => sendByUs(sink.port, email.edition, 3000, true) },
      ...(postfix
        ? [
            {
              name: 'smtp-source -d -s 20, no ledger, nothing composed',
              messages: 30_000,
              send: () => sendBySource(sink.port, size, 30_000),
            },
          ]
        : []),
    ]
    await seedLedger(path.join(folder, 'seed', 'plain.db'), 30_000)
    await seedLedger(path.join(folder, 'seed', 'dkim.db'), 3000)
    writeDkim()
    const results = takeTurns(contenders)
    return format(results, size)
  } finally {
    sink.child.kill()
  }
}

function takeTurns(
  contenders: readonly Contender[],
): readonly { readonly name: string; readonly rate: number; readonly processorRate: number }[] {
  const rates = contenders.map(() => [] as number[])
  const processorRates = contenders.map(() => [] as number[])
  for (let round = 0; round <= rounds; round++)
    for (const [index, { messages, send }] of contenders.entries()) {
      const { milliseconds, processor } = send()
      if (round === 0) continue
      rates[index]?.push((messages * 1000) / milliseconds)
      processorRates[index]?.push((messages * 1000) / processor)
    }
  return contenders.map(({ name }, index) => ({
    name,
    rate: median(rates[index] ?? []),
    processorRate: median(processorRates[index] ?? []),
  }))
}

function format(results: ReturnType<typeof takeTurns>, size: number): string {
  const [baseline, , , source] = results
  const ratio = (rate: number, to: number | undefined) => (to === undefined ? '' : (rate / to).toFixed(2))
  return [
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${new Date().toISOString().slice(0, 10)}.`,
    '',
    `A generated edition, ${Math.round(size / 1000)} kB a message, 20 connections to ${postfix ? "Postfix's `smtp-sink`" : 'a sink of our own (`smtp-sink` of the Debian package postfix is not installed, and neither is `smtp-source`)'} on the same machine; median of ${rounds} rounds in turns.`,
    '',
    '| | messages a second | against sendMail | against smtp-source | a second of processor time |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...results.map(
      ({ name, rate, processorRate }) =>
        `| ${name} | ${Math.round(rate).toLocaleString('en')} | ${ratio(rate, baseline?.rate)} | ${ratio(rate, source?.rate)} | ${Math.round(processorRate).toLocaleString('en')} |`,
    ),
    '',
    'Asked for: at least 5 times sendMail, and at least 0.7 of smtp-source, unsigned.',
  ].join('\n')
}

function writeDkim(): void {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(path.join(folder, 'dkim.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const text = spawnSync('cat', [path.join(folder, 'news-digest.yaml')], { encoding: 'utf8' }).stdout
  writeFileSync(path.join(folder, 'signed.yaml'), text)
  appendFileSync(path.join(folder, 'signed.yaml'), '\ndkim: { selector: news, keyFile: dkim.pem }\n')
}

function sendByUs(port: number, edition: string, messages: number, signed = false): ReturnType<Contender['send']> {
  rmSync(path.join(folder, 'data'), { recursive: true, force: true })
  spawnSync('mkdir', [path.join(folder, 'data')])
  spawnSync('cp', [path.join(folder, 'seed', signed ? 'dkim.db' : 'plain.db'), path.join(folder, 'data', 'news-digest.db')])
  const tell = fileURLToPath(new URL('children/tell-processor-time.cjs', import.meta.url))
  const args = [
    '--require',
    tell,
    cli,
    'send',
    edition,
    '--yes',
    '--json',
    '--force',
    'a benchmark',
    ...(signed ? ['--config', 'signed.yaml'] : []),
  ]
  const { status, stdout, stderr, output } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: { ...environment, SMTP_URL: `smtp://127.0.0.1:${port}` },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  if (status !== 0) throw new Error(`news-digest send ended with ${status}:\n${stderr.slice(-2000)}${stdout.slice(-2000)}`)
  const { sending } = JSON.parse(stdout) as { sending: { milliseconds: number; sum: { accepted: number } } }
  if (sending.sum.accepted !== messages) throw new Error(`${sending.sum.accepted} of ${messages} were accepted`)
  return { milliseconds: sending.milliseconds, processor: Number(output[3]) }
}

function sendByLoop(edition: string, port: number, messages: number): ReturnType<Contender['send']> {
  const tell = fileURLToPath(new URL('children/tell-processor-time.cjs', import.meta.url))
  const file = path.join(folder, 'out', edition, 'email.json')
  const { status, stdout, stderr, output } = spawnSync(process.execPath, ['--require', tell, loop, file, String(port), String(messages)], {
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  if (status !== 0) throw new Error(`the loop ended with ${status}:\n${stderr}`)
  return { milliseconds: (JSON.parse(stdout) as { milliseconds: number }).milliseconds, processor: Number(output[3]) }
}

function sendBySource(port: number, size: number, messages: number): ReturnType<Contender['send']> {
  const startedAt = performance.now()
  const { status, stderr } = spawnSync('smtp-source', ['-d', '-s', '20', '-l', String(size), '-m', String(messages), `127.0.0.1:${port}`], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`smtp-source ended with ${status}: ${stderr}`)
  return { milliseconds: performance.now() - startedAt, processor: Number.NaN }
}

async function startSink(): Promise<{ readonly port: number; readonly child: ChildProcess }> {
  if (!postfix) {
    const child = spawn(process.execPath, [plainSink], { stdio: ['ignore', 'pipe', 'inherit'] })
    const line = await new Promise<string>(resolve => child.stdout.once('data', data => resolve(String(data))))
    return { port: (JSON.parse(line) as { port: number }).port, child }
  }
  const port = await freePort()
  // As root it changes to another user, who must be named.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const child = spawn('smtp-sink', [...user, `127.0.0.1:${port}`, '1000'], { stdio: ['ignore', 'ignore', 'inherit'] })
  await new Promise(resolve => setTimeout(resolve, 500))
  return { port, child }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
