import { chmod } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSpamScore } from '../../src/inspect/read-spam-score.ts'
import { createTempFolder } from '../temp-folder.ts'

const report = `4.2/5.0
Spam detection software, running on the system "mx.harbour.example",
has NOT identified this incoming email as spam.

Content analysis details:   (4.2 points, 5.0 required)

 pts rule name              description
---- ---------------------- --------------------------------------------------
 3.1 HARBOUR_SHOUTS         The message shouts, as people in
                            harbours do
-0.1 DKIM_VALID             Message has at least one valid DKIM signature
 1.2 MANY_TIDES             Says "tide" a lot

`

/** A folder with programs: name to the shell script that it is. */
async function programs(scripts: Readonly<Record<string, string>>): Promise<{ readonly PATH: string }> {
  const folder = await createTempFolder(
    Object.fromEntries(Object.entries(scripts).map(([name, script]) => [name, `#!/bin/sh\n${script}\n`])),
  )
  for (const name of Object.keys(scripts)) await chmod(path.join(folder, name), 0o755)
  return { PATH: folder }
}

/** A script that prints the report; the built-ins of the shell are all there is in its PATH. */
const prints = (text: string) => `while read -r line; do :; done\nprintf '%s\\n' '${text.replaceAll("'", "'\\''")}'`
const message = Buffer.from('Subject: Tides\r\n\r\nSpring tides this week.\r\n')

describe('readSpamScore()', () => {
  it('shows score and rules of spamc', async () => {
    const answer = await readSpamScore(message, { env: await programs({ spamc: prints(report), spamassassin: 'exit 9' }) })
    expect(answer).toEqual({
      kind: 'judged',
      program: 'spamc',
      report: {
        score: 4.2,
        threshold: 5,
        rules: [
          { points: 3.1, name: 'HARBOUR_SHOUTS', about: 'The message shouts, as people in harbours do' },
          { points: -0.1, name: 'DKIM_VALID', about: 'Message has at least one valid DKIM signature' },
          { points: 1.2, name: 'MANY_TIDES', about: 'Says "tide" a lot' },
        ],
      },
    })
  })

  it('takes spamassassin, kept off the network, where no daemon answers', async () => {
    const spamassassin = `[ "$*" = "--test-mode --local" ] || exit 1\n${prints(report.slice(report.indexOf('Content')))}`
    const answer = await readSpamScore(message, { env: await programs({ spamc: 'echo 0/0', spamassassin }) })
    expect(answer).toMatchObject({ kind: 'judged', program: 'spamassassin', report: { score: 4.2, threshold: 5 } })
  })

  it('gives the whole message to the program', async () => {
    const counts = 'n=0; while read -r line; do n=$((n + 1)); done; echo "$n.0/5.0"'
    expect(await readSpamScore(message, { env: await programs({ spamc: counts }) })).toMatchObject({ report: { score: 3 } })
  })

  it('says plainly that none is installed', async () => {
    const answer = await readSpamScore(message, { env: await programs({}) })
    expect(answer).toMatchObject({ kind: 'not-judged', why: expect.stringContaining('no SpamAssassin is installed') })
  })

  it.each([
    ['gives no score', 'echo hello', 'spamc gave no score (is spamd running?)'],
    ['ends without reading', 'exit 3', 'spamc gave no score (is spamd running?)'],
    ['never ends', 'while :; do :; done', 'spamc did not answer within'],
    [
      'never stops talking',
      'while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done',
      'spamc said more than 2 MB',
    ],
  ])('is not held up by a program that %s', async (_title, script, why) => {
    const talks = why.includes('2 MB')
    const answer = await readSpamScore(Buffer.alloc(3_000_000, 'x'), {
      env: await programs({ spamc: script }),
      timeout: talks ? 30_000 : 500,
    })
    expect(answer).toEqual({ kind: 'not-judged', why: expect.stringContaining(why) })
  })

  it('tells a program that cannot be started', async () => {
    const env = await programs({ spamc: 'exit 0' })
    await chmod(path.join(env.PATH, 'spamc'), 0o644)
    expect(await readSpamScore(message, { env })).toMatchObject({ kind: 'not-judged' })
  })
})
