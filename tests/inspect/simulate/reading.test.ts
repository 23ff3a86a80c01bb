import { describe, expect, it } from 'vitest'
import { pageOf, shown, simulate } from './shown.ts'

// Litmus, "The Ultimate Guide to Styled ALT Text in Email": alt text is shown in the font and colour of the picture's style.
describe('pictures off', () => {
  it('shows the alt text in the style and the width of the picture', () => {
    const { html, changes } = simulate(
      'images-off',
      '<img src="https://a.example/a.png" alt="A &amp; B" width="300" style="display:block;color:teal;font-size:14px">',
    )
    expect(html).toMatch(/<span [^>]*style="color:teal;font-size:14px;width:300px;[^"]*display:block[^"]*">A &amp; B<\/span>/)
    expect(html).not.toMatch(/<img|https:\/\/a\.example/)
    expect(changes).toEqual(['1 pictures show their alt text.'])
  })

  it('says which pictures leave nothing behind', () => {
    const { html, changes } = simulate('images-off', '<img src="a.png" alt=""><img src="b.png">')
    expect(html).not.toContain('outline')
    expect(changes).toEqual(['1 pictures have an empty alt text and leave a gap.', '1 pictures have no alt text at all.'])
  })

  it('loads no background picture either, and keeps the colour behind it', () => {
    const page = shown(
      'images-off',
      '<table background="c.png"><tr><td style="background:#eee url(\'a.png\') no-repeat;background-image:url(b.png)">x</td></tr></table>',
    )
    expect(page).not.toMatch(/\.png/)
    expect(page).toMatch(/background:#eee\s+no-repeat/)
  })
})

describe('plain text', () => {
  it('shows the text part as it is, whatever stands in it', () => {
    expect(shown('plain-text', '<p>HTML</p>', 'a  b\n\n<b> & "c"')).toContain('>a  b\n\n&lt;b&gt; &amp; &quot;c&quot;</pre>')
    expect(shown('plain-text', '<p>HTML</p>')).not.toContain('HTML')
  })

  it('makes links of addresses, without the full stop behind them', () => {
    expect(shown('plain-text', '', 'Read https://a.example/?x=1&y=2. Now')).toContain(
      '<a href="https://a.example/?x=1&amp;y=2">https://a.example/?x=1&amp;y=2</a>. Now',
    )
  })

  it('says when there is no text part', () => {
    expect(simulate('plain-text', '<p>x</p>', ' \n').changes).toEqual(['The text part is empty: there is nothing to read.'])
  })
})

describe('a screen reader', () => {
  /** `role: text` of everything said. */
  function said(html: string): string[] {
    return Array.from(
      shown('screen-reader', html).matchAll(/<b>(.*?)<\/b><span[^>]*>(.*?)<\/span>/g),
      ([, role, text]) => `${role}: ${text}`,
    )
  }

  // https://www.w3.org/TR/html-aam-1.0/: roles of headings, links, lists, images
  it('says text, headings with their level, links, lists and pictures, in their order', () => {
    const html =
      '<h1>Tides</h1><p>High <b>water</b> at nine.</p><ul><li>One</li><li>Two</li></ul><a href="https://a.example">Tables</a><img src="a.png" alt="A lamp">'
    expect(said(html)).toEqual([
      'heading 1: Tides',
      'text: High water at nine.',
      'list: 2 items',
      'list item: One',
      'list item: Two',
      'link: Tables',
      'image: A lamp',
    ])
  })

  it('says the picture and the words of a link inside a heading', () => {
    expect(said('<h2><a href="https://a.example"><img src="a.png" alt="A lamp"> Lamps</a></h2>')).toEqual([
      'heading 2, link, image: A lamp',
      'heading 2, link: Lamps',
    ])
  })

  // WCAG 2.2, technique H67 (empty alt) and failure F65 (no alt: the file name is read)
  it('passes over a picture with an empty alt and reads the file name of one without', () => {
    expect(said('<img src="https://a.example/x/IMG_2041.jpg?w=1"><img src="b.png" alt="">')).toEqual(['image, file name: IMG_2041.jpg'])
  })

  // https://www.w3.org/TR/accname-1.2/#computation-steps 2A: hidden by display, visibility, hidden, aria-hidden
  it.each([
    '<div style="display:none">secret</div>',
    '<div style="visibility:hidden">secret</div>',
    '<div hidden>secret</div>',
    '<div aria-hidden="true">secret</div>',
    '<style>.x{display:none}</style><div class="x">secret</div>',
  ])('does not say what %s holds', html => {
    expect(said(html)).toEqual(['hidden, not read: secret'])
  })

  it('says a preview text that is only too small to see', () => {
    const { html, changes } = simulate('screen-reader', '<div style="opacity:0;font-size:1px">Preview</div>')
    expect(html).toContain('invisible, but read')
    expect(changes).toContain('Text that nobody sees is read: hide it with display:none.')
  })

  // WCAG 2.2, 3.1.2 Language of Parts
  it('changes its language with the lang attribute', () => {
    expect(said('<html lang="en"><body><p>Tides</p><p lang="fa">جزر و مد</p><p>End</p></body></html>')).toEqual([
      'text: Tides',
      'language: Persian',
      'text: جزر و مد',
      'text: End',
    ])
  })

  // https://www.w3.org/TR/wai-aria-1.2/#presentation
  it('announces a table unless its role is presentation', () => {
    const table = (role: string) => `<table${role}><tr><td>x</td></tr></table>`
    expect(said(table(''))).toEqual(['table: announced with its rows and columns', 'text: x'])
    expect(said(table(' role="presentation"'))).toEqual(['text: x'])
  })

  it('shows what is said as text, whatever it is', () => {
    expect(shown('screen-reader', pageOf('', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'))).toContain('&lt;script&gt;alert(1)')
  })
})
