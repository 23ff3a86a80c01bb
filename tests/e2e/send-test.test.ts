import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { emailOf } from '../message/email-of.ts'
import { breachesOf } from '../message/raw-message.ts'
import { createTempFolder } from '../temp-folder.ts'
import { type Faults, type FaultyRelay, startFaultyRelay } from '../transport/faulty-relay.ts'
import { startMailRelay } from '../transport/mail-relay.ts'
import { selfSigned } from '../transport/self-signed.ts'

const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** Runs the built command beside the server in this process. `onOutput` is told of all that it has printed on standard output so far. */
function run(
  cwd: string,
  args: readonly string[],
  env: Record<string, string> = {},
  onOutput: (stdout: string, child: ChildProcess) => unknown = () => {},
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const { SMTP_URL: _, ...others } = process.env
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    env: { ...others, CI: '', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text
    onOutput(stdout, child)
  })
  child.stderr.setEncoding('utf8').on('data', text => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', status => resolve({ status, stdout, stderr }))
  })
}

const publication = {
  'news-digest.yaml':
    'site:\n  name: Harbour Notes\n  url: https://harbour.example\n  timeZone: Europe/Lisbon\nsender:\n  email: letter@harbour.example\n',
  'content/lamps.md':
    '---\ntitle: Lamps at low water\ndate: 2026-02-03\ndescription: Who lights them, and who pays for the oil.\nfeatured: true\n---\n\nThe lamps are lit at dusk.\n',
}

const built = () => createTempFolder({ ...publication, 'out/2026-w06/email.json': JSON.stringify(emailOf()) })

const notLeft = 'not sent: interrupted before the message left'
const isRcpt = (command: string) => command.startsWith('RCPT')

describe('news-digest send --test', () => {
  it('sends a built edition to the addresses named, with blanks or commas between them', async () => {
    const [cwd, relay] = [await createTempFolder(publication), await startMailRelay()]
    expect(await run(cwd, ['build', '2026-w06', '--no-check'])).toMatchObject({ status: 0, stderr: '' })
    const args = ['send', '2026-w06', '--test', 'a@gull.example,b@gull.example', 'c@gull.example']
    const { status, stdout, stderr } = await run(cwd, args, { SMTP_URL: `smtp://localhost:${relay.port}` })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('✓ a@gull.example  accepted by the relay: 250 OK: queued as T1EST')
    expect(stdout).toContain('[Test] Lamps at low water')
    expect(relay.received.map(({ to }) => to)).toEqual([['a@gull.example'], ['b@gull.example'], ['c@gull.example']])
    expect(relay.received.flatMap(({ bytes }) => breachesOf(bytes))).toEqual([])
  })

  it('takes latest for the newest built edition', async () => {
    const [cwd, relay] = [await createTempFolder(publication), await startMailRelay()]
    expect(await run(cwd, ['build', '2026-w06', '--no-check'])).toMatchObject({ status: 0 })
    const sent = await run(cwd, ['send', 'latest', '--test', 'a@gull.example', '--json'], { SMTP_URL: `smtp://localhost:${relay.port}` })
    expect(JSON.parse(sent.stdout)).toMatchObject({ test: { edition: '2026-w06', results: [{ outcome: { kind: 'accepted' } }] } })
    expect(relay.received).toHaveLength(1)
  })

  it('finds the edition behind the addresses, too', async () => {
    const [cwd, relay] = [await built(), await startMailRelay()]
    const args = ['send', '--test', 'a@gull.example', 'b@gull.example', '2026-w06']
    expect(await run(cwd, args, { SMTP_URL: `smtp://localhost:${relay.port}` })).toMatchObject({ status: 0 })
    expect(relay.received).toHaveLength(2)
    const without = await run(cwd, ['send', '--test', 'a@gull.example', '--json'])
    expect([without.status, JSON.parse(without.stdout).error.code]).toEqual([2, 'usage'])
  })

  it('ends with 1 and the relay’s words when one was not accepted, and prints one object with --json', async () => {
    const [cwd, relay] = [
      await built(),
      await startFaultyRelay({ RCPT: to => (to.startsWith('gone') ? { say: '550 5.1.1 no such mailbox\r\n' } : undefined) }),
    ]
    const env = { SMTP_URL: `smtp://localhost:${relay.port}` }
    const shown = await run(cwd, ['send', '2026-w06', '--test', 'gone@gull.example', 'ok@gull.example'], env)
    expect(shown.status).toBe(1)
    expect(shown.stderr).toBe('')
    expect(shown.stdout).toMatch(
      /^2026-w06 as a test.*\n.*\n\n {2}✗ gone@gull\.example {2}the relay refused the recipient: 550 5\.1\.1 no such mailbox\n {2}✓ ok@gull\.example .*\n\n1 of 2 messages accepted\..*\nAccepted is not yet delivered.*\n$/,
    )
    const quiet = await run(cwd, ['send', '2026-w06', '--quiet', '--test', 'gone@gull.example'], env)
    expect(quiet).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('no such mailbox') })
    const json = await run(cwd, ['send', '2026-w06', '--json', '--test', 'gone@gull.example'], env)
    expect(json.status).toBe(1)
    expect(JSON.parse(json.stdout).test).toMatchObject({
      edition: '2026-w06',
      results: [{ address: 'gone@gull.example', outcome: { kind: 'rejected', stage: 'rcpt', reply: { code: 550, enhanced: '5.1.1' } } }],
    })
  })

  it.each<[string, Faults, (relay: FaultyRelay) => boolean, string]>([
    ['the relay answers', { dot: { next: 'hang' } }, ({ messages }) => messages.length > 0, 'uncertain: the message had gone out whole'],
    ['the message leaves', { RCPT: { next: 'hang' } }, ({ commands }) => commands.some(isRcpt), notLeft],
    ['the relay greets', { greeting: { next: 'hang' } }, relay => relay.connections() > 0, notLeft],
  ])('says at once what it does, and on Ctrl-C before %s what became of it', async (_title, faults, isThere, words) => {
    const [cwd, relay] = [await built(), await startFaultyRelay(faults)]
    const args = ['send', '2026-w06', '--test', 'a@gull.example', 'b@gull.example']
    let atOnce = ''
    const sent = await run(cwd, args, { SMTP_URL: `smtp://localhost:${relay.port}` }, async (stdout, child) => {
      if (atOnce !== '') return
      atOnce = stdout
      await expect.poll(() => isThere(relay), { timeout: 5000 }).toBe(true)
      child.kill('SIGINT')
    })
    expect(atOnce).toMatch(/^2026-w06 as a test, from letter@harbour\.example through localhost/)
    expect(sent).toMatchObject({ status: 130, stderr: '' })
    expect(sent.stdout).toContain(`a@gull.example  ${words}`)
    expect(sent.stdout).toContain(`b@gull.example  ${notLeft}`)
    expect(sent.stdout).toContain('0 of 2 messages accepted')
  })

  it('says plainly that no relay is configured, and how to name one', async () => {
    const { status, stdout, stderr } = await run(await built(), ['send', '2026-w06', '--test', 'a@gull.example'])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('no relay is configured, so nothing was sent')
    expect(stderr).toContain('SMTP_URL=smtp://user:password@smtp.example.com:587')
  })

  it('prints the password nowhere, not even of a URL that cannot be read', async () => {
    const cwd = await built()
    const relay = await startFaultyRelay({ extensions: ['AUTH PLAIN'], AUTH: { say: '535 5.7.8 no\r\n' } })
    for (const rest of [`localhost:${relay.port}`, 'localhost:port', `localhost:${relay.port}/x`, `localhost:${relay.port}?tls=required`]) {
      const { status, stdout, stderr } = await run(cwd, ['send', '2026-w06', '--debug', '--test', 'a@gull.example'], {
        SMTP_URL: `smtp://robin:tRoub4dor@${rest}`,
      })
      expect([1, 2]).toContain(status)
      expect(stdout + stderr).not.toContain('tRoub4dor')
    }
  })

  it('believes a certificate of one’s own authority, as Node is told of it', async () => {
    const certificate = selfSigned('localhost')
    const relay = await startMailRelay({ ...certificate, secure: true })
    const cwd = await built()
    const extra = await createTempFolder({ 'authority.pem': certificate.cert })
    const env = { SMTP_URL: `smtps://localhost:${relay.port}` }
    expect(await run(cwd, ['send', '2026-w06', '--test', 'a@gull.example'], env)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('signed by itself'),
    })
    const trusted = await run(cwd, ['send', '2026-w06', '--test', 'a@gull.example'], {
      ...env,
      NODE_EXTRA_CA_CERTS: path.join(extra, 'authority.pem'),
    })
    expect([trusted.status, relay.received.map(({ secure }) => secure)]).toEqual([0, [true]])
  })
})
