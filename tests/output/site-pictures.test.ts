import { describe, expect, it } from 'vitest'
import { assetPaths, findSitePictures, showPicturesFrom } from '../../src/output/site-pictures.ts'

const site = 'https://harbour.example'

describe('findSitePictures()', () => {
  it('finds pictures in attributes and styles, each once, and none of other sites', () => {
    const html = `<style>.logo{background:url("${site}/dark.png")}</style>
      <img src="${site}/a.png?x=1&amp;y=2"><img src="${site}/a.png?x=1&#38;y=2"><td background="${site}/b (1).png" style="background:url(&quot;${site}/c.png&quot;)">
      <img src="https://harbour.example.evil.test/d.png"><img src="/e.png"><a href="${site}/f.png">f</a>`
    expect(findSitePictures(html, site)).toEqual([`${site}/dark.png`, `${site}/a.png?x=1&y=2`, `${site}/b (1).png`, `${site}/c.png`])
  })

  it('takes what stands in text for text', () => {
    expect(findSitePictures(`<p>src=&quot;${site}/a.png&quot;</p>`, site)).toEqual([])
  })
})

describe('showPicturesFrom()', () => {
  it('replaces the addresses that have a copy and nothing else', () => {
    const html = `<img alt="${site}/a.png" src="${site}/a.png"><a href="${site}/a.png">x</a><p style="background:url('${site}/a.png')">${site}/a.png</p><img src="${site}/b.png">`
    expect(showPicturesFrom(html, new Map([[`${site}/a.png`, 'assets/a.png']]))).toBe(
      `<img alt="${site}/a.png" src="assets/a.png"><a href="${site}/a.png">x</a><p style="background:url('assets/a.png')">${site}/a.png</p><img src="${site}/b.png">`,
    )
  })
})

describe('assetPaths()', () => {
  it.each([
    [`${site}/images/a.png?v=2#x`, site, ['images/a.png']],
    [`${site}/images/a%20b.png`, site, ['images/a b.png']],
    [`${site}/docs/images/a.png`, `${site}/docs/`, ['images/a.png', 'docs/images/a.png']],
    [`${site}/images/a.png`, `${site}/docs`, ['images/a.png']],
    [`${site}/`, site, []],
    [`${site}/..%2f..%2fetc/passwd`, site, []],
    [`${site}/%5c..%5cx`, site, []],
    [`${site}/a%00.png`, site, []],
    [`${site}/%E0%A4%A.png`, site, []],
    [`${site}/a.png`, `${site}/%E0%A4%A`, ['a.png']],
  ])('looks for %j of %j at %j', (address, url, paths) => expect(assetPaths(address, url)).toEqual(paths))
})
