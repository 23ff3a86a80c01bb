import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { ArchivedEdition } from '../../../src/web/public/archived-edition.ts'
import { atomFeed, rssFeed, sitemap } from '../../../src/web/public/feeds.ts'
import { startRelay } from '../../delivery/observe-send.ts'
import { openSite } from './open-site.ts'

async function sentSite() {
  const site = await openSite({ readers: ['ada@gull.example'], built: true })
  const relay = await startRelay()
  await site.publication.send(relay.port)
  return site
}

it('shows no draft: neither in the list nor under its address', async () => {
  const { ask } = await openSite({ built: true })
  expect(await (await ask('/')).text()).toContain('Nothing has been sent yet.')
  expect((await ask('/2026-w06')).status).toBe(404)
})

it('shows what was sent, without anything of a recipient', async () => {
  const { ask } = await sentSite()
  expect(await (await ask('/')).text()).toContain('href="/2026-w06"')
  const page = await (await ask('/2026-w06')).text()
  expect(page).toContain('Lamps at low water')
  expect(page).toContain('<meta property="og:url" content="https://letter.harbour.example/2026-w06">')
  expect(page).toContain('href="https://letter.harbour.example/unsubscribe"')
  expect(page).not.toContain('ada@gull.example')
  expect(page).not.toMatch(/unsubscribe\/[\w-]{20}/)
  expect((await ask('/unsubscribe')).status).toBe(200)
})

it('shows what was sent, whatever is built anew, and though the build is gone', async () => {
  const { ask, publication } = await sentSite()
  const lamps = path.join(publication.cwd, 'content/lamps.md')
  await writeFile(lamps, (await readFile(lamps, 'utf8')).replaceAll('lamps', 'lanterns'))
  await publication.build()
  expect(await (await ask('/2026-w06')).text()).toContain('The lamps are lit')
  await rm(path.join(publication.cwd, 'out'), { recursive: true })
  expect(await (await ask('/2026-w06')).text()).toContain('The lamps are lit')
  expect(await (await ask('/')).text()).toContain('href="/2026-w06"')
})

it('shows a built edition that was not sent once its file says that it is published', async () => {
  const { ask, publication } = await openSite({ built: true })
  const file = (published: boolean) => `---\nsubject: Out early\npublished: ${published}\n---\n`
  const write = async (published: boolean) => {
    await mkdir(path.join(publication.cwd, 'content/editions'), { recursive: true })
    await writeFile(path.join(publication.cwd, 'content/editions/2026-w06.md'), file(published))
    await publication.build()
  }
  await write(true)
  expect(await (await ask('/')).text()).toContain('Out early')
  expect((await ask('/2026-w06')).status).toBe(200)
  expect(await (await ask('/feed.xml')).text()).toContain('Out early')
  await write(false)
  expect((await ask('/2026-w06')).status).toBe(404)
  expect(await (await ask('/')).text()).not.toContain('Out early')
})

it('is cached, and not sent again where nothing has changed', async () => {
  const { ask } = await sentSite()
  for (const each of ['/', '/2026-w06', '/feed.xml', '/atom.xml', '/sitemap.xml', '/style.css']) {
    const answer = await ask(each)
    const etag = answer.headers.get('etag') ?? ''
    expect([each, answer.status, answer.headers.get('cache-control'), etag !== '']).toEqual([each, 200, 'public, max-age=300', true])
    expect((await ask(each, { headers: { 'if-none-match': etag } })).status).toBe(304)
  }
})

it('has feeds and a sitemap that are XML and name the edition', async () => {
  const { ask } = await sentSite()
  const parser = new XMLParser({ ignoreAttributes: false })
  for (const each of ['/feed.xml', '/atom.xml', '/sitemap.xml']) {
    const text = await (await ask(each)).text()
    expect(XMLValidator.validate(text)).toBe(true)
    expect(JSON.stringify(parser.parse(text))).toContain('https://letter.harbour.example/2026-w06')
  }
})

it('leaves out of feeds what is no character of XML, which would make them unreadable as a whole', async () => {
  const { site } = await openSite()
  const hostile = 'a\0b\x08c\x0bd\x1fe\ufffef\uffffg\ud800h\udc00i<&>"\'🛶\u200c'
  const edition: ArchivedEdition = { id: '2026-w06', subject: hostile, preheader: hostile, language: 'en', sentAt: new Date(0) }
  for (const feed of [rssFeed, atomFeed, sitemap]) {
    const text = feed(site, [edition])
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Surrogate}\ufffe\uffff]/u)
    expect(XMLValidator.validate(text)).toBe(true)
  }
  expect(atomFeed(site, [edition])).toContain('<title>abcdefghi&lt;&amp;&gt;&quot;&#39;🛶\u200c</title>')
})

it('makes no new formats for each of its editions, which would take most of the time of a long list', async () => {
  const { ask, ledger } = await sentSite()
  const [sending, sent] = await Promise.all([
    ledger.db.selectFrom('sendings').selectAll().executeTakeFirstOrThrow(),
    ledger.db.selectFrom('sentEditions').selectAll().executeTakeFirstOrThrow(),
  ])
  for (let week = 10; week < 50; week++) {
    const { id: _, ...row } = sending
    await ledger.db
      .insertInto('sendings')
      .values({ ...row, edition: `2025-w${week}` })
      .execute()
    await ledger.db
      .insertInto('sentEditions')
      .values({ ...sent, edition: `2025-w${week}` })
      .execute()
  }
  const made = vi.spyOn(Intl, 'DateTimeFormat')
  onTestFinished(() => made.mockRestore())
  expect((await (await ask('/')).text()).match(/<li>/g)).toHaveLength(41)
  expect(made.mock.calls.length).toBeLessThan(5)
})

it.each([
  '/..%2f..%2fetc%2fpasswd',
  '/%2e%2e/news-digest.yaml',
  '/2026-w06%00',
  '/2026-w06/email.json',
  '/out/2026-w06',
  '/__proto__',
  '//evil.example',
])('reaches nothing of the file system: %s', async each => {
  const { ask, faults } = await sentSite()
  const answer = await ask(each)
  expect([answer.status, answer.headers.get('location'), faults]).toEqual([404, null, []])
})

it('lets no script of an email run', async () => {
  const { ask } = await sentSite()
  const policy = (await ask('/2026-w06')).headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/default-src 'none'/)
  expect(policy).not.toMatch(/script-src/)
  expect(policy).toMatch(/sandbox(?!.*allow-scripts)/)
})
