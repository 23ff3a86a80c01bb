import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config/read-config.ts'
import { UserError } from '../src/errors.ts'
import { messageId } from '../src/message/message-id.ts'
import type { Email, Segment } from '../src/render/email.ts'
import { sendTest, type TestSendRequest } from '../src/run-test-send.ts'
import { emailOf } from './message/email-of.ts'
import { breachesOf, splitMessage } from './message/raw-message.ts'
import { createTempFolder } from './temp-folder.ts'
import { startFaultyRelay } from './transport/faulty-relay.ts'
import { startMailRelay } from './transport/mail-relay.ts'

const now = new Date('2026-02-09T08:00:00.000Z')
const settings = 'site:\n  name: Harbour Notes\n  url: https://harbour.example\nsender:\n  email: letter@harbour.example\n'

const merge = (name: 'name' | 'email' | 'unsubscribeUrl', context: 'html' | 'url' | 'text'): Segment => ({
  merge: name,
  context,
  fallback: 'there',
})
const email = emailOf({
  subject: [{ text: 'Tides for ' }, merge('name', 'text')],
  html: [
    { text: '<p>Good morning, ' },
    merge('name', 'html'),
    { text: '. {{name}} stays.</p>\n<p><a href="' },
    merge('unsubscribeUrl', 'url'),
    { text: '">Stop</a></p>' },
  ],
  text: [{ text: '.\n..hidden lines\nTo ' }, merge('email', 'text'), { text: '\n' }, merge('unsubscribeUrl', 'url'), { text: '\n' }],
})

interface Setting {
  readonly smtpUrl?: string | undefined
  readonly addresses?: readonly string[]
  readonly editionId?: string
  readonly yaml?: string
  readonly json?: string
}

async function requestOf({
  smtpUrl,
  addresses = ['you@gull.example'],
  editionId = '2026-w06',
  yaml = settings,
  json = JSON.stringify(email),
}: Setting): Promise<TestSendRequest> {
  const cwd = await createTempFolder({ 'news-digest.yaml': yaml, 'out/2026-w06/email.json': json })
  return { config: await readConfig({ cwd, file: null }), editionId, addresses, env: { SMTP_URL: smtpUrl }, now }
}

async function send(setting: Setting) {
  return sendTest(await requestOf(setting))
}

async function refusal(setting: Setting): Promise<UserError> {
  const error = await send(setting).catch((thrown: unknown) => thrown)
  if (error instanceof UserError) return error
  throw error
}

const url = ({ port }: { readonly port: number }) => `smtp://localhost:${port}`
const header = (bytes: Uint8Array, name: string) => splitMessage(bytes).headers.find(each => each.name === name)?.value

describe('sendTest()', () => {
  it('sends what was built, with the sample recipient in it, and in order by every rule that bytes can break', async () => {
    const relay = await startMailRelay()
    const sent = await send({ smtpUrl: url(relay) })
    expect(sent).toMatchObject({ edition: '2026-w06', subject: '[Test] Tides for Robin Sample', from: 'letter@harbour.example' })
    expect(sent.results).toMatchObject([{ address: 'you@gull.example', outcome: { kind: 'accepted', queueId: 'T1EST' } }])
    const [{ from, to, bytes } = { from: '', to: [], bytes: Buffer.of() }] = relay.received
    expect([from, to]).toEqual(['letter@harbour.example', ['you@gull.example']])
    expect(breachesOf(bytes)).toEqual([])
    expect(header(bytes, 'To')).toBe('you@gull.example')
    const { subject, html, text } = await PostalMime.parse(bytes)
    expect(subject).toBe('[Test] Tides for Robin Sample')
    expect(html).toContain('Good morning, Robin Sample. {{name}} stays.')
    expect(text).toContain('.\n..hidden lines\nTo you@gull.example\n')
  })

  it('has links that unsubscribe nobody, and so does not promise one click (RFC 8058 §3.1)', async () => {
    const relay = await startMailRelay()
    await send({ smtpUrl: url(relay), yaml: `${settings}links:\n  publicUrl: https://post.harbour.example\n` })
    const bytes = relay.received[0]?.bytes ?? Buffer.of()
    expect(header(bytes, 'List-Unsubscribe')).toBe('<https://post.harbour.example/unsubscribe/test>')
    expect(header(bytes, 'List-Unsubscribe-Post')).toBeUndefined()
    expect((await PostalMime.parse(bytes)).html).toContain('href="https://post.harbour.example/unsubscribe/test"')
  })

  it('is dated now, and has a Message-ID of our domain that is neither that of the real message nor that of another test', async () => {
    const relay = await startMailRelay()
    const request = await requestOf({ smtpUrl: url(relay) })
    const first = await sendTest(request)
    await sendTest({ ...request, now: new Date(now.getTime() + 1000) })
    const ids = relay.received.map(({ bytes }) => header(bytes, 'Message-ID'))
    expect(ids[0]).toBe(first.results[0]?.messageId)
    expect(ids[0]).toMatch(/^<[\w.-]+@harbour\.example>$/)
    expect(new Set([...ids, messageId('2026-w06', 'you@gull.example', 'harbour.example')]).size).toBe(3)
    expect(header(relay.received[0]?.bytes ?? Buffer.of(), 'Date')).toBe('Mon, 09 Feb 2026 08:00:00 +0000')
  })

  it('sends each address a message of its own, over one connection, and none twice', async () => {
    const relay = await startFaultyRelay()
    const { results } = await send({
      smtpUrl: url(relay),
      addresses: ['a@gull.example', 'b@b\u00fccher.example', 'a@GULL.example', ' a@gull.example '],
    })
    expect(results.map(({ address }) => address)).toEqual(['a@gull.example', 'b@xn--bcher-kva.example'])
    expect(relay.commands.filter(each => each.startsWith('RCPT'))).toEqual([
      'RCPT TO:<a@gull.example>',
      'RCPT TO:<b@xn--bcher-kva.example>',
    ])
    expect(relay.connections()).toBe(1)
    expect(relay.messages.some(each => each.includes('b@xn--bcher') && each.includes('a@gull'))).toBe(false)
  })

  it('reports every address by itself, and goes on over a new connection where one was lost', async () => {
    const relay = await startFaultyRelay({
      RCPT: to => {
        if (to.startsWith('gone')) return { say: '550 5.1.1 no such mailbox\r\n' }
        return to.startsWith('cut') ? { next: 'close' } : undefined
      },
    })
    const { results } = await send({ smtpUrl: url(relay), addresses: ['gone', 'ok', 'cut', 'last'].map(each => `${each}@gull.example`) })
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(['rejected', 'accepted', 'lost-before-dot', 'accepted'])
    expect(relay.connections()).toBe(2)
  })

  it('does not try a relay again that cannot be reached', async () => {
    const relay = await startFaultyRelay({ greeting: { say: '554 5.3.2 closed today\r\n', next: 'close' } })
    const { results } = await send({ smtpUrl: url(relay), addresses: ['a@gull.example', 'b@gull.example'] })
    expect(results).toMatchObject(
      [1, 2].map(() => ({ messageId: null, outcome: { kind: 'no-connection', why: 'greeting', reply: { code: 554 } } })),
    )
    expect(relay.connections()).toBe(1)
  })

  it('reports a local part beyond ASCII as unsupported by a relay without SMTPUTF8, and sends it where the relay has it', async () => {
    const without = await startMailRelay({ hideSMTPUTF8: true })
    const addresses = ['j\u00fcrgen@b\u00fccher.example', 'you@gull.example']
    const { results } = await send({ smtpUrl: url(without), addresses })
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(['unsupported', 'accepted'])
    expect(without.received.map(({ to }) => to)).toEqual([['you@gull.example']])
    const having = await startMailRelay()
    await send({ smtpUrl: url(having), addresses })
    expect((await PostalMime.parse(having.received[0]?.bytes ?? '')).to).toMatchObject([{ address: 'j\u00fcrgen@xn--bcher-kva.example' }])
  })

  it.each([
    'a@x.test, b@evil.test',
    'a@x.test\r\nRCPT TO:<e@x.test>',
    'a@x.test> <b@evil.test',
    '"a@evil"@x.test',
    'Robin <a@x.test>',
    'a@localhost',
    '',
  ])('refuses %j, and then sends nothing to anybody', async hostile => {
    const relay = await startFaultyRelay()
    const error = await refusal({ smtpUrl: url(relay), addresses: ['you@gull.example', hostile, 'also wrong'] })
    expect([error.code, error.exitCode, error.problems.length]).toEqual(['address-invalid', 2, 2])
    expect(relay.connections()).toBe(0)
  })

  it.each<[string, Setting, string]>([
    ['no relay', { smtpUrl: undefined }, 'relay-missing'],
    ['an empty SMTP_URL', { smtpUrl: ' ' }, 'relay-missing'],
    ['an SMTP_URL that is none', { smtpUrl: 'smtp.example.com' }, 'relay-invalid'],
    ['no address', { addresses: [] }, 'usage'],
    ['no sender', { yaml: 'site:\n  url: https://harbour.example\n' }, 'config-missing'],
    ['an edition that was not built', { editionId: '2026-w07' }, 'edition-unknown'],
    ['an edition outside of the folder', { editionId: '../2026-w06' }, 'edition-id-invalid'],
    ['an email that was cut off', { json: JSON.stringify(email).slice(0, 300) }, 'file-unreadable'],
    ['the email of another edition', { json: JSON.stringify({ ...email, edition: '2026-w05' } satisfies Email) }, 'file-unreadable'],
    ['an email of another version', { json: JSON.stringify({ ...email, version: 2 }) }, 'file-unreadable'],
  ])('says what to do with %s, and connects to nobody', async (_title, setting, code) => {
    const relay = await startFaultyRelay()
    const error = await refusal({ smtpUrl: url(relay), ...setting })
    expect([error.code, error.exitCode]).toEqual([code, 2])
    expect(error.problems[0].hint).not.toBe('')
    expect(relay.connections()).toBe(0)
  })

  it('sends each address both of two subjects that are tried, each as it will be sent', async () => {
    const relay = await startMailRelay()
    const second = emailOf({ subject: [{ text: 'Lamps' }], html: [{ text: '<p>B</p>' }], text: [{ text: 'B\n' }] })
    const json = JSON.stringify({ ...email, variants: { B: second }, split: 0.2 })
    const sent = await send({ smtpUrl: url(relay), json, addresses: ['a@gull.example', 'b@gull.example'] })
    expect(sent).toMatchObject({ subject: '[Test A] Tides for Robin Sample', secondSubject: '[Test B] Lamps' })
    expect(sent.results.map(({ address, variant }) => `${address} ${variant}`)).toEqual(
      ['a', 'b'].flatMap(each => [`${each}@gull.example A`, `${each}@gull.example B`]),
    )
    const messages = await Promise.all(relay.received.map(({ bytes }) => PostalMime.parse(bytes)))
    expect(messages.map(({ subject }) => subject)).toEqual([1, 2].flatMap(() => ['[Test A] Tides for Robin Sample', '[Test B] Lamps']))
    expect(messages[0]?.html).toContain('Good morning')
    expect(messages[1]).toMatchObject({ html: expect.stringContaining('<p>B</p>'), text: expect.stringMatching(/^B\s+$/) })
    expect(new Set(messages.map(({ messageId: id }) => id)).size).toBe(4)
    for (const { bytes } of relay.received) expect(breachesOf(bytes)).toEqual([])
  })

  it('says how far it is', async () => {
    const relay = await startFaultyRelay()
    const steps: number[] = []
    const request = await requestOf({ smtpUrl: url(relay), addresses: ['a@gull.example', 'b@gull.example'] })
    await sendTest({ ...request, onProgress: (_step, done, total) => steps.push(done, total) })
    expect(steps).toEqual([0, 2, 1, 2])
  })

  it('goes over the first relay that the configuration lists, with its password, whatever is wrong with the others', async () => {
    const [first, other] = [await startFaultyRelay(), await startMailRelay()]
    const yaml = `${settings}relays:
  - name: first
    url: smtp://localhost:${first.port}
  - name: second
    url: smtp://smtp.example.com
    user: robin
    passwordFrom: NOT_SET
`
    const sent = await send({ smtpUrl: url(other), yaml })
    expect(sent.results).toMatchObject([{ outcome: { kind: 'accepted' } }])
    expect([first.messages.length, other.received.length]).toEqual([1, 0])
    const missing = await refusal({
      yaml: `${settings}relays:\n  - name: first\n    url: smtp://smtp.example.com\n    user: robin\n    passwordFrom: NOT_SET\n`,
    })
    expect(missing).toMatchObject({ code: 'relay-missing', message: expect.stringContaining('NOT_SET') })
  })
})
