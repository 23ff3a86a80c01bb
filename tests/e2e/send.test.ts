import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { headerOf, startRelay } from '../delivery/observe-send.ts'
import { createPublication, environmentOf, postOf, quick, settingsWith } from '../delivery/publication.ts'
import { createTempFolder } from '../temp-folder.ts'
import { type Ended, type RunOptions, runCommand } from './run-command.ts'

const publication = {
  'news-digest.yaml': settingsWith(quick),
  'content/lamps.md': postOf(
    'Lamps at low water',
    'The lamps are lit an hour before low water, and nobody has ever asked who pays for the oil.',
  ),
}

/** A publication with so many people on its list, and a built edition: all by the command line. */
async function makeSiteByCommand(people: number): Promise<string> {
  const rows = Array.from({ length: people }, (_, index) => `reader${index}@d${index % 7}.example,Reader ${index}`)
  const cwd = await createTempFolder({ ...publication, 'readers.csv': `email,name\n${rows.join('\n')}\n` })
  expect(await runCommand(['build', '2026-w06', '--quiet'], { cwd })).toMatchObject({ status: 0 })
  expect(await runCommand(['subscribers', 'import', 'readers.csv', '--consent', 'form', '--quiet'], { cwd })).toMatchObject({ status: 0 })
  return cwd
}

/** The same without a process for each. */
async function makeSite(people: number, settings = settingsWith(quick)): Promise<string> {
  return (await createPublication({ settings, readers: people })).cwd
}

/** The lines of standard error that are JSON, and those that are not. */
function linesOf({ stderr }: Ended) {
  const lines = stderr.split('\n').filter(line => line !== '')
  return {
    json: lines.filter(line => line.startsWith('{')).map(line => JSON.parse(line)),
    others: lines.filter(line => !line.startsWith('{')),
  }
}

const send = (cwd: string, port: number, args: readonly string[], onOutput?: RunOptions['onOutput']) =>
  runCommand(['send', '2026-w06', ...args], { cwd, env: environmentOf(port), ...(onOutput === undefined ? {} : { onOutput }) })

describe('news-digest send', () => {
  it('shows what it will do, sends, shows the sum that closes, and has nothing left the second time', async () => {
    const [cwd, relay] = [await makeSiteByCommand(30), await startRelay()]
    const first = await send(cwd, relay.port, ['--yes'])
    expect(first.status).toBe(0)
    expect(first.stdout).toMatch(/^2026-w06\n {2}subject +Lamps at low water\n {2}from +letter@harbour\.example\n {2}to +30 recipients\n/)
    expect(first.stdout).toMatch(
      /✓ 2026-w06 is sent in .*\nrecipients 30 = accepted 30\ncontent\/editions\/2026-w06\.md says that it is sent\. Commit that file\.\n$/,
    )
    expect(linesOf(first).others).toEqual([])
    expect(linesOf(first).json.at(-1)).toMatchObject({ progress: { recipients: 30, accepted: 30, pending: 0 } })
    expect(new Set(relay.recipients()).size).toBe(30)
    expect(relay.messages).toHaveLength(30)
    expect(await readFile(path.join(cwd, 'content/editions/2026-w06.md'), 'utf8')).toContain('status: sent')
    const second = await send(cwd, relay.port, ['--yes'])
    expect([second.status, second.stderr]).toEqual([0, ''])
    expect(second.stdout).toBe('· 2026-w06 was sent before, and nothing of it is left to send\nrecipients 30 = accepted 30\n')
    expect(relay.messages).toHaveLength(30)
    expect((await runCommand(['status', '2026-w06'], { cwd })).status).toBe(0)
  })

  it('prints one object on standard output with --json, and progress beside it', async () => {
    const relay = await startRelay({ decide: ({ stage }) => (stage === 'dot' ? { delay: 100 } : undefined) })
    const cwd = await makeSite(60, settingsWith(`${quick}  connections: 2\n`))
    const ended = await send(cwd, relay.port, ['--yes', '--json'])
    expect(ended.status).toBe(0)
    expect(JSON.parse(ended.stdout)).toMatchObject({
      sending: {
        edition: '2026-w06',
        kind: 'edition',
        outcome: { kind: 'finished' },
        sum: { recipients: 60, accepted: 60, closes: true },
        acceptedNow: 60,
      },
    })
    const { json, others } = linesOf(ended)
    expect(others).toEqual([])
    expect(json.length).toBeGreaterThan(2)
    expect(json.length).toBeLessThan(20)
    for (const { progress } of json) {
      const { pending, sending, accepted, deferred, rejected, uncertain, suppressed, expired, recipients } = progress
      expect(pending + sending + accepted + deferred + rejected + uncertain + suppressed + expired).toBe(recipients)
    }
  })

  it('finishes what is under way at the first Ctrl-C, ends with 130, and goes on with the rest when called again', async () => {
    const relay = await startRelay({ decide: ({ stage }) => (stage === 'dot' ? { delay: 30 } : undefined) })
    const cwd = await makeSite(200, settingsWith(`${quick}  connections: 4\n`))
    let interrupted = false
    const first = await send(cwd, relay.port, ['--yes'], ({ stderr }, child) => {
      if (interrupted || !/"accepted":[1-9]/.test(stderr)) return
      interrupted = true
      child.kill('SIGINT')
    })
    expect(first.status).toBe(130)
    expect(linesOf(first).json).toContainEqual({ note: 'Finishing what is under way; Ctrl-C again stops at once.' })
    const [, accepted = '', left = ''] = /recipients 200 = accepted (\d+) \+ still to send (\d+)\n/.exec(first.stdout) ?? []
    expect(Number(accepted) + Number(left)).toBe(200)
    expect(Number(accepted)).toBe(relay.messages.length)
    expect(first.stdout).toContain('The same command goes on where it stopped:\n  news-digest send 2026-w06\n')
    const second = await send(cwd, relay.port, ['--yes'])
    expect(second.status).toBe(0)
    expect(second.stdout).toContain(`${left} of 200 recipients left; ${accepted} settled before`)
    expect(second.stdout).toContain('recipients 200 = accepted 200\n')
    expect(relay.messages).toHaveLength(200)
    expect(new Set(relay.recipients()).size).toBe(200)
  })

  it('stops at once at the second Ctrl-C: what was under way is uncertain, and is not sent again by itself', async () => {
    let hangs = true
    let dots = 0
    // It takes one, and hangs with the next two, which come at once then.
    const relay = await startRelay({
      decide: ({ stage }) => {
        if (stage === 'dot') dots += 1
        return stage === 'dot' && hangs && dots > 1 ? { next: 'hang' } : undefined
      },
    })
    const cwd = await makeSite(10, settingsWith(`${quick}  connections: 2\n`))
    const signals: string[] = []
    const first = await send(cwd, relay.port, ['--yes'], ({ stderr }, child) => {
      if (signals.length === 0 && relay.messages.length === 3) signals.push('first')
      else if (signals.length === 1 && stderr.includes('Finishing')) signals.push('second')
      else return
      child.kill('SIGINT')
    })
    expect([first.status, signals]).toEqual([130, ['first', 'second']])
    expect(first.stdout).toContain('recipients 10 = accepted 1 + uncertain 2 + still to send 7\n')
    hangs = false
    const second = await send(cwd, relay.port, ['--yes'])
    expect(second.status).toBe(1)
    expect(second.stdout).toContain('recipients 10 = accepted 8 + uncertain 2\n')
    expect(second.stdout).toContain('news-digest send 2026-w06 --retry-uncertain')
    expect(new Set(relay.recipients()).size).toBe(relay.messages.length)
    const third = await send(cwd, relay.port, ['--yes', '--retry-uncertain'])
    expect([third.status, relay.messages.length]).toEqual([0, 12])
  })

  it('waits for its time, ends with 130 when it is told to, waits on, and takes the time back', async () => {
    const cwd = await makeSite(3)
    const waits = (args: readonly string[]) =>
      send(cwd, 1, ['--yes', ...args], ({ stderr }, child) => {
        // Once: it may be on its way out when it prints the rest.
        if (stderr.includes('waitingUntil') && !child.killed) child.kill('SIGTERM')
      })
    const first = await waits(['--at', '2099-02-09T09:00'])
    expect([first.status, first.stderr]).toEqual([130, '{"waitingUntil":"2099-02-09T09:00:00.000Z","zone":"Europe/Lisbon"}\n'])
    expect(first.stdout).toContain('at       Mon 9 Feb 2099, 09:00 (Europe/Lisbon)')
    expect(first.stdout).toContain('2026-w06 still has its time')
    expect((await waits(['--at', '2099-06-01T09:00+02:00'])).stderr).toContain('2099-06-01T07:00:00.000Z')
    expect((await waits([])).stderr).toContain('2099-06-01T07:00:00.000Z')
    expect((await runCommand(['status'], { cwd })).stdout).toContain('2026-w06')
    const cancelled = await runCommand(['send', 'latest', '--cancel'], { cwd })
    expect([cancelled.status, cancelled.stdout]).toEqual([0, '✓ 2026-w06 has no time any more, and nothing was sent\n'])
    expect(await runCommand(['send', '2026-w06', '--cancel'], { cwd })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('waits for no time'),
    })
    expect(await send(cwd, 1, ['--yes', '--at', '2020-01-01T09:00'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('the time of --at has passed'),
    })
  })

  it('sends to those who joined since, to the latest edition’s newcomers, and to a segment', async () => {
    const [cwd, relay] = [await makeSite(2, settingsWith(`${quick}  welcome: latest\n`)), await startRelay()]
    const run = (args: readonly string[]) => runCommand(args, { cwd, env: environmentOf(relay.port) })
    expect((await run(['send', '2026-w06', '--to', 'tag = press', '--yes'])).stderr).toContain(
      'nobody on the list would get 2026-w06: 2 outside the segment',
    )
    expect((await send(cwd, relay.port, ['--yes'])).status).toBe(0)
    expect(await run(['send', 'latest', '--late', '--yes'])).toMatchObject({ status: 3, stdout: '' })
    expect((await run(['subscribers', 'add', 'late@gull.example', '--name', 'Late', '--consent', 'asked'])).status).toBe(0)
    const late = await run(['send', 'latest', '--late', '--yes'])
    expect([late.status, relay.messages.at(-1)?.to]).toEqual([0, ['late@gull.example']])
    expect(late.stdout).toContain('✓ 2026-w06 to those who joined since is sent')
    expect((await run(['send', 'latest', '--welcome', '--yes'])).status).toBe(3)
    expect(headerOf(relay.messages[0]?.bytes ?? Buffer.of(), 'Precedence')).toBe('bulk')
  })

  it.each<[string, number, readonly string[], Readonly<Record<string, string>>, number, RegExp]>([
    [
      'nobody can be asked, and --yes is missing',
      2,
      [],
      {},
      2,
      /nobody can be asked here whether this is to be sent, so nothing was sent \[confirmation-missing\]/,
    ],
    ['the list is empty', 0, ['--yes'], {}, 3, /the list is empty \[nobody-to-send-to\]\n {2}do +Put people on it/],
    ['CI is set', 2, ['--yes'], { CI: 'true' }, 2, /CI is set, .*\[ledger-not-persistent\]/],
    ['the secret is missing', 2, ['--yes'], { NEWS_DIGEST_SECRET: '' }, 2, /NEWS_DIGEST_SECRET is not set \[secret-missing\]/],
    ['the relay is missing', 2, ['--yes'], { SMTP_URL: '' }, 2, /no relay is configured.*\[relay-missing\]/],
    ['a time is none', 2, ['--at', 'tomorrow'], {}, 2, /--at is not a time \[time-invalid\]/],
    ['two wishes exclude each other', 2, ['--late', '--at', '2099-01-01T00:00'], {}, 2, /cannot be used with/],
  ])('sends nothing where %s', async (_title, people, args, env, status, words) => {
    const [cwd, relay] = [await makeSite(people), await startRelay()]
    const ended = await runCommand(['send', '2026-w06', ...args], { cwd, env: { ...environmentOf(relay.port), ...env } })
    expect([ended.status, relay.connections()]).toEqual([status, 0])
    expect(ended.stderr).toMatch(words)
  })

  it('says why a sending is paused, and what goes on with it', async () => {
    const relay = await startRelay({ decide: ({ stage }) => (stage === 'MAIL' ? { say: '550 5.1.8 sender not allowed\r\n' } : undefined) })
    const cwd = await makeSite(4)
    const ended = await send(cwd, relay.port, ['--yes'])
    expect(ended.status).toBe(1)
    expect(ended.stdout).toMatch(
      /✗ 2026-w06 is paused after .*5\.1\.8.*\nrecipients 4 = accepted 0 \+ still to send 4\nOnce that is mended/,
    )
    expect(ended.stdout + ended.stderr).not.toContain(environmentOf(1).NEWS_DIGEST_SECRET)
  })
})
