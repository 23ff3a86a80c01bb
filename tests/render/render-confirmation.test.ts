import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { inspectEmail } from '../../src/inspect/inspect-email.ts'
import { readMessages } from '../../src/locale/read-messages.ts'
import { hashEmail } from '../../src/render/hash-email.ts'
import { joinSegments } from '../../src/render/join-email.ts'
import { readConfirmTemplates } from '../../src/render/read-templates.ts'
import { renderConfirmation } from '../../src/render/render-confirmation.ts'
import { createTempFolder } from '../temp-folder.ts'
import { configOf } from './edition-fixture.ts'
import { testNonce } from './rendered.ts'

const languages = ['en', 'de', 'fa']
const confirmUrl = `https://letter.example/confirm/${'AQx7Zk-_'.repeat(9)}`

interface Changes {
  readonly language?: string
  readonly config?: Record<string, unknown>
  readonly userDir?: string
  readonly nonce?: string
}

async function render({ language = 'en', config, userDir, nonce = testNonce }: Changes = {}) {
  const places = { userDir: userDir ?? null, displayRoot: userDir ?? '/srv/tidewater' }
  const { messages } = await readMessages({ ...places, language })
  const templates = await readConfirmTemplates(places)
  return renderConfirmation({ config: configOf(config), templates, messages, nonce, hours: 72 })
}

/** As whoever signed up gets it. */
async function mailOf(changes: Changes = {}) {
  const confirmation = await render(changes)
  const { html, text } = confirmation
  return { ...confirmation, html: joinSegments(html, { confirmUrl }), text: joinSegments(text, { confirmUrl }) }
}

async function problemsWith(files: Record<string, string>) {
  const refused: unknown = await render({ userDir: await createTempFolder(files) }).catch((error: unknown) => error)
  if (!(refused instanceof UserError)) throw new Error(`Not refused: ${String(refused)}`)
  return refused.problems
}

// After a change that is meant to change the mail: `npx vitest run tests/render/render-confirmation.test.ts --update`, and read the difference.
describe.each(languages)('the mail that confirms a sign-up, in %s', language => {
  it('comes out as it stands in golden/', async () => {
    const { subject, html, text } = await mailOf({ language })
    await expect(html).toMatchFileSnapshot(`golden/confirm-${language}.html`)
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`golden/confirm-${language}.txt`)
  })

  it('passes every check but those that ask for what it must not have', async () => {
    const { subject, html, text } = await mailOf({ language })
    const content = { subject: [{ text: subject }], html: [{ text: html }], text: [{ text }] }
    const direction = language === 'fa' ? ('rtl' as const) : ('ltr' as const)
    const [, hidden = ''] = /<div style="display:none;[^>]*>([^<]*)/.exec(html) ?? []
    const [preheader = ''] = hidden.split('\u034f')
    const date = '2026-02-09T00:00:00.000Z'
    const email = { version: 1 as const, edition: 'confirm', language, direction, date, ...content, preheader, hashes: hashEmail(content) }
    const address = 'Tidewater Press\nPier 4\n8000-076 Faro\nPortugal'
    const sender = { email: 'letter@tidewater.example', address }
    // They are not on the list, and the address itself stands there for whoever has no button.
    const checks = { 'missing-unsubscribe': 'off', 'link-text': 'off' } as const
    const findings = await inspectEmail(email, { purpose: 'send', edition: null, sender, publicUrl: 'https://letter.example', checks })
    expect(preheader.length).toBeGreaterThan(40)
    expect(findings).toEqual([])
  })

  it('leads to the confirmation and to the site, and nowhere else', async () => {
    const { html, text } = await mailOf({ language })
    const links = [...html.matchAll(/ href="([^"]*)"/g)].map(([, href]) => href)
    expect(links).toEqual(['https://tidewater.example/', confirmUrl, confirmUrl])
    expect(text.match(/https?:\/\/\S+/g)).toEqual(['https://tidewater.example/', confirmUrl])
    expect(html).not.toMatch(/utm_|unsubscribe/i)
  })

  it('says who sends it, how long the link works, and asks for no picture', async () => {
    const { subject, html, text } = await mailOf({ language, config: { brand: {} } })
    for (const said of ['The Tidewater Letter', 'Pier 4', language === 'fa' ? '۷۲' : '72'])
      expect([html.includes(said), text.includes(said)]).toEqual([true, true])
    expect(subject).toContain('The Tidewater Letter')
    expect(html).not.toContain('<img')
    expect(html + text).not.toMatch(/undefined|null|NaN|\[object|\{\{| · /)
  })
})

describe('renderConfirmation()', () => {
  it('is open in nothing but the link', async () => {
    const { html, text } = await render()
    const fields = [...html, ...text].flatMap(segment => ('merge' in segment ? [`${segment.merge} ${segment.context}`] : []))
    expect(fields).toEqual(['confirmUrl url', 'confirmUrl url', 'confirmUrl html', 'confirmUrl text'])
  })

  it('escapes the link where it stands in HTML', async () => {
    const { html, text } = await render()
    const hostile = 'https://letter.example/confirm/a?b=1&c="><script>'
    expect(joinSegments(html, { confirmUrl: hostile })).not.toContain('<script>')
    expect(joinSegments(text, { confirmUrl: hostile })).toContain('b=1&c=')
  })

  it('takes a hostile name of the publication for the text it is, in subject, HTML and text', async () => {
    const name = '{{confirmUrl}} {{{ {count} </mj-text><mj-raw><script>x</script> "><img src=x> \r\nBcc: e@x.test\u202e$&'
    const shown = '{{confirmUrl}} {{{ {count} </mj-text><mj-raw><script>x</script> "><img src=x> Bcc: e@x.test$&'
    const site = { name, url: 'https://tidewater.example', language: 'en', timeZone: 'Europe/Lisbon' }
    const { subject, html, text } = await mailOf({ config: { site, brand: {} } })
    expect(subject).toBe(`Confirm your subscription to ${shown}`)
    expect(text).toContain(`“${shown}”`)
    expect(html).not.toMatch(/<script|<img|<\/?mj-|\u202e/)
    expect(html).toContain('{{confirmUrl}} {{{ {count} &lt;/mj-text&gt;')
  })

  it('renders the same with another nonce, and leaves nothing of it', async () => {
    const [one, other] = await Promise.all([render(), render({ nonce: 'zzzzzzzzzzzzzzzz0000' })])
    expect(other).toEqual(one)
    expect(JSON.stringify(other)).not.toContain('zzzz')
  })

  it('falls back to English in a language without messages, and keeps its direction', async () => {
    const { language, subject, html } = await mailOf({ language: 'ar' })
    expect([language, subject]).toEqual(['ar', 'Confirm your subscription to The Tidewater Letter'])
    expect(html).toMatch(/^<!doctype html><html lang="ar" dir="rtl"/)
  })

  it('takes own files in place of the shipped ones: its own, partials and messages', async () => {
    const userDir = await createTempFolder({
      'confirm/email.txt.hbs': 'Yes? {{merge "confirmUrl"}} ({{digits hours}})',
      'partials/sender.mjml.hbs': '<p>Sent by {{publication.name}}, gladly</p>',
      'messages/en.yaml': 'confirmMailTitle: Was it you?',
    })
    const { html, text } = await mailOf({ userDir })
    expect(text).toBe(`Yes? ${confirmUrl} (72)\n`)
    expect(html).toContain('Sent by The Tidewater Letter, gladly')
    expect(html).toContain('Was it you?')
  })

  it('lets a partial name what only editions have, where it asks for the edition first', async () => {
    const header = '<mj-section><mj-column><mj-text>'
    const end = '</mj-text></mj-column></mj-section>'
    const link = '<a href="{{merge "viewUrl"}}">{{t "viewInBrowser"}}</a>'
    const guarded = { 'partials/header.mjml.hbs': `${header}{{#if edition}}${link}{{/if}}${end}` }
    expect((await mailOf({ userDir: await createTempFolder(guarded) })).html).not.toContain('View in browser')
    expect(await problemsWith({ 'partials/header.mjml.hbs': `${header}\n${link}${end}` })).toMatchObject([
      { code: 'merge-field-unknown', got: 'viewUrl', place: { file: 'partials/header.mjml.hbs', line: 2 } },
    ])
  })

  it('refuses a template of its own that leads nowhere, or that prints what nobody has', async () => {
    expect(await problemsWith({ 'confirm/email.txt.hbs': 'Hello' })).toMatchObject([
      { code: 'template-syntax', expected: '{{merge "confirmUrl"}}', place: { file: 'confirm/email.txt.hbs' } },
    ])
    expect(await problemsWith({ 'confirm/email.txt.hbs': '{{typo}} {{merge "nickname"}} {{merge "confirmUrl"}}' })).toMatchObject([
      { code: 'template-field-unknown', got: 'typo' },
      { code: 'merge-field-unknown', got: 'nickname' },
    ])
  })
})
