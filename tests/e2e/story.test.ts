import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { headerOf, startRelay } from '../delivery/observe-send.ts'
import { environmentOf, postOf, quick, settingsWith } from '../delivery/publication.ts'
import { createTempFolder } from '../temp-folder.ts'
import { runCommand } from './run-command.ts'

const ada = 'ada@gull.example'

it('the story of a subscriber: imported, written to, gone by one click, and not written to again', async () => {
  const cwd = await createTempFolder({
    'news-digest.yaml': settingsWith(quick),
    'content/lamps.md': postOf('Lamps at low water', 'The lamps are lit an hour before low water, and nobody has ever asked who pays.'),
    'content/ropes.md': postOf('Ropes that remember', 'A rope keeps the shape of the bollard that held it for years.', '2026-02-11'),
    'readers.csv': `email,name\n${ada},Ada\nbob@gull.example,Bob\n`,
  })
  const relay = await startRelay()
  const env = environmentOf(relay.port)
  const run = async (...args: readonly string[]) => {
    const ended = await runCommand(args, { cwd, env })
    expect(ended.status, ended.stderr).toBe(0)
    return ended.stdout
  }
  await run('subscribers', 'import', 'readers.csv', '--consent', 'form')
  await run('build', '2026-w06', '--quiet')
  await run('send', '2026-w06', '--yes', '--quiet')
  expect(relay.recipients()).toEqual([ada, 'bob@gull.example'])

  const message = relay.messages.find(({ to }) => to.includes(ada))
  const [, link = ''] = /<(https:[^>]+)>/.exec(headerOf(message?.bytes ?? Buffer.alloc(0), 'List-Unsubscribe') ?? '') ?? []
  const { port, log } = await serve(cwd, env)
  const { pathname } = new URL(link)
  const answer = await fetch(`http://localhost:${port}${pathname}`, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  })
  expect([answer.status, answer.redirected]).toEqual([200, false])
  const archived = await (await fetch(`http://localhost:${port}/2026-w06`)).text()
  expect(archived).toContain('Lamps at low water')
  expect(log()).toContain('/unsubscribe/:token')
  expect(log()).not.toContain(pathname.split('/').at(-1))

  await writeFile(path.join(cwd, 'content/lamps-2.md'), postOf('Lamps again', 'They are lit again, and again nobody asks.', '2026-02-12'))
  await run('build', '2026-w07', '--quiet')
  await run('send', '2026-w07', '--yes', '--quiet')
  expect(relay.messages.slice(2).flatMap(({ to }) => to)).toEqual(['bob@gull.example'])
  const { status } = JSON.parse(await run('status', '2026-w07', '--json'))
  expect(JSON.stringify(status)).toMatch(/"recipients":1,.*"accepted":1/)
})

/** Starts the command, which writes JSON lines. */
async function serve(cwd: string, env: Readonly<Record<string, string>>) {
  const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
  const child = spawn(process.execPath, [command, 'serve', '--port', '0'], {
    cwd,
    env: { ...process.env, CI: '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise(resolve => child.once('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
  let printed = ''
  const listening = new Promise<number>(resolve => {
    child.stdout.setEncoding('utf8').on('data', text => {
      printed += text
      const line = printed.split('\n').find(each => each.includes('"listening"'))
      if (line !== undefined) resolve(JSON.parse(line).port)
    })
  })
  return { port: await listening, log: () => printed }
}
