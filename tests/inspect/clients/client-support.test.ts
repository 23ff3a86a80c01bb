import { beforeAll, describe, expect, it } from 'vitest'
import { clientNames } from '../../../src/inspect/clients/client-data.ts'
import type { Complaint, InspectContext, Inspected } from '../../../src/inspect/finding.ts'
import { clientSupport } from '../../../src/inspect/rules/client-support.ts'
import { takeApart } from '../../../src/inspect/take-apart.ts'
import { editionOf, itemOf } from '../../render/edition-fixture.ts'
import { renderFixture } from '../../render/rendered.ts'
import { inspectedOf } from '../parsed.ts'

type Audience = NonNullable<InspectContext['audience']>

async function complaints(html: string, audience: Audience = {}): Promise<readonly Complaint[]> {
  return clientSupport.inspect(await inspectedOf(html, { audience }))
}

async function told(html: string, audience: Audience = {}): Promise<string[]> {
  return (await complaints(html, audience)).map(({ severity, message }) => `${severity}: ${message}`)
}

describe('client-support', () => {
  it('tells a feature once, with the clients and the share of the audience that lose it', async () => {
    // https://www.caniemail.com/features/css-display-flex/: Outlook on Windows does not support it.
    const found = await complaints('<p style="display:flex">x</p><p style="display:flex">y</p>', { 'outlook-windows': 30, gmail: 70 })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({
      severity: 'warning',
      message: 'Outlook (Windows) does not support display:flex (30 % of the audience): the layout changes there',
      place: { part: 'html', excerpt: 'display:flex', at: { name: 'p' } },
    })
    expect(found[0]?.help).toContain('(used 2 times)')
    expect(found[0]?.help).toContain('https://www.caniemail.com/features/css-display-flex/')
  })

  it('is written in whole sentences, whatever caniemail calls a feature and however it notes', async () => {
    // https://www.caniemail.com/features/html-anchor-links/: titled "Local anchors", with notes such as "Buggy. Clicking an anchor link does nothing."
    for (const [client, verb] of [
      ['gmail-ios', 'does'],
      ['', 'do'],
    ] as const) {
      const audience = client === '' ? {} : { [client]: 100 }
      const found = (await complaints('<p><a href="#x">x</a></p>', audience)).filter(({ help }) => help.includes('anchor-links'))
      expect(found).toHaveLength(1)
      expect(found[0]?.message).toMatch(new RegExp(` ${verb} not support local anchors \\(`))
      expect(found[0]?.help).toMatch(
        /^leave it out, or see that the email reads well without: https:\S+ \(as of [^)]+\)\.(?: Of .+ it says: [^a-z].*[.!?…])?$/,
      )
      expect(found[0]?.help).not.toMatch(/Buggy\.|Partial\./)
    }
  })

  it('says nothing to an audience that loses nothing', async () => {
    expect(await told('<p style="display:flex">x</p>', { 'apple-mail': 100 })).toEqual([])
    expect(await told('<p style="display:flex">x</p>', { 'outlook-windows': 1, 'apple-mail': 99 })).toEqual([])
  })

  it('calls it an error where a fifth of the audience misses content, and a warning where fewer do', async () => {
    // https://www.caniemail.com/features/html-video/
    const video = '<video src="https://a.example/x.mp4"></video>'
    expect((await complaints(video, { 'gmail-web': 30, 'apple-mail-ios': 70 })).map(each => each.severity)).toContain('error')
    expect((await complaints(video, { 'gmail-web': 5, 'apple-mail-ios': 95 })).map(each => each.severity)).toEqual(['warning'])
  })

  it('lets pass what only makes the email plainer, until a quarter of the audience sees it plainer', async () => {
    // https://www.caniemail.com/features/css-box-shadow/
    const shadow = '<p style="box-shadow:0 1px 2px #000">x</p>'
    expect(await told(shadow, { 'outlook-windows': 10, 'apple-mail': 90 })).toEqual([])
    expect(await told(shadow, { 'outlook-windows': 40, 'apple-mail': 60 })).toEqual([
      'warning: Outlook (Windows) does not support box-shadow (40 % of the audience): the email looks plainer there',
    ])
  })

  it('counts partial support only where its notes are about this use', async () => {
    // https://www.caniemail.com/features/css-margin/: negative values are not supported in Gmail.
    expect(await told('<p style="margin:0 4px">x</p>', { gmail: 100 })).toEqual([])
    expect((await told('<p style="margin:0 -4px">x</p>', { gmail: 100 })).join()).toMatch(/supports? margin only in part/)
    // https://www.caniemail.com/features/css-background/: only colours in Outlook on Windows.
    expect(await told('<p style="background:#fff">x</p>', { 'outlook-windows': 100 })).toEqual([])
    expect((await told('<p style="background:#fff url(a.png)">x</p>', { 'outlook-windows': 100 })).join()).toMatch(/supports? background /)
    // https://www.caniemail.com/features/css-padding/: only on table cells there; MJML's buttons repeat it in mso-padding-alt of the cell.
    const link = '<a style="padding:12px 20px;background:#06c">x</a>'
    expect((await told(`<table><tr><td>${link}</td></tr></table>`, { 'outlook-windows': 100 })).join()).toMatch(/supports? padding /)
    expect(await told(`<table><tr><td style="mso-padding-alt:12px 20px">${link}</td></tr></table>`, { 'outlook-windows': 100 })).toEqual([])
  })

  it('accepts of what the baseline accepts only the places that it means', async () => {
    const opacity = 'opacity:0.4'
    expect(await told(`<p style="display:none;${opacity}">x</p>`, { 'outlook-windows': 100 })).toEqual([])
    expect((await told(`<p style="${opacity}">x</p>`, { 'outlook-windows': 100 })).join()).toContain('does not support opacity')
  })

  describe('over the shipped templates', () => {
    const taken: Inspected[] = []
    beforeAll(async () => {
      const picture = { image: { src: 'https://tidewater.example/pictures/salt.png', alt: 'A float in a basin' } }
      for (const template of ['weekly', 'brief', 'spotlight']) {
        const items = [itemOf(picture), itemOf({ ...picture, slug: 'b', language: 'fa', title: 'ساعت نمکی' }), itemOf({ slug: 'c' })]
        const { email } = await renderFixture(editionOf({ template, items }))
        taken.push(await takeApart(email, { purpose: 'build', edition: null, sender: { email: null, address: null }, publicUrl: null }))
      }
    })

    it('says nothing, whichever one client the whole audience has', () => {
      for (const inspected of taken) {
        for (const [client] of clientNames) {
          const found = clientSupport.inspect({ ...inspected, context: { ...inspected.context, audience: { [client]: 100 } } })
          expect({ client, found }).toEqual({ client, found: [] })
        }
        expect(clientSupport.inspect(inspected)).toEqual([])
      }
    })
  })
})
