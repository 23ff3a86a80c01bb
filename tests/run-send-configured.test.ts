import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { withLedger } from '../src/ledger/open-ledger.ts'
import { answering, headerOf, refusalOf, startRelay } from './delivery/observe-send.ts'
import { createPublication, environmentOf, quick, settingsWith } from './delivery/publication.ts'

describe('sendEdition() as it is configured', () => {
  it('welcomes those who confirmed since, with the edition that was sent last, where the configuration says so', async () => {
    const [publication, relay] = [await createPublication({ readers: 2 }), await startRelay()]
    await publication.send(relay.port)
    await publication.add(['new@gull.example'], { joinedAt: 1, confirmedAt: Date.now() + 1 })
    await publication.add(['imported@gull.example'], { joinedAt: Date.now() + 1 })
    expect(await refusalOf(publication.send(relay.port, { kind: 'welcome' }))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('newcomers'),
    })
    await writeFile(path.join(publication.cwd, 'news-digest.yaml'), settingsWith(`${quick}  welcome: latest\n`))
    expect(await publication.send(relay.port, { kind: 'welcome' })).toMatchObject({
      kind: 'welcome',
      sum: { recipients: 1, accepted: 1 },
      markedFile: null,
    })
    expect(relay.messages.at(-1)?.to).toEqual(['new@gull.example'])
    expect(headerOf(relay.messages.at(-1)?.bytes ?? Buffer.of(), 'Feedback-ID')).toContain('welcome')
    await withLedger(publication.place, ({ db }) =>
      db
        .insertInto('sendings')
        .values({
          list: 'digest',
          edition: '2026-w07',
          kind: 'edition',
          round: 0,
          state: 'finished',
          hashesJson: '{}',
          startedAt: Date.now() + 1000,
        })
        .execute(),
    )
    expect(await refusalOf(publication.send(relay.port, { kind: 'welcome' }))).toMatchObject({
      message: expect.stringContaining('is not the edition that was sent last'),
      problems: [{ expected: 'news-digest send 2026-w07 --welcome' }],
    })
  })

  it('answers go to replyTo, bounces to an address of the message, and every list is its own', async () => {
    const relay = await startRelay()
    const more = `${quick}bounces:\n  address: bounces@harbour.example\nlist:\n  id: sailors\n  name: For sailors\n`
    const settings = settingsWith(more).replace('  email: letter@', '  replyTo: editor@harbour.example\n  email: letter@')
    const publication = await createPublication({ settings, readers: 0 })
    await publication.add(['digest@gull.example'])
    await publication.add(['sailor@gull.example'], { list: 'sailors' })
    await publication.send(relay.port)
    const [message] = relay.messages
    expect(relay.recipients()).toEqual(['sailor@gull.example'])
    expect(message?.from).toMatch(/^bounces\+.+@harbour\.example$/)
    expect(headerOf(message?.bytes ?? Buffer.of(), 'Reply-To')).toBe('editor@harbour.example')
    expect(headerOf(message?.bytes ?? Buffer.of(), 'List-Id')).toContain('<sailors.harbour.example>')
    await writeFile(path.join(publication.cwd, 'news-digest.yaml'), settingsWith(quick))
    await publication.send(relay.port)
    expect(relay.recipients()).toEqual(['digest@gull.example', 'sailor@gull.example'])
    expect((await publication.sendings()).map(({ list }) => list)).toEqual(['sailors', 'digest'])
  })

  it('shares the messages between the relays of the configuration, each with its password from the environment', async () => {
    const login = { user: 'robin', password: 'p@ss/word' }
    const [own, other] = [await startRelay({ login }), await startRelay()]
    const relays = `relays:
  - name: own
    url: smtp://localhost:${own.port}
    user: robin
    passwordFrom: OWN_PASSWORD
    weight: 3
  - name: other
    url: smtp://127.0.0.1:${other.port}
`
    const publication = await createPublication({ settings: settingsWith(quick + relays), readers: 80 })
    const { SMTP_URL: _, ...env } = environmentOf(1)
    expect(await refusalOf(publication.send(1, { env }))).toMatchObject({
      code: 'relay-missing',
      message: expect.stringContaining('OWN_PASSWORD'),
    })
    const { proposals, confirm } = answering(true)
    const report = await publication.send(1, { env: { ...env, OWN_PASSWORD: 'p@ss/word' }, confirm })
    expect(report.sum).toMatchObject({ accepted: 80, closes: true })
    expect(own.messages.length + other.messages.length).toBe(80)
    expect(Math.min(own.messages.length, other.messages.length)).toBeGreaterThan(0)
    expect(JSON.stringify(proposals)).not.toContain('p@ss')
  })

  it('expires what is left of a sending older than send.notAfter', async () => {
    const relay = await startRelay({
      decide: ({ stage, to }) => (stage === 'RCPT' && to.startsWith('slow') ? { say: '450 4.2.0 later\r\n' } : undefined),
    })
    const publication = await createPublication({ settings: settingsWith('send:\n  notAfter: 2s\n  backOff: [1s]\n'), readers: 0 })
    await publication.add(['slow@gull.example', 'fine@gull.example'])
    const report = await publication.send(relay.port)
    expect(report).toMatchObject({ outcome: { kind: 'finished' }, sum: { recipients: 2, accepted: 1, expired: 1, closes: true } })
  })

  it('sends what is uncertain again only when it is asked to', async () => {
    let isFirst = true
    const relay = await startRelay({
      decide: ({ stage }) => {
        if (stage !== 'dot' || !isFirst) return undefined
        isFirst = false
        return { next: 'reset' }
      },
    })
    const publication = await createPublication({ readers: 3 })
    expect(await publication.send(relay.port)).toMatchObject({
      outcome: { kind: 'finished' },
      sum: { accepted: 2, uncertain: 1, closes: true },
    })
    expect(await publication.send(relay.port)).toMatchObject({ outcome: { kind: 'over' }, sum: { uncertain: 1 } })
    expect(relay.messages).toHaveLength(3)
    expect(await publication.send(relay.port, { retryUncertain: true })).toMatchObject({
      outcome: { kind: 'finished' },
      sum: { accepted: 3, uncertain: 0 },
    })
    expect(relay.messages).toHaveLength(4)
  })

  it('sends although the edition file cannot be written, and says so', async () => {
    const relay = await startRelay()
    const publication = await createPublication({ readers: 2 })
    await writeFile(path.join(publication.cwd, 'content/editions'), 'a file where a folder should be')
    const report = await publication.send(relay.port)
    expect(report).toMatchObject({ outcome: { kind: 'finished' }, sum: { accepted: 2 }, markedFile: null })
    expect(report.problems).toMatchObject([{ severity: 'warning' }])
  })
})
