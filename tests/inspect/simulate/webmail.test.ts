import { describe, expect, it } from 'vitest'
import { pageOf, shown, simulate } from './shown.ts'

describe('Outlook.com, dark', () => {
  const dark = (body: string, head = '') => shown('outlook-com-dark', pageOf(head, body))

  // https://www.hteumeuleu.com/2019/dealing-with-outlook-com-s-dark-mode/: backgrounds get darker, text gets contrast, the originals stay in data-ogsb and data-ogsc.
  it('darkens light backgrounds and lightens dark text, and keeps the originals in attributes', () => {
    const page = dark(
      '<table><tr><td bgcolor="#ffffff"><p style="color:#111111">x</p></td></tr></table><p style="background-color:#eeeeee">y</p>',
    )
    expect(page).toContain('<td bgcolor="#000000" data-ogsb="#ffffff">')
    expect(page).toContain('<p style="color:#eeeeee" data-ogsc="#111111">')
    expect(page).toContain('<p style="background-color:#111111" data-ogsb="#eeeeee">')
  })

  it('leaves light text and dark backgrounds alone', () => {
    const page = dark('<p style="background:#0b6070;color:#ffffff">x</p>')
    expect(page).toContain('<p style="background:#0b6070;color:#ffffff">')
  })

  // https://www.litmus.com/blog/the-ultimate-guide-to-dark-mode-for-email-marketers: [data-ogsc] targets it; the email's own colours for it stay as written.
  it('takes styles for [data-ogsc] and [data-ogsb] as they are written', () => {
    const page = dark('<p class="ink" style="color:#111111">x</p>', '<style>[data-ogsc] .ink{color:#123456 !important}</style>')
    expect(page).toContain('.rps_1 [data-ogsc] .x_ink{color:#123456 !important}')
    expect(page).toMatch(/<div class="rps_1"><div [^>]*data-ogsc=""/)
  })

  // https://github.com/hteumeuleu/email-bugs/issues/64 (box and prefix), 38 (attribute selectors), 61 (of a chain only the first name is prefixed)
  it('prefixes names, filters attribute selectors and loses chained classes', () => {
    const page = dark(
      '<p class="foo bar">x</p>',
      '<style>.foo{margin:1px}[owa] .foo{margin:2px}td[class]{margin:3px}.foo.bar{margin:4px}</style>',
    )
    expect(page).toContain('.rps_1 .x_foo{margin:1px}')
    expect(page).toContain('.rps_1 .x_foo{margin:2px}')
    expect(page).not.toMatch(/margin:[34]px/)
    expect(page).toContain('class="x_foo x_bar"')
  })

  // https://www.caniemail.com/features/css-at-media-prefers-color-scheme/: supported, with note 3 on the attributes.
  it('takes dark styles', () => {
    expect(dark('<p>x</p>', '<style>@media (prefers-color-scheme:dark){.ink{margin:7px}}</style>')).toContain('.x_ink{margin:7px}')
  })
})

describe('Yahoo Mail', () => {
  const yahoo = (css: string) => shown('yahoo', pageOf(`<style>${css}</style>`, '<p>x</p>'))

  // https://www.caniemail.com/features/css-at-media/ note 2, css-at-media-prefers-color-scheme note 6
  it('takes media queries for the width and none for the scheme or the orientation', () => {
    const page = yahoo(
      '@media screen and (max-width:480px){p{margin:1px}}@media (prefers-color-scheme:dark){p{margin:2px}}@media (orientation:portrait){p{margin:3px}}',
    )
    expect(page).toContain('margin:1px')
    expect(page).not.toMatch(/margin:[23]px/)
  })

  // https://www.caniemail.com/features/css-selector-attribute/ note 4
  it('takes attribute selectors with a value only', () => {
    const page = yahoo('p[title=x]{margin:1px}p[title]{margin:2px}p[title^=x]{margin:3px}')
    expect(page).toContain('margin:1px')
    expect(page).not.toMatch(/margin:[23]px/)
  })

  // https://github.com/hteumeuleu/email-bugs/issues/25
  it('ignores the rule behind a comment', () => {
    const page = yahoo('/* Links */ .a{margin:1px}.b{margin:2px}')
    expect(page).not.toContain('margin:1px')
    expect(page).toContain('margin:2px')
  })

  // https://www.caniemail.com/features/css-position/ and https://www.caniemail.com/features/html-role/ note 2
  it('drops what it does not support, and roles except on tables', () => {
    const page = shown(
      'yahoo',
      pageOf('', '<div role="article" style="word-break:break-all;color:teal"><table role="presentation"></table></div>'),
    )
    expect(page).toContain('<div style="color:teal"><table role="presentation">')
  })
})

describe('Apple Mail', () => {
  const css =
    '<style>.a{color:#111}@media (prefers-color-scheme:dark){.a{color:#eee}}@media (prefers-color-scheme:light){.a{margin:1px}}</style>'

  // https://www.caniemail.com/features/css-at-media-prefers-color-scheme/: supported on macOS and iOS.
  it('takes dark styles in dark mode only, and light ones in light mode only', () => {
    expect(shown('apple-mail-dark', pageOf(css, '<p class="a">x</p>'))).toMatch(/\.a\{color:#111\}\.a\{color:#eee\}<\/style>/)
    expect(shown('apple-mail', pageOf(css, '<p class="a">x</p>'))).toMatch(/\.a\{color:#111\}\.a\{margin:1px\}<\/style>/)
  })

  // https://webkit.org/blog/8840/dark-mode-support-in-webkit/: color-scheme decides on the canvas and the default text.
  it('makes the canvas dark only for an email that declares dark colours', () => {
    const meta = '<meta name="color-scheme" content="light dark">'
    expect(shown('apple-mail-dark', pageOf(meta, '<p>x</p>'))).toContain('<meta name="color-scheme" content="dark">')
    const plain = simulate('apple-mail-dark', pageOf('', '<p style="color:#111">x</p>'))
    expect(plain.html).toContain('<meta name="color-scheme" content="light">')
    expect(plain.html).toContain('color:#111')
    expect(plain.changes[0]).toBe('The email has no dark styles: its colours stay.')
  })

  // https://www.caniemail.com/clients/apple-mail/
  it('leaves rounded corners, flex boxes, backgrounds and queries as they are', () => {
    const body = '<p style="display:flex;border-radius:8px;background:url(a.png);max-width:9em">x</p>'
    expect(shown('apple-mail', pageOf('<style>@media (min-width:480px){p > b{margin:1px}}</style>', body))).toContain(body)
  })
})

describe('a style block with a fault', () => {
  // https://www.w3.org/TR/css-syntax-3/#error-handling: what is open at the end is closed there.
  it('counts as far as a browser reads it, and is fixed to a scheme like any other', () => {
    const open = shown('apple-mail', pageOf('<style>.a{margin:1px}@media (prefers-color-scheme:dark){.a{margin:2px}</style>', '<p>x</p>'))
    expect(open).toContain('.a{margin:1px}')
    expect(open).not.toMatch(/2px|prefers-color-scheme/)
    const stray = shown('apple-mail', pageOf('<style>.a{margin:1px}.b{margin:3px}} "</style>', '<p>x</p>'))
    expect(stray).toContain('.a{margin:1px}.b{margin:3px}')
  })
})
