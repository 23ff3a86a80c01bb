import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { declarationKeys, elementKeys, imageKeys, selectorKeys } from '../../../src/inspect/clients/feature-keys.ts'
import { matchFeatures } from '../../../src/inspect/clients/match-features.ts'
import { inspectedOf } from '../parsed.ts'

async function slugsIn(html: string): Promise<string[]> {
  return matchFeatures(await inspectedOf(html)).map(({ feature }) => feature.slug)
}

describe('matchFeatures()', () => {
  it.each([
    ['<video src="a.mp4"></video>', 'html-video'],
    ['<input type="checkbox">', 'html-input-checkbox'],
    ['<input>', 'html-input-text'],
    ['<button>Go</button>', 'html-button-submit'],
    ['<p dir="rtl">x</p>', 'html-dir'],
    ['<a href="#top">x</a>', 'html-anchor-links'],
    ['<a href="mailto:a@b.example">x</a>', 'html-mailto-links'],
    ['<meta name="color-scheme" content="light dark">', 'html-meta-color-scheme'],
    ['<img src="https://a.example/b.WebP?x=1" alt="">', 'image-webp'],
    ['<img src="data:image/svg+xml,x" alt="">', 'image-base64'],
    ['<img srcset="https://a.example/b.avif 2x" alt="">', 'image-avif'],
    ['<p style="border-top-left-radius:4px">x</p>', 'css-border-radius'],
    ['<p style="background:url(a.svg)">x</p>', 'image-svg'],
    ['<p style="display:flex">x</p>', 'css-display-flex'],
    ['<p style="width:calc(100% - 2vh)">x</p>', 'css-unit-calc'],
    ['<p style="width:calc(100% - 2vh)">x</p>', 'css-unit-vh'],
    ['<p style="color:var(--ink)">x</p>', 'css-variables'],
    ['<p style="width:fit-content">x</p>', 'css-intrinsic-size'],
    ['<style>@media (prefers-color-scheme:dark){p{color:red}}</style>', 'css-at-media-prefers-color-scheme'],
    ['<style>@font-face{font-family:X}</style>', 'css-at-font-face'],
    ['<style>p::before{content:"x"}</style>', 'css-pseudo-element-before'],
    ['<style>a:hover > b{color:red}</style>', 'css-pseudo-class-hover'],
    ['<style>a:hover > b{color:red}</style>', 'css-selector-child'],
    ['<style>[data-ogsc] p{color:red}</style>', 'css-selector-attribute'],
    ['<style>p{b{color:red}}</style>', 'css-nesting'],
    ['<style>p{color:red !important}</style>', 'css-important'],
    ['<style>/* x */</style>', 'css-comments'],
  ])('finds in %s the feature %s', async (html, slug) => {
    expect(await slugsIn(html)).toContain(slug)
  })

  it('takes no word of a text, an address or a name for a feature', async () => {
    const slugs = await slugsIn('<p title="display:flex">display:grid; @media</p><a class="video" href="https://a.example/x.webp">x</a>')
    expect(slugs).not.toEqual(expect.arrayContaining(['css-display-flex']))
    expect(slugs).not.toEqual(expect.arrayContaining(['css-display-grid']))
    expect(slugs).not.toEqual(expect.arrayContaining(['image-webp']))
  })

  it('leaves conditional comments to Outlook on Windows, whom they are written for', async () => {
    expect(await slugsIn('<!--[if mso]><video></video><![endif]--><p>x</p>')).toEqual(['html-p'])
  })

  it('gives every place with the element or with the offset in the HTML', async () => {
    const html = '<style>p{color:red;\ngap:4px}</style><p style="gap:8px">x</p>'
    const use = matchFeatures(await inspectedOf(html)).find(({ feature }) => feature.slug === 'css-gap')
    const [inline, ruled] = use?.places ?? []
    expect(inline).toMatchObject({ at: { name: 'p' }, text: 'gap:8px', value: '8px' })
    expect(html.slice(ruled?.at as number)).toMatch(/^gap:4px/)
  })

  it('takes any HTML', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'<>/="\'a:;{}@[]() -style!'.split('')), maxLength: 60 }), async html => {
        await expect(slugsIn(`<style>${html}</style><p style="${html}">${html}`)).resolves.toBeInstanceOf(Array)
      }),
      { numRuns: 150 },
    )
  })
})

describe('feature keys', () => {
  it('reads units with their numbers, and no letters of colours or names', () => {
    expect(declarationKeys('margin', '1.5em -2PX 0 #0e1em2', false)).toEqual(['property:margin', 'unit:em', 'unit:px'])
  })

  it('reads no combinator out of an attribute or a pseudo-class with brackets', () => {
    expect(selectorKeys('a[title="x > y, z"]')).toEqual(['selector:grouping', 'selector:type', 'selector:attribute'])
    expect(selectorKeys('.a.b, #c ~ d')).toEqual([
      'selector:grouping',
      'selector:chaining',
      'selector:class',
      'selector:id',
      'selector:general-sibling',
      'selector:type',
    ])
  })

  it('reads the format of a picture from the end of its path', () => {
    expect(imageKeys('"https://a.example/v1.2/x.JPG#y"')).toEqual(['image:jpg'])
    expect(imageKeys('https://a.example/picture')).toEqual([])
  })

  it('knows a button without type as one that submits', () => {
    expect(elementKeys('button', {})).toContain('element:button[type=submit]')
  })
})
