import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addCampaign, pageOf } from '../../src/render/utm.ts'

const parameters = { source: 'newsletter', medium: 'email', campaign: '2026-w06', content: 'salt-clock' }
const added = 'utm_source=newsletter&utm_medium=email&utm_campaign=2026-w06&utm_content=salt-clock'

describe('addCampaign()', () => {
  it.each([
    ['https://t.example/a', `https://t.example/a?${added}`],
    ['https://t.example/a#part', `https://t.example/a?${added}#part`],
    ['https://t.example/a?page=2', `https://t.example/a?page=2&${added}`],
    ['https://t.example/a?page=2#part?x', `https://t.example/a?page=2&${added}#part?x`],
    ['https://t.example/a?', `https://t.example/a?${added}`],
    ['https://t.example/a?b&', `https://t.example/a?b&${added}`],
  ])('keeps the query and the fragment of %s', (address, expected) => {
    expect(addCampaign(address, parameters)).toBe(expected)
  })

  it('leaves a parameter that the address already carries as it is', () => {
    expect(addCampaign('https://t.example/a?utm_source=partner', parameters)).toBe(
      'https://t.example/a?utm_source=partner&utm_medium=email&utm_campaign=2026-w06&utm_content=salt-clock',
    )
    const full = `https://t.example/a?${added}`
    expect(addCampaign(full, parameters)).toBe(full)
  })

  it('encodes what a slug holds', () => {
    expect(new URL(addCampaign('https://t.example/a', { ...parameters, content: 'a&b=c d' })).searchParams.get('utm_content')).toBe(
      'a&b=c d',
    )
  })

  it('changes neither path nor fragment of any address, and is the same when done twice', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), address => {
        const once = addCampaign(address, parameters)
        expect(addCampaign(once, parameters)).toBe(once)
        expect([new URL(once).pathname, new URL(once).hash]).toEqual([new URL(address).pathname, new URL(address).hash])
      }),
    )
  })
})

describe('pageOf()', () => {
  it('is the same for a page with and without query, fragment and final slash', () => {
    expect(
      new Set(['https://t.example/a', 'https://t.example/a/', 'https://T.example/a?x=1', 'https://t.example/a#b'].map(pageOf)).size,
    ).toBe(1)
  })
})
