import { afterEach, describe, expect, it, vi } from 'vitest'
import { runPreview } from '../../src/commands/preview.ts'
import { createTempFolder } from '../temp-folder.ts'
import { contextOf } from './context-of.ts'

afterEach(() => vi.unstubAllEnvs())

/** What a preview says when it has started; it is ended at once. */
async function announced(smtpUrl: string) {
  vi.stubEnv('SMTP_URL', smtpUrl)
  const cwd = await createTempFolder({ 'news-digest.yaml': 'site: { url: https://harbour.example }', 'content/.keep': '' })
  const said = Promise.withResolvers<{ text: string; json: unknown; notes: string }>()
  const announce = (text: string, json: unknown, notes: string) => said.resolve({ text, json, notes })
  const before = process.listeners('SIGTERM')
  const ended = runPreview(undefined, { host: '127.0.0.1', port: 0, open: false }, { ...contextOf(cwd), announce })
  const words = await Promise.race([said.promise, ended.then(() => Promise.reject(new Error('ended before it said anything')))])
  await vi.waitUntil(() => process.listeners('SIGTERM').length > before.length)
  for (const listener of process.listeners('SIGTERM')) if (!before.includes(listener)) listener('SIGTERM')
  await ended
  return words
}

describe('runPreview()', () => {
  it('says at the start what is wrong with SMTP_URL, and shows the publication all the same', async () => {
    const { text, json, notes } = await announced('smtp.harbour.example:587')
    expect(text).toMatch(/^Preview: http:\/\/127\.0\.0\.1:\d+\//)
    expect(notes).toMatch(
      /^warning SMTP_URL cannot be used: it does not begin with smtp:\/\/ or smtps:\/\/ \[relay-invalid\]\n {2}expected /,
    )
    expect(json).toMatchObject({ problems: [{ code: 'relay-invalid', severity: 'warning' }] })
  })

  it.each(['', 'smtp://post:sesame@smtp.harbour.example'])('has nothing to say of SMTP_URL=%s', async smtpUrl => {
    expect(await announced(smtpUrl)).toMatchObject({ notes: '', json: { problems: [] } })
  })
})
