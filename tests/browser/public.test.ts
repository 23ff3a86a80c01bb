import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { LastingPurpose } from '../../src/message/link-token.ts'
import { startRelay } from '../delivery/observe-send.ts'
import { createPublication } from '../delivery/publication.ts'
import { startPublic } from '../web/public/start-public.ts'
import { launchChromium } from './launch-chromium.ts'
import { findBarriers } from './open-preview.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

const ada = 'ada@gull.example'

/** The subscriber's side of a publication that has sent one edition. */
async function startSite() {
  const publication = await createPublication({ readers: [ada] })
  await publication.send((await startRelay()).port)
  const { port, ledger, linkOf } = await startPublic(publication, () => ({ publicUrl: 'http://127.0.0.1' }))
  const person = () => ledger.db.selectFrom('subscribers').selectAll().executeTakeFirstOrThrow()
  const reasons = () => ledger.db.selectFrom('leaveReasons').selectAll().execute()
  const { id } = await person()
  const url = `http://127.0.0.1:${port}`
  const link = (purpose: LastingPurpose) => `${url}${linkOf(id, purpose)}`
  return { url, link, person, reasons }
}

interface Look {
  readonly locale?: string
  readonly width?: number
  readonly scripts?: boolean
}

async function openPage({ locale = 'en', width = 1280, scripts = true }: Look) {
  const context = await browser.newContext({
    locale,
    viewport: { width, height: 800 },
    javaScriptEnabled: scripts,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  return { page, complaints }
}

const looks = ['en', 'de', 'fa'].flatMap(locale => [360, 1280].map(width => ({ locale, width })))

describe('axe-core finds nothing, and nothing runs over the edge', () => {
  it.each(looks)('in $locale at $width pixels, light and dark', async look => {
    const { url, link } = await startSite()
    const { page, complaints } = await openPage(look)
    const seen: string[] = []
    const judge = async (name: string) => {
      const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
      if (width > look.width) seen.push(`${name} is ${width} pixels wide`)
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme })
        seen.push(...(await findBarriers(page, { scheme })).map(each => `${name}, ${scheme}: ${each}`))
      }
    }
    for (const [name, address] of [
      ['archive', `${url}/`],
      ['nothing', `${url}/nothing/here`],
      ['preferences', link('preferences')],
      ['unsubscribe', link('unsubscribe')],
    ] as const) {
      await page.goto(address)
      await judge(name)
    }
    const submit = async (button: Locator) => {
      const loaded = page.waitForEvent('load')
      await button.click()
      await loaded
    }
    await submit(page.getByRole('button'))
    await judge('unsubscribed')
    await page.getByRole('radio').last().check()
    await submit(page.getByRole('button').last())
    await judge('reason given')
    expect(seen).toEqual([])
    expect(complaints.filter(each => !each.includes('404'))).toEqual([])
  })
})

describe.each([true, false])('with scripts: %s', scripts => {
  it('somebody leaves, comes back, and sets what they get, by keyboard alone', async () => {
    const { link, person } = await startSite()
    const { page } = await openPage({ scripts })
    const press = async (times: number) => {
      for (let at = 0; at < times; at++) await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.waitForLoadState()
    }
    await page.goto(link('unsubscribe'))
    await press(2)
    await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor()
    expect((await person()).state).toBe('unsubscribed')
    await press(2)
    await page.getByRole('heading', { name: 'You are subscribed again' }).waitFor()
    expect((await person()).state).toBe('subscribed')
  })

  it('somebody says why they leave, by keyboard alone', async () => {
    const { link, person, reasons } = await startSite()
    const { page } = await openPage({ scripts })
    await page.goto(link('unsubscribe'))
    await page.getByRole('button').press('Enter')
    await page.getByRole('group', { name: 'Why do you leave?' }).waitFor()
    await page.getByRole('button', { name: 'Send the reason' }).press('Enter')
    expect(await reasons()).toEqual([])
    await page.getByRole('radio', { name: 'There is too much mail' }).focus()
    for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'Tab']) await page.keyboard.press(key)
    await page.keyboard.type('My neighbour reads it to me.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    expect(await reasons()).toMatchObject([{ reason: 'never-asked', note: 'My neighbour reads it to me.' }])
    expect((await person()).state).toBe('unsubscribed')
  })

  it('changes name, language and pause, and is forgotten', async () => {
    const { link, person } = await startSite()
    const { page } = await openPage({ scripts })
    await page.goto(link('preferences'))
    await page.getByLabel('Name').fill('Ada Lovelace')
    await page.getByLabel('Language').selectOption('fa')
    await page.getByLabel('Pause').selectOption({ label: '4 weeks' })
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.getAttribute('html', 'dir')).toBe('rtl')
    expect(await person()).toMatchObject({ name: 'Ada Lovelace', language: 'fa' })
    await page.getByRole('button').last().click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await person().catch(() => null)).toBeNull()
  })

  it('reads the archive', async () => {
    const { url } = await startSite()
    const { page, complaints } = await openPage({ scripts })
    await page.goto(`${url}/`)
    await page.getByRole('listitem').getByRole('link').click()
    await page.getByRole('link', { name: 'Lamps at low water' }).first().waitFor()
    expect(complaints).toEqual([])
  })
})
