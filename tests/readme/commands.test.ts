import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type PackagedChromium, packagedChromium } from '../../scripts/packaged-chromium.ts'
import { type Sink, serveSink } from '../../src/transport/serve-sink.ts'
import { secret } from '../delivery/publication.ts'
import { installPacked, npmEnvironment } from '../package/pack.ts'
import { commandsOf, readExamples, root } from './examples.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'news-digest-readme-'))
const checkout = path.join(folder, 'checkout')
const site = path.join(folder, 'site')
const shortCut = path.join(folder, 'bin')

let chromium: PackagedChromium
let relay: Sink
const accepted: string[] = []

beforeAll(async () => {
  chromium = await packagedChromium()
  relay = await serveSink({ onMessage: ({ to }) => accepted.push(...to) })
  makeShortCut()
  makeCheckout()
  await makeSite()
})
afterAll(async () => {
  await relay.close()
  rmSync(folder, { recursive: true, force: true })
})

const examples = ['README.md', 'docs/editions.md', 'docs/subscribers.md'].flatMap(document => readExamples(document, ['sh']))
const commands = examples.flatMap(example => commandsOf(example).map(command => ({ ...example, command })))

describe('every command of the documents does what it says', () => {
  it('finds the commands', () => expect(commands.length).toBeGreaterThan(10))

  it.each(commands)('$document:$line $command', async ({ command, heading }) => {
    if (heading === 'Send it') saySender()
    if (command === 'npm ci && npm test') return expectTestScript()
    if (command === 'npm install --save-dev news-digest') return expect(existsSync(path.join(site, 'node_modules/news-digest'))).toBe(true)
    if (command.endsWith(' preview')) return expectPreview()
    // What `npm ci` brings is there already, and fetching it again would need the network.
    const isCheckout = command.startsWith('npm ci && ')
    // Nobody can be asked here.
    const isSending = / send [\w-]+$/.test(command)
    const run = isSending ? `${command} --yes` : command.replace(/^npm ci && /, '')
    const { status, output } = await runCommand(run, isCheckout ? checkout : site, isCheckout ? [] : [shortCut])
    // A week that no command names is the last complete one of today's calendar, and then there may be nothing to send.
    const expected = / build --json/.test(command) ? [0, 3] : [0]
    expect(expected, output).toContain(status)
    if (isCheckout) expect(existsSync(path.join(checkout, 'out/index.html'))).toBe(true)
    if (isSending) expect(accepted).toEqual(expect.arrayContaining(['bo@reader.example', 'cy@reader.example']))
  })
})

it.each(readExamples('README.md', ['ts']))('README.md:$line builds an edition as a library', async ({ code }) => {
  writeFileSync(path.join(site, 'digest.ts'), code)
  const { status, output } = await runCommand('node digest.ts', site)
  expect(status, output).toBe(0)
  expect(output).toMatch(/: .*[/\\]index\.html\n$/)
})

/** Puts what the document says about the sender where `init` has left room for it. */
function saySender(): void {
  const [settings] = readExamples('README.md', ['yaml']).filter(({ heading }) => heading === 'Send it')
  const file = path.join(site, 'news-digest.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^sender:\n(?: +#.*\n)+/m, settings?.code ?? ''))
}

/** The preview runs until it is ended. */
async function expectPreview(): Promise<void> {
  const args = [path.join(root, 'dist/cli.js'), 'preview', '--no-open']
  const child = spawn(process.execPath, args, { cwd: site, stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'close')
  let printed = ''
  for await (const text of child.stdout.setEncoding('utf8')) {
    printed += text
    if (printed.includes('http://127.0.0.1:')) child.kill('SIGINT')
  }
  expect(printed).toContain('http://127.0.0.1:')
  await ended
}

/** That command runs the tests which this one is among: it cannot run itself. */
function expectTestScript(): void {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
  expect(scripts).toMatchObject({ pretest: 'npm run --silent build', test: 'vitest run' })
}

/** Beside the relay, which is in this process. */
async function runCommand(command: string, cwd: string, paths: readonly string[] = []): Promise<{ status: number | null; output: string }> {
  const bin = path.join(root, 'node_modules/.bin')
  const env = {
    ...npmEnvironment(folder),
    CHROMIUM_PATH: chromium.executablePath,
    FONTCONFIG_FILE: chromium.fontConfig,
    SMTP_URL: relay.url,
    NEWS_DIGEST_SECRET: secret,
    PATH: [...paths, bin, process.env.PATH ?? ''].join(path.delimiter),
  }
  const child = spawn(command, { cwd, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      output += text
    })
  }
  const [status] = await once(child, 'close')
  return { status, output }
}

/** Stands in for npx in the site: it runs what npx finds there, without starting npm each time. In the checkout npx itself runs. */
function makeShortCut(): void {
  mkdirSync(shortCut)
  writeFileSync(path.join(shortCut, 'npx'), '#!/bin/sh\nname=$1\nshift\nexec "node_modules/.bin/$name" "$@"\n', { mode: 0o755 })
}

/** What of the checkout the commands use, so that a build does not write into the real one. */
function makeCheckout(): void {
  mkdirSync(checkout)
  for (const name of ['package.json', 'dist', 'scripts', 'templates', 'content', 'public', 'news-digest.yaml', 'news-digest.schema.json']) {
    cpSync(path.join(root, name), path.join(checkout, name), { recursive: true })
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(checkout, 'node_modules'))
}

/** Somebody's site, with the package installed. */
async function makeSite(): Promise<void> {
  mkdirSync(site)
  cpSync(path.join(root, 'content/blog'), path.join(site, 'content/blog'), { recursive: true })
  writeFileSync(
    path.join(site, 'readers.csv'),
    'email,name,language,tags\nbo@reader.example,Bo,en,berlin\ncy@reader.example,Cy,de,"berlin, fair"\n',
  )
  writeFileSync(
    path.join(site, 'package.json'),
    JSON.stringify({ name: 'site', private: true, type: 'module', homepage: 'https://blog.example' }),
  )
  writeFileSync(
    path.join(site, 'bounces.mbox'),
    'From MAILER-DAEMON Mon Feb  9 09:00:00 2026\nFrom: MAILER-DAEMON@blog.example\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nBack on Monday.\n',
  )
  await installPacked(site)
}
