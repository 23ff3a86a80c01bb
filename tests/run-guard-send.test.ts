import { describe, expect, it } from 'vitest'
import type { UserError } from '../src/errors.ts'
import type { SendRequest } from '../src/run-send-contract.ts'
import { answering, refusalOf, startRelay } from './delivery/observe-send.ts'
import { createPublication, environmentOf, quick, settingsWith } from './delivery/publication.ts'
import { makeRsaKey, makeUnfitKeys } from './message/signing-keys.ts'

describe('sendEdition() before anything is sent', () => {
  const key = makeRsaKey()
  const unfit = makeUnfitKeys()
  const signed = settingsWith(`${quick}dkim:\n  selector: news\n`)
  const withKey = (pem: string) => ({ env: { ...environmentOf(1), NEWS_DIGEST_DKIM_KEY: pem } })

  it.each<[string, string, Partial<SendRequest>, string, RegExp]>([
    ['there is no relay', settingsWith(quick), { env: { ...environmentOf(1), SMTP_URL: '' } }, 'relay-missing', /SMTP_URL is not set/],
    [
      'there is no secret',
      settingsWith(quick),
      { env: { SMTP_URL: 'smtp://localhost:1' } },
      'secret-missing',
      /NEWS_DIGEST_SECRET is not set/,
    ],
    [
      'the secret is short',
      settingsWith(quick),
      { env: { ...environmentOf(1), NEWS_DIGEST_SECRET: 'short' } },
      'secret-invalid',
      /can be guessed/,
    ],
    ['there is no DKIM key', signed, { env: environmentOf(1) }, 'dkim-invalid', /there is no key/],
    ['the file of the DKIM key is missing', `${signed}  keyFile: no.pem\n`, { env: environmentOf(1) }, 'dkim-invalid', /cannot be read/],
    ['the DKIM key is short', signed, withKey(makeRsaKey(1024).privateKeyPem), 'dkim-invalid', /only 1024 bits/],
    ['the DKIM key is an Ed25519 one', signed, withKey(unfit.ed25519), 'dkim-invalid', /Ed25519/],
    ['the DKIM key is a public one', signed, withKey(unfit.public), 'dkim-invalid', /is a public key/],
    [
      'the DKIM domain is not aligned',
      `${signed}  domain: other.example\n`,
      withKey(key.privateKeyPem),
      'dkim-invalid',
      /DMARC does not count/,
    ],
    [
      'there is no sender',
      settingsWith(quick).replace('  email: letter@harbour.example\n', ''),
      { env: environmentOf(1) },
      'config-missing',
      /sender\.email/,
    ],
    ['the segment is none', settingsWith(quick), { to: 'tag = ' }, 'segment-invalid', /./],
    ['the edition was not built', settingsWith(quick), { editionId: '2026-w05' }, 'edition-unknown', /./],
    [
      'CI is set and the ledger a file',
      settingsWith(quick),
      { env: { ...environmentOf(1), CI: 'true' } },
      'ledger-not-persistent',
      /CI is set/,
    ],
  ])('says clearly that %s', async (_title, settings, changes, code, words) => {
    const { proposals, confirm } = answering(true)
    const publication = await createPublication({ settings, readers: 1 })
    const error = await refusalOf(publication.send(1, { confirm, ...changes }))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(words)
    expect(error.problems[0].hint).not.toBe('')
    expect([proposals, await publication.sendings()]).toEqual([[], []])
  })

  it('believes that the ledger of a runner is kept where it is told so', async () => {
    const [publication, relay] = [await createPublication(), await startRelay()]
    const env = { ...environmentOf(relay.port), CI: 'true' }
    expect(await publication.send(relay.port, { env, ledgerIsPersistent: true })).toMatchObject({ outcome: { kind: 'finished' } })
  })

  it('is blocked by errors of the checks, and goes out with a reason, which is stored', async () => {
    const settings = settingsWith(quick).replace('  address: 1 Quay Street, Porto\n', '')
    const [publication, relay] = [await createPublication({ settings }), await startRelay()]
    const blocked = await refusalOf(publication.send(relay.port))
    expect(blocked).toMatchObject({ code: 'checks-failed', exitCode: 1 })
    expect(blocked.message).toMatch(/^a check found an error, so nothing was sent: .*address.* \[[a-z-]+\]$/)
    expect(await refusalOf(publication.send(relay.port, { force: '  ' }))).toMatchObject({ code: 'checks-failed' })
    expect(await publication.sendings()).toEqual([])
    await publication.send(relay.port, { force: 'The address follows' })
    expect(await publication.sendings()).toMatchObject([{ forcedBecause: 'The address follows', state: 'finished' }])
  })

  it('stores no reason where nothing had to be forced', async () => {
    const [publication, relay] = [await createPublication(), await startRelay()]
    await publication.send(relay.port, { force: 'just in case' })
    expect(await publication.sendings()).toMatchObject([{ forcedBecause: null }])
  })

  it('sends no edition whose file says that it was sent, when this ledger knows of no sending, unless there is a reason', async () => {
    const files = { 'content/editions/2026-w06.md': "---\nstatus: sent\nsentAt: '2026-02-09T08:00:00.000Z'\n---\n" }
    const [publication, relay] = [await createPublication({ files }), await startRelay()]
    expect(await refusalOf(publication.send(relay.port))).toMatchObject({
      code: 'edition-sent',
      message: expect.stringContaining('marked as sent (2026-02-09T08:00:00.000Z)'),
    })
    expect([relay.messages, await publication.sendings()]).toEqual([[], []])
    expect(await publication.send(relay.port, { force: 'the other service lost it' })).toMatchObject({ sum: { accepted: 5 } })
    expect(await publication.sendings()).toMatchObject([{ forcedBecause: 'the other service lost it' }])
    expect(await publication.send(relay.port)).toMatchObject({ outcome: { kind: 'over' } })
  })

  it('writes and sends nothing where the answer is no', async () => {
    const [publication, relay] = [await createPublication(), await startRelay()]
    const { proposals, confirm } = answering(false)
    expect(await publication.send(relay.port, { confirm })).toMatchObject({ outcome: { kind: 'declined' }, sum: null, markedFile: null })
    expect(proposals).toMatchObject([
      { edition: '2026-w06', from: 'letter@harbour.example', audience: { recipients: 5 }, soFar: null, signs: false, split: null },
    ])
    expect([await publication.sendings(), relay.connections()]).toEqual([[], 0])
  })

  it('lets one process send, and tells another so', async () => {
    const relay = await startRelay()
    const publication = await createPublication()
    let second: Promise<UserError> | undefined
    await publication.send(relay.port, {
      confirm: async () => {
        second = refusalOf(publication.send(relay.port))
        await second
        return true
      },
    })
    expect(await second).toMatchObject({ code: 'sending-running' })
    expect(relay.messages).toHaveLength(5)
  })
})
