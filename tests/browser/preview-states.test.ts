import { writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailRelay } from '../transport/mail-relay.ts'
import { launchChromium } from './launch-chromium.ts'
import { emailText, findBarriers, inFrame, type Look, openPage, publication, startPreview } from './open-preview.ts'

const eventually = <T>(value: () => T) => expect.poll(value, { timeout: 15_000 })
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

const looks: readonly (Look & { readonly name: string })[] = [
  { name: 'in the light' },
  { name: 'in the dark', scheme: 'dark' },
  { name: 'in a narrow window', width: 360, height: 740 },
]

describe('axe-core finds nothing in the preview', () => {
  it.each(looks)('$name: the email, every tab, side by side, dialogs and drawers', async look => {
    const { page } = await openPage(browser, await startPreview(), { ...look, hash: '#simulation=outlook-windows' })
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    await page.locator('.changes summary').click()
    expect(await findBarriers(page, look)).toEqual([])
    await page.keyboard.press('Escape')
    for (const key of ['2', '3', '4', '5', '6', '7', '8']) {
      await page.keyboard.press(key)
      await eventually(() => page.locator('.panel-head').textContent()).not.toBe('Loading…')
      expect([key, await findBarriers(page, look)]).toEqual([key, []])
    }
    await page.keyboard.press('1')
    await page.keyboard.press('b')
    await eventually(() => emailText(page, 1)).toContain('Gulls in the granary')
    expect(await findBarriers(page, look)).toEqual([])
    for (const dialog of dialogsOf(page, look)) {
      await dialog()
      await page.getByRole('dialog').waitFor()
      expect(await findBarriers(page, look)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  })

  it.each(looks)('$name: over a broken post, with nothing to show, and without a server', async look => {
    const preview = await startPreview()
    const { page } = await openPage(browser, preview, look)
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    await writeFile(path.join(preview.cwd, 'posts/gulls.md'), '---\ntitle: No date\nfeatured: true\n---\n')
    await page.getByRole('alert').waitFor()
    expect(await findBarriers(page, look)).toEqual([])
    const { 'news-digest.yaml': settings = '' } = publication
    const { page: empty } = await openPage(browser, await startPreview({ 'news-digest.yaml': settings, 'posts/.keep': '' }), look)
    await empty.getByRole('heading', { name: /Nothing to (show yet|send)/ }).waitFor()
    expect(await findBarriers(empty, look)).toEqual([])
    await preview.close()
    await eventually(() => page.getByRole('status').first().textContent()).toBe('No connection')
    expect(await findBarriers(page, look)).toEqual([])
  })
})

describe('an edition with two subjects', () => {
  it('is switched from one to the other above the email and beside the headers', async () => {
    const trial = { ...publication, 'editions/2026-w07.md': "---\nsubjects: ['Gulls and grain', 'Who ate the oats?']\n---\n" }
    const { page, complaints } = await openPage(browser, await startPreview(trial))
    const shown = () => page.locator('.inbox-subject').textContent()
    await eventually(shown).toBe('Gulls and grain')
    await page.locator('.toolbar').getByTitle('Who ate the oats?').click()
    await eventually(shown).toBe('Who ate the oats?')
    await eventually(() => inFrame<string>(page, 'email.body.innerHTML')).toContain('utm_content=B')
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('tab', { name: 'Message' }).click()
    const panel = page.locator('#panel-message')
    await eventually(() => panel.textContent()).toContain('Gulls and grain')
    expect(await panel.textContent()).toContain('Who ate the oats?')
    expect(await findBarriers(page)).toEqual([])
    await panel.getByTitle('Gulls and grain').click()
    await eventually(shown).toBe('Gulls and grain')
    expect(complaints).toEqual([])
  })
})

describe('an edition that lacks a pick', () => {
  it.each(looks)('$name: is shown without it, under its file and line, and as a finding', async look => {
    const file = '---\nitems:\n  - gulls\n  - nope-nope\n---\n'
    const { page } = await openPage(browser, await startPreview({ ...publication, 'editions/2026-w07.md': file }), look)
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    const alert = page.getByRole('alert')
    await eventually(() => alert.textContent()).toContain('editions/2026-w07.md:4')
    expect(await alert.textContent()).toContain('the pick "nope-nope" is not among the posts')
    expect(await findBarriers(page, look)).toEqual([])
    await page.keyboard.press('2')
    await eventually(() => page.locator('.finding', { hasText: 'lost-pick' }).textContent()).toContain('editions/2026-w07.md:4')
    expect(await page.locator('.warnings').count()).toBe(0)
  })

  it('names its picks where none is left', async () => {
    const preview = await startPreview({ ...publication, 'editions/2026-w07.md': '---\nitems:\n  - nope-nope\n---\n' })
    const { page } = await openPage(browser, preview)
    await eventually(() => page.getByRole('alert').textContent()).toContain('editions/2026-w07.md:3')
    await page.getByRole('button', { name: /2026-w06/ }).click()
    await eventually(() => emailText(page)).toContain('Lamps at low water')
    expect(await page.getByRole('alert').count()).toBe(0)
  })
})

describe('a test from the preview', () => {
  it('goes to every address, and tells of each what the relay said', async () => {
    const relay = await startMailRelay({
      onRcptTo: ({ address }, _, done) =>
        done(address.startsWith('gone@') ? Object.assign(new Error('5.1.1 No such box'), { responseCode: 550 }) : null),
    })
    const { page } = await openPage(browser, await startPreview(publication, `smtp://127.0.0.1:${relay.port}`))
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByLabel('Addresses').fill('you@gull.example\ngone@gull.example')
    await page.getByRole('button', { name: 'Send to 2' }).click()
    const outcomes = page.locator('.outcomes li')
    await eventually(() => outcomes.count()).toBe(2)
    expect(await outcomes.nth(0).textContent()).toMatch(/you@gull\.example.*accepted/)
    expect(await outcomes.nth(1).textContent()).toMatch(/gone@gull\.example.*not sent.*No such box/)
    expect(await findBarriers(page)).toEqual([])
    const [message, ...more] = relay.received
    expect(more).toEqual([])
    const { subject, html } = await PostalMime.parse(message?.bytes ?? '')
    expect(subject).toMatch(/^\[Test\] /)
    expect(html).toContain('Gulls in the granary')
  })

  it('says what is wrong with a relay that cannot be used, instead of asking for addresses', async () => {
    const { page } = await openPage(browser, await startPreview(publication, 'smtp.harbour.example:587'))
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    await page.keyboard.press('t')
    const dialog = page.getByRole('dialog')
    expect(await dialog.textContent()).toContain('SMTP_URL cannot be used: it does not begin with smtp:// or smtps://')
    expect(await dialog.getByRole('textbox').count()).toBe(0)
  })

  it('takes what stands on a line for one address, blanks and all', async () => {
    const { page } = await openPage(browser, await startPreview(publication, 'smtp://127.0.0.1:1'))
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    await page.keyboard.press('t')
    await page.getByLabel('Addresses').fill('not an address\nBo <bo@gull.example>\n')
    await page.getByRole('button', { name: 'Send to 2' }).click()
    await eventually(() => page.locator('.problem').count()).toBe(2)
    expect(await page.locator('.problem').allTextContents()).toEqual([
      expect.stringContaining('not an address'),
      expect.stringContaining('Bo <bo@gull.example>'),
    ])
  })

  it('says so in plain words where no relay is configured', async () => {
    const { page } = await openPage(browser, await startPreview())
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    await page.keyboard.press('t')
    expect(await page.getByRole('dialog').textContent()).toContain('No mail server is configured')
  })
})

describe('the preview answers only its own page', () => {
  it('refuses another host name, another origin, a foreign form, and every way out of its folders', async () => {
    const preview = await startPreview({ ...publication, 'public/a.txt': 'x' })
    const own = { host: `127.0.0.1:${preview.port}` }
    const ask = (method: string, target: string, headers: Record<string, string>) => statusOf(preview.port, method, target, headers)
    expect(await ask('GET', '/api/state', own)).toBe(200)
    expect(await ask('GET', '/api/state', { host: 'evil.example' })).toBe(403)
    expect(await ask('GET', '/api/state', { ...own, origin: 'https://evil.example' })).toBe(403)
    expect(await ask('POST', '/api/test-send', { ...own, 'content-type': 'text/plain' })).toBe(403)
    for (const way of [
      '/assets/../news-digest.yaml',
      '/assets/%2e%2e/news-digest.yaml',
      '/assets/..%2fnews-digest.yaml',
      '/..%2f..%2fpackage.json',
    ]) {
      expect([way, await ask('GET', way, own)]).toEqual([way, 404])
    }
  })
})

function dialogsOf(page: Page, { width }: Look): readonly (() => Promise<void>)[] {
  const always = [() => page.keyboard.press('?'), () => page.keyboard.press('t')]
  if (width === undefined) return always
  const drawers = ['Editions and templates', 'How the email is shown']
  return [...always, ...drawers.map(name => () => page.getByRole('button', { name }).click())]
}

/** Asks with the path exactly as it is written: fetch would tidy it up first. */
function statusOf(port: number, method: string, target: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', method, path: target, headers }, answer => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asking.on('error', reject)
    asking.end()
  })
}
