import { describe, expect, it } from 'vitest'
import { pageOf, shown, simulate } from './shown.ts'

describe('Gmail', () => {
  // https://github.com/hteumeuleu/email-bugs/issues/119 shows the page that Gmail makes: a box, an empty <u>, the body as a div, prefixed names.
  it('puts the email into a box of its own and prefixes every class, in the HTML and in the styles', () => {
    const page = shown('gmail', pageOf('<style>.foo .bar{color:green}#baz{color:red}</style>', '<h1 class="foo bar" id="baz">x</h1>'))
    expect(page).toContain('<div class="msg1"><u></u><div>')
    expect(page).toContain('class="m_1foo m_1bar" id="m_1baz"')
    expect(page).toContain('.msg1 .m_1foo .m_1bar{color:green}')
    expect(page).toContain('.msg1 #m_1baz{color:red}')
  })

  // https://www.caniemail.com/features/html-style/ note 1: not inside the body.
  it('drops a style block of the body and keeps that of the head', () => {
    const page = shown('gmail', pageOf('<style>p{color:teal}</style>', '<style>p{color:red}</style><p>x</p>'))
    expect(page).toContain('color:teal')
    expect(page).not.toContain('color:red')
  })

  // https://github.com/hteumeuleu/email-bugs/issues/21
  it('drops a whole style block that holds an at-rule inside an at-rule, and only that', () => {
    const head = '<style>p{color:teal}</style><style>p{margin:3px}@media only screen and (max-width:320px){@viewport{width:320px}}</style>'
    const { html, changes } = simulate('gmail', pageOf(head, '<p>x</p>'))
    expect(html).toContain('color:teal')
    expect(html).not.toContain('margin:3px')
    expect(changes.join()).toContain('an at-rule inside an at-rule')
  })

  it('drops a style block whose CSS is invalid', () => {
    expect(shown('gmail', pageOf('<style>p{color:teal</style>', '<p>x</p>'))).not.toContain('teal')
  })

  // https://github.com/hteumeuleu/email-bugs/issues/90: 16 kB in all; https://github.com/hteumeuleu/caniemail/issues/144: the blocks that reach the limit go.
  it('drops the style blocks that reach 16 kB together', () => {
    const rule = (name: string) => `.${name}{color:#000001}`
    const filler = rule('a').repeat(Math.floor((16 * 1024) / rule('a').length))
    const page = shown('gmail', pageOf(`<style>${filler}</style><style>${rule('second')}</style>`, '<p>x</p>'))
    expect(page).toContain('.m_1a')
    expect(page).not.toContain('second')
  })

  // https://www.caniemail.com/features/css-at-media-prefers-color-scheme/, css-at-media (note 7), css-selector-attribute (note 5)
  it('knows no dark styles, no queries for the height, and no attribute selectors but [class~=x]', () => {
    const css =
      '@media (prefers-color-scheme:dark){p{color:red}}@media (min-height:9px){p{color:red}}[data-ogsc] p{color:red}[class~="x"]{color:teal}@media (min-width:480px){p{width:50%}}'
    const page = shown('gmail', pageOf(`<style>${css}</style>`, '<p class="x">x</p>'))
    expect(page).not.toContain('red')
    expect(page).toContain('color:teal')
    expect(page).toContain('@media (min-width:480px)')
  })

  // https://www.caniemail.com/features/css-position/, css-box-shadow, html-picture: <picture> becomes <u>.
  it('drops properties and elements that it does not support, and keeps the rest of the attribute as it is', () => {
    const page = shown('gmail', pageOf('', '<picture><img alt="" src="a.png"></picture><p style="inset:0;color:teal">x</p>'))
    expect(page).toContain('<p style="color:teal">')
    expect(page).toContain('<u><img')
  })

  // https://github.com/hteumeuleu/email-bugs/issues/56: the clipped view has no style blocks. The limit is about 102 kB.
  it('clips a message over 102 kB, without its style blocks, and offers the rest', () => {
    const paragraph = '<p>Eelgrass grows a hand a month.</p>'
    const body = paragraph.repeat(Math.ceil(103_000 / paragraph.length))
    const { html, changes } = simulate('gmail', pageOf('<style>p{color:teal}</style>', `${body}<p>The very end</p>`))
    expect(html).toContain('[Message clipped]')
    expect(html).toContain('View entire message')
    expect(html).not.toMatch(/teal|The very end/)
    expect(changes[0]).toContain('clipped at 102 kB')
    expect(shown('gmail', pageOf('', paragraph))).not.toContain('Message clipped')
  })
})

describe('Gmail app with another account', () => {
  // https://www.caniemail.com/features/html-style/ note 2: not supported with non Google accounts.
  it('takes style attributes only', () => {
    const page = shown('gmail-other-account', pageOf('<style>p{color:red}</style>', '<p style="color:teal">x</p>'))
    expect(page).not.toContain('red')
    expect(page).toContain('<p style="color:teal">')
  })

  // https://www.caniemail.com/features/css-background-size/ and css-display-flex: notes on non Google accounts; css-display names values only.
  it('drops of style attributes what works with accounts of Google only', () => {
    const page = shown(
      'gmail-other-account',
      pageOf('', '<p style="background-size:cover;display:flex;margin:1px">x</p><b style="display:block">y</b>'),
    )
    expect(page).toContain('<p style="margin:1px">')
    expect(page).toContain('<b style="display:block">')
  })
})
