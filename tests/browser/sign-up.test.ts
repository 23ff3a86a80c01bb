import { createServer } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { readMessages } from '../../src/locale/read-messages.ts'
import { listen } from '../../src/web/listen.ts'
import { wordsIn } from '../../src/web/public/show-page.ts'
import { readMailWay } from '../../src/web/public/sign-up/mail-way.ts'
import { startRelay } from '../delivery/observe-send.ts'
import { createPublication, environmentOf, settingsWith } from '../delivery/publication.ts'
import { startPublic } from '../web/public/start-public.ts'
import { launchChromium } from './launch-chromium.ts'
import { findBarriers } from './open-preview.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

/** The pages of a publication where people can sign up, its outbox at work. */
async function startSite(signUp = '  tags: []\n') {
  const publication = await createPublication({ readers: 0, settings: settingsWith(`signUp:\n${signUp}`) })
  const relay = await startRelay()
  const { port, ledger } = await startPublic(publication, async config => ({
    publicUrl: 'http://127.0.0.1',
    mail: await readMailWay(config, environmentOf(relay.port)),
  }))
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    people: async () => (await ledger.db.selectFrom('subscribers').select('address').orderBy('id').execute()).map(({ address }) => address),
    person: () => ledger.db.selectFrom('subscribers').selectAll().executeTakeFirstOrThrow(),
    /** The mail that has come, and its link on this server. */
    mail: async () => {
      await expect.poll(() => relay.messages.length, { timeout: 10_000 }).toBe(1)
      const mail = await PostalMime.parse(relay.messages[0]?.bytes ?? '')
      const [link = ''] = /http:\/\/127\.0\.0\.1\/confirm\/[\w-]+/.exec(mail.text ?? '') ?? []
      return { mail, link: `${url}${new URL(link).pathname}` }
    },
  }
}

async function openPage(locale: string, width: number, scripts: boolean) {
  const context = await browser.newContext({ locale, viewport: { width, height: 800 }, javaScriptEnabled: scripts })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  return { page, complaints }
}

async function wordsOf(language: string) {
  return wordsIn((await readMessages({ userDir: null, displayRoot: '/', language })).messages)
}

/** What is wrong with the page that is shown; empty where nothing is. */
async function judge(page: Page, name: string, width: number): Promise<readonly string[]> {
  const wide = Number(await page.evaluate('document.documentElement.scrollWidth'))
  const barriers = await findBarriers(page)
  return [...(wide > width ? [`${name} is ${wide} pixels wide`] : []), ...barriers.map(each => `${name}: ${each}`)]
}

const looks = ['en', 'de', 'fa'].flatMap(locale => [360, 1280].flatMap(width => [true, false].map(scripts => ({ locale, width, scripts }))))

describe('from the archive to the list, by form, mail and button', () => {
  it.each(looks)('in $locale at $width pixels, scripts: $scripts', async ({ locale, width, scripts }) => {
    const { url, person, mail } = await startSite()
    const { page, complaints } = await openPage(locale, width, scripts)
    const { say } = await wordsOf(locale)
    const publication = 'Harbour Notes'
    const seen: string[] = []
    // Axe is a script: without any it is not asked again, the pages being the same.
    const look = async (name: string) => {
      if (scripts) seen.push(...(await judge(page, name, width)))
    }
    await page.goto(`${url}/subscribe?language=${locale}`)
    await look('form')
    expect(await page.getByLabel(say('leaveEmptyLabel', {})).isVisible()).toBe(false)
    await page.evaluate('document.querySelector("form").noValidate = true').catch(() => undefined)
    if (scripts) {
      await page.getByLabel(say('addressLabel', {})).fill('ada')
      await page.getByRole('button').click()
      await page.getByText(say('addressInvalid', {})).waitFor()
      await look('form with a fault')
    }
    await page.getByLabel(say('addressLabel', {})).fill('ada@gull.example')
    await page.getByLabel(say('nameLabel', {})).fill('Ada')
    await page.getByRole('button', { name: say('signUpButton', {}) }).click()
    await page.getByRole('heading', { name: say('mailboxTitle', {}) }).waitFor()
    await look('mailbox')
    const sent = await mail()
    expect(sent.mail.subject).toBe(say('confirmMailSubject', { publication }))
    expect((await person()).state).toBe('pending')
    await page.goto(sent.link)
    await page.getByRole('heading', { name: say('confirmTitle', { publication }) }).waitFor()
    await look('confirm')
    expect((await person()).state).toBe('pending')
    await page.getByRole('button').click()
    await page.getByRole('heading', { name: say('confirmedTitle', {}) }).waitFor()
    await look('confirmed')
    expect(await person()).toMatchObject({ state: 'subscribed', name: 'Ada', language: locale })
    await page.goto(sent.link)
    await page.getByRole('heading', { name: say('alreadyConfirmedTitle', {}) }).waitFor()
    expect(seen).toEqual([])
    expect(complaints.filter(each => !each.includes('400'))).toEqual([])
  })
})

it('is done by keyboard alone', async () => {
  const { url, person, mail } = await startSite()
  const { page } = await openPage('en', 1280, true)
  await page.goto(`${url}/`)
  await page.getByRole('link', { name: 'Subscribe' }).press('Enter')
  await page.waitForURL('**/subscribe')
  // Past the name of the publication; then address, name and button: the field that people do not see is none of the stops.
  for (const text of ['', 'ada@gull.example', 'Ada']) {
    await page.keyboard.press('Tab')
    if (text !== '') await page.keyboard.type(text)
  }
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor()
  await page.goto((await mail()).link)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'You are subscribed' }).waitFor()
  expect(await person()).toMatchObject({ state: 'subscribed', name: 'Ada' })
})

/** A site of somebody else, at an origin of its own, with a form and whatever its scripts do. */
async function startOtherSite() {
  let form = ''
  const server = createServer((_, answer) =>
    answer.setHeader('content-type', 'text/html').end(`<!doctype html><title>Other</title>${form}`),
  )
  const port = await listen(server, '127.0.0.1', { first: 0, tries: 1 })
  onTestFinished(() => void server.close())
  return {
    origin: `http://127.0.0.1:${port}`,
    lead: (to: string) => {
      form = `<form method="post" action="${to}"><input name="email" value="ada@gull.example"><button>Go</button></form>`
    },
  }
}

it.each([true, false])('is embedded in another site, by a script or a form, where its origin is listed: %s', async isListed => {
  const other = await startOtherSite()
  const { url, people } = await startSite(isListed ? `  origins: ['${other.origin}']\n` : '  tags: [x]\n')
  other.lead(`${url}/subscribe`)
  const { page } = await openPage('en', 1280, true)
  await page.goto(other.origin)
  const post = (type: string) =>
    page.evaluate(`fetch('${url}/subscribe', { method: 'POST', headers: { 'Content-Type': '${type}' }, body: '{"email":"bob@gull.example"}' })
      .then(answer => answer.json()).then(({ ok }) => ok, () => 'refused')`)
  expect(await post('application/json')).toBe(isListed ? true : 'refused')
  // A browser sends it without asking; what it is told is for listed sites to read.
  expect(await post('text/plain')).toBe(isListed ? false : 'refused')
  await page.getByRole('button').click()
  await page.getByRole('heading', { name: isListed ? 'Look into your mailbox' : 'That did not work' }).waitFor()
  expect(await people()).toEqual(isListed ? ['bob@gull.example', 'ada@gull.example'] : [])
})
