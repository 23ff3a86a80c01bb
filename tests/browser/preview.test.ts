import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config/read-config.ts'
import { buildEdition } from '../../src/run-build.ts'
import { launchChromium } from './launch-chromium.ts'
import { emailText, inFrame, openPage, post, publication, scrollTo, scrollTop, shownFrame, startPreview } from './open-preview.ts'

let browser: Browser

// A machine that does much else at the time is slow, not wrong.
const eventually = <T>(value: () => T) => expect.poll(value, { timeout: 15_000 })

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

describe('the preview', () => {
  it('opens the next edition, asks nobody else for anything, and breaks no rule of its own security policy', async () => {
    const { page, complaints } = await openPage(browser, await startPreview())
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    expect(await page.locator('.row[aria-current=true] .row-name').allTextContents()).toEqual(['2026-w07', 'As configured'])
    await eventually(() => page.locator('.inbox').textContent()).toContain('Harbour Notes <letter@harbour.example>')
    for (const tab of ['Findings', 'HTML', 'Text', 'Message', 'Data', 'Weight', 'Selection']) {
      await page.getByRole('tab', { name: tab }).click()
      await page.getByRole('tabpanel', { name: tab }).waitFor()
    }
    expect(complaints).toEqual([])
  })

  it('shows another edition and another template, and a reload keeps both', async () => {
    const { page } = await openPage(browser, await startPreview())
    await page.getByRole('button', { name: /2026-w06/ }).click()
    await eventually(() => emailText(page)).toContain('Lamps at low water')
    await page.getByRole('button', { name: 'brief', exact: true }).click()
    await page.reload()
    await eventually(() => emailText(page)).toContain('Lamps at low water')
    expect(page.url()).toMatch(/#edition=2026-w06&template=brief$/)
  })

  it('shows the email as it is in the light, also to an editor whose system is dark', async () => {
    const { page } = await openPage(browser, await startPreview(), { scheme: 'dark' })
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    expect(await page.getByLabel('Show the email as').locator('option:checked').textContent()).toBe('The email as it is, in the light')
    const background = () => inFrame(page, 'frame.contentWindow.getComputedStyle(email.body).backgroundColor')
    const dark = await background()
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await background()).toBe(dark)
    await page.getByLabel('Show the email as').selectOption({ label: 'Apple Mail, dark' })
    await eventually(background).not.toBe(dark)
  })

  it('names the look that an edition file asks for, and lets none be chosen for an edition that is built', async () => {
    const preview = await startPreview({ ...publication, 'editions/2026-w06.md': '---\ntemplate: spotlight\n---\n' })
    const config = await readConfig({ cwd: preview.cwd })
    await buildEdition({ config, window: { kind: 'edition', id: '2026-w06' }, now: new Date('2026-02-20T12:00:00Z'), template: 'brief' })
    const { page } = await openPage(browser, preview, { hash: '#edition=2026-w06' })
    const looks = page.locator('.side section', { hasText: 'Templates' })
    await eventually(() => looks.locator('.row[aria-current=true]').textContent()).toBe('As its file saysspotlight')
    await page.locator('.row', { hasText: '2026-w07' }).click()
    await eventually(() => looks.locator('.row[aria-current=true]').textContent()).toBe('As configuredweekly')
    await page
      .locator('.side section', { hasText: 'Built' })
      .getByRole('button', { name: /2026-w06/ })
      .click()
    await eventually(() => looks.locator('.row[aria-current=true]').textContent()).toBe('brief')
    expect(await looks.getByRole('button', { disabled: false }).count()).toBe(0)
    expect(await looks.textContent()).toContain('This edition was built as brief')
  })

  it('breaks the name of a span between its days, and leaves the badge beside it as it is', async () => {
    const preview = await startPreview()
    const config = await readConfig({ cwd: preview.cwd })
    const window = { kind: 'span', from: '2026-02-01', to: '2026-02-19' } as const
    await buildEdition({ config, window, now: new Date('2026-02-20T12:00:00Z') })
    const { page } = await openPage(browser, preview)
    const row = page.locator('.row', { hasText: '2026-02-01--2026-02-19' })
    await row.waitFor()
    for (const day of await row.locator('.row-day').all()) expect((await day.boundingBox())?.height).toBeLessThan(24)
    expect((await row.locator('.chip').boundingBox())?.height).toBeLessThan(24)
  })

  it('follows the order of the list from edition to edition, and keeps the focus inside the email', async () => {
    const preview = await startPreview()
    const config = await readConfig({ cwd: preview.cwd })
    for (const id of ['2026-w06', '2026-w07'])
      await buildEdition({ config, window: { kind: 'edition', id }, now: new Date('2026-02-20T12:00:00Z') })
    const { page } = await openPage(browser, preview)
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    await eventually(() => page.locator('.side section').first().locator('xpath=..').getByRole('button', { name: /built/ }).count()).toBe(2)
    const listed = await page.locator('.side section:not(:last-child) .row').count()
    const rows = page.locator('.side section:not(:last-child) .row')
    await page
      .frameLocator('iframe.frame:not(.coming)')
      .locator('body')
      .click({ position: { x: 5, y: 5 } })
    for (let at = 1; at < listed; at++) {
      await page.keyboard.press('j')
      await eventually(() => rows.nth(at).getAttribute('aria-current')).toBe('true')
      await eventually(() => page.evaluate('document.activeElement.className')).toBe('frame')
    }
  })

  it('writes paths, keys and colours as they are written elsewhere', async () => {
    const style = '<mj-section><mj-column><mj-text><p style="color:#cccccc">Pale words of the editor</p></mj-text></mj-column></mj-section>'
    const { page } = await openPage(browser, await startPreview({ ...publication, 'templates/partials/intro.mjml.hbs': style }))
    await page.getByRole('tab', { name: 'Findings' }).click()
    const card = page.locator('.finding', { hasText: 'low-contrast' }).first()
    await card.waitFor()
    // Text as CSS shows it, which a transformation by CSS would have changed.
    expect(await card.innerText()).toContain('templates/partials/intro.mjml.hbs:1')
    expect(
      await page.evaluate(
        "[...document.querySelectorAll('.finding *, .problem *')].every(each => getComputedStyle(each, '::first-letter').textTransform === 'none')",
      ),
    ).toBe(true)
  })

  it('tells one size of an email', async () => {
    const { page } = await openPage(browser, await startPreview())
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    await page.keyboard.press('3')
    await eventually(() => page.locator('.panel-more').textContent()).toMatch(/ kB$/)
    const size = await page.locator('.panel-more').textContent()
    await page.keyboard.press('7')
    await eventually(() => page.locator('.weight-sum b').textContent()).toBe(size)
  })

  it('shows a simulation under that name, with what it changed', async () => {
    const { page } = await openPage(browser, await startPreview())
    await page.getByLabel('Show the email as').selectOption({ label: 'Outlook on Windows' })
    await page.locator('.changes summary', { hasText: /Simulation · \d+ changes?/ }).click()
    expect(await page.locator('.changes li').count()).toBeGreaterThan(0)
    expect(await inFrame(page, 'email.documentElement.dataset.simulation')).toBe('outlook-windows')
  })

  it('shows the email at the widths of phones and desktops, and at any other by its edge', async () => {
    const { page } = await openPage(browser, await startPreview())
    const width = () => inFrame<number>(page, 'frame.contentWindow.innerWidth')
    for (const pixels of [375, 414, 600, 768, 1024]) {
      await page.getByRole('radio', { name: String(pixels) }).check()
      await eventually(width).toBe(pixels)
    }
    await page.getByRole('radio', { name: '600' }).check()
    const edge = page.getByRole('separator', { name: 'Width of the email' })
    await edge.press('ArrowLeft')
    await eventually(width).toBe(590)
    const box = await edge.boundingBox()
    if (box === null) throw new Error('The edge is not to be seen.')
    await page.mouse.move(box.x + 5, box.y + 100)
    await page.mouse.down()
    await page.mouse.move(box.x - 45, box.y + 100, { steps: 5 })
    await page.mouse.up()
    await eventually(width).toBe(490)
    expect(page.url()).toMatch(/#width=490$/)
  })

  it('shows light and dark side by side, and scrolls them in step', async () => {
    const { page } = await openPage(browser, await startPreview(), { height: 600 })
    await page.getByRole('button', { name: 'Side by side' }).click()
    await eventually(() => emailText(page, 1)).toContain('Gulls in the granary')
    expect(await inFrame(page, 'email.documentElement.dataset.simulation', 1)).toBe('apple-mail-dark')
    await scrollTo(page, 400)
    await eventually(() => scrollTop(page, 1)).toBeGreaterThan(300)
    await scrollTo(page, 100, 1)
    await eventually(() => scrollTop(page)).toBeLessThan(150)
    await page.getByLabel('Beside it, show').selectOption({ label: 'The edition before: 2026-w06' })
    await eventually(() => emailText(page, 1)).toContain('Lamps at low water')
  })

  it('leads from a finding to its place, and outlines it', async () => {
    const text = '<mj-text>Line after line after line.</mj-text>'.repeat(40)
    const files = {
      ...publication,
      'templates/tall/email.mjml.hbs': `<mjml><mj-body><mj-section><mj-column>${text}</mj-column></mj-section><mj-raw><p><img id="bare" src="https://harbour.example/a.png" width="40" height="40"></p></mj-raw></mj-body></mjml>`,
      'templates/tall/email.txt.hbs': 'Tall\n',
    }
    const { page } = await openPage(browser, await startPreview(files), { width: 1200, height: 600, hash: '#tab=findings&template=tall' })
    await page.getByRole('button', { name: /image-without-alt/ }).click()
    const outlined = `[...email.querySelectorAll('[data-outlined]')].map(element => {
      const { top, bottom } = element.getBoundingClientRect()
      return [element.localName, element.style.outlineStyle, top > 0 && bottom < frame.contentWindow.innerHeight]
    })`
    await eventually(() => inFrame(page, outlined)).toEqual([['img', 'solid', true]])
    expect(await page.getByRole('tab', { name: 'Email' }).getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Escape')
    await eventually(() => inFrame(page, outlined)).toEqual([])
  })

  it('shows a saved post by itself, at the same words', async () => {
    const preview = await startPreview()
    const { page, frameLoads } = await openPage(browser, preview, { height: 600 })
    await eventually(() => emailText(page)).toContain('Ropes by weight')
    await scrollTo(page, 500)
    await writeFile(path.join(preview.cwd, 'posts/ice.md'), post('Ice on the lock gates', { date: '2026-02-10' }))
    await eventually(() => emailText(page)).toContain('Ice on the lock gates')
    expect(await scrollTop(page)).toBe(500)
    // A post above becomes longer: the words that were read stay where they were, and so the pixels do not.
    const ropes = `[...email.querySelectorAll('h2')].find(each => each.textContent.includes('Ropes')).getBoundingClientRect().top`
    const before = await inFrame(page, ropes)
    const description =
      'Gulls are back in the granary, and nobody has a net long enough, a ladder high enough, or a morning to spare for them this winter.'
    await writeFile(path.join(preview.cwd, 'posts/gulls.md'), post('Gulls in the granary', { date: '2026-02-15', description }))
    await eventually(() => emailText(page)).toContain('a morning to spare')
    expect(await inFrame(page, ropes)).toBe(before)
    expect(await scrollTop(page)).toBeGreaterThan(500)
    expect(await page.locator('iframe').count()).toBe(1)
    // Each state of the files was loaded once, out of sight: a frame that loads where it is seen flickers.
    expect(frameLoads()).toBe(3)
    await eventually(() => page.getByRole('status').first().textContent()).toContain('posts/gulls.md')
  })

  it('tells file, line and mend over the last good email while a post is broken, and no longer when it is mended', async () => {
    const preview = await startPreview()
    const { page } = await openPage(browser, preview)
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    const file = path.join(preview.cwd, 'posts/gulls.md')
    const good = await readFile(file, 'utf8')
    await writeFile(file, good.replace('2026-02-15', '2026-02-31'))
    const overlay = page.getByRole('alert')
    await overlay.waitFor()
    expect(await overlay.textContent()).toMatch(/posts\/gulls\.md:3.*2026-02-31.*→/s)
    expect(await emailText(page)).toContain('Gulls in the granary')
    await writeFile(file, good)
    await overlay.waitFor({ state: 'detached' })
  })

  it('lets no script of a post, a template or a name run, and follows no link', async () => {
    const attack = `top.attacked = true`
    const preview = await startPreview({
      ...publication,
      'posts/gulls.md': post(`'<img src=x onerror="${attack}"><script>${attack}</script>'`, {
        date: '2026-02-15',
        description: 'Harmless.',
      }),
      'templates/loud/email.mjml.hbs': `<mjml><mj-body><mj-raw><script>${attack}</script><img src="x" onerror="${attack}"><a id="trap" href="javascript:${attack}">Trap</a><a id="way-out" href="https://elsewhere.example/">Way out</a><form action="https://elsewhere.example/"><button id="form">Go</button></form></mj-raw><mj-section><mj-column><mj-text>{{subject}}</mj-text></mj-column></mj-section></mj-body></mjml>`,
      'templates/loud/email.txt.hbs': 'Loud\n',
    })
    const { page, complaints } = await openPage(browser, preview, { hash: '#template=loud&recipient=hostile' })
    // The attack is there; it is only dead.
    await eventually(() => inFrame(page, 'email.scripts.length')).toBeGreaterThan(0)
    const email = page.frameLocator('iframe.frame')
    for (const id of ['trap', 'way-out', 'form']) await email.locator(`#${id}`).click()
    expect(await page.locator('.stage-note').textContent()).toContain('https://elsewhere.example/')
    expect(await page.evaluate('"attacked" in window')).toBe(false)
    expect(await inFrame(page, 'email.location.pathname')).toBe('/frame/2026-w07')
    expect(await emailText(page)).toContain('<script>top.attacked = true</script>')
    expect(await page.locator('.inbox').textContent()).toContain('Harbour Notes')
    expect(complaints.filter(each => each.startsWith('request to'))).toEqual([])
  })

  it('is moved through by keyboard alone', async () => {
    const { page } = await openPage(browser, await startPreview())
    await eventually(() => emailText(page)).toContain('Gulls in the granary')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    await eventually(() => emailText(page)).toContain('Lamps at low water')
    await page.getByRole('tab', { name: 'Email' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('HTML')
    await page.getByRole('tabpanel', { name: 'HTML' }).waitFor()
    // Shortcuts live inside the email, too.
    await shownFrame(page).focus()
    await page.keyboard.press(']')
    await eventually(() => page.url()).toContain('width=768')
  })
})
