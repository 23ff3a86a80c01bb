import { afterEach, describe, expect, it, vi } from 'vitest'
import { runPreview } from '../../src/commands/preview.ts'
import { createTempFolder } from '../temp-folder.ts'
import { contextOf } from './context-of.ts'

afterEach(() => vi.unstubAllEnvs())

/** What a preview says when it has started; it is ended at once. */
async function announced(smtpUrl: string) {
  const [words] = await allAnnounced(smtpUrl, 1)
  return words
}

/** The first things that it says; it is ended after so many. */
async function allAnnounced(smtpUrl: string, count: number) {
  vi.stubEnv('SMTP_URL', smtpUrl)
  const cwd = await createTempFolder({ 'news-digest.yaml': 'site: { url: https://harbour.example }' })
  const words: { text: string; json: unknown; notes: string }[] = []
  const said = Promise.withResolvers<void>()
  const announce = (text: string, json: unknown, notes: string) => {
    words.push({ text, json, notes })
    if (words.length === count) said.resolve()
  }
  const before = process.listeners('SIGTERM')
  const ended = runPreview(undefined, { host: '127.0.0.1', port: 0, open: false }, { ...contextOf(cwd), announce })
  await Promise.race([said.promise, ended.then(() => Promise.reject(new Error('ended before it said anything')))])
  await vi.waitUntil(() => process.listeners('SIGTERM').length > before.length)
  for (const listener of process.listeners('SIGTERM')) if (!before.includes(listener)) listener('SIGTERM')
  await ended
  return words
}

describe('runPreview()', () => {
  it('says at the start what is wrong with SMTP_URL, and shows the publication all the same', async () => {
    const { text, json, notes } = { text: '', json: null, notes: '', ...(await announced('smtp.harbour.example:587')) }
    expect(text).toMatch(/^Preview: http:\/\/127\.0\.0\.1:\d+\//)
    expect(notes).toMatch(
      /^warning SMTP_URL cannot be used: it does not begin with smtp:\/\/ or smtps:\/\/ \[relay-invalid\]\n {2}expected /,
    )
    expect(json).toMatchObject({ problems: [{ code: 'relay-invalid', severity: 'warning' }] })
  })

  it.each(['', 'smtp://post:sesame@smtp.harbour.example'])('has nothing to say of SMTP_URL=%s', async smtpUrl => {
    expect(await announced(smtpUrl)).toMatchObject({ notes: '', json: { problems: [] } })
  })

  it('says on the terminal, too, that there is no content folder', async () => {
    const [, later] = await allAnnounced('', 2)
    expect(later).toMatchObject({ text: '', json: null, notes: expect.stringMatching(/^error .*\[content-missing\]\n/) })
  })
})
