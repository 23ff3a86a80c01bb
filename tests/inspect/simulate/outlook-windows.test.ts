import { describe, expect, it } from 'vitest'
import { holdsForWord, resolveConditionalComments } from '../../../src/inspect/simulate/conditional-comments.ts'
import { pageOf, shown, simulate } from './shown.ts'

const outlook = (body: string, head = '') => shown('outlook-windows', pageOf(head, body))

// https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/compatibility/ms537512(v=vs.85)
describe('holdsForWord()', () => {
  it.each(['mso', 'gte mso 9', 'mso 16', 'mso | IE', '(gte mso 9)|(IE)', '(mso)&(!ie)', 'gte vml 1', '!IE', ' MSO ', 'mso &amp; vml'])(
    'holds for %s',
    condition => {
      expect(holdsForWord(condition)).toBe(true)
    },
  )

  it.each(['!mso', 'IE', 'lte mso 11', 'mso 15', 'lt mso 16', '(!mso)|(IE)', 'mso & IE', '', 'wat', '!vml'])(
    'does not hold for "%s"',
    condition => {
      expect(holdsForWord(condition)).toBe(false)
    },
  )
})

describe('resolveConditionalComments()', () => {
  it.each([
    ['a<!--[if mso]><b>1</b><![endif]-->c', 'a<b>1</b>c'],
    ['a<!--[if lte mso 11]><b>1</b><![endif]-->c', 'ac'],
    ['a<!--[if !mso]><!--><b>1</b><!--<![endif]-->c', 'ac'],
    ['a<!--[if !mso]><!-- --><b>1</b><!-- <![endif]-->c', 'ac'],
    ['a<!--[if mso | IE]></td></tr></table><![endif]-->c', 'a</td></tr></table>c'],
    ['a<![if !mso]>1<![endif]>c', 'ac'],
    ['a<![if mso]>1<![endif]>c', 'a1c'],
    ['a<!--[if !mso]><!-->1<!--[if mso]>2<![endif]-->3<!--<![endif]-->c', 'ac'],
    ['a<!-- plain -->c', 'a<!-- plain -->c'],
  ])('reads %s as %s', (html, read) => {
    expect(resolveConditionalComments(html).html).toBe(read)
  })
})

describe('Outlook on Windows', () => {
  it('shows what is written for it, and not what is written for others', () => {
    const { html, changes } = simulate(
      'outlook-windows',
      pageOf('', '<!--[if mso]><p>For Word</p><![endif]--><!--[if !mso]><!--><p>For others</p><!--<![endif]-->'),
    )
    expect(html).toContain('<p>For Word</p>')
    expect(html).not.toContain('For others')
    expect(changes).toContain('Conditional comments: 1 for Outlook taken, 1 for others dropped.')
  })

  // Each of these: https://www.caniemail.com/features/<slug>/, column Outlook, Windows. Also Microsoft, "Word 2007 HTML and CSS Rendering Capabilities in Outlook 2007".
  it.each([
    ['css-border-radius', 'p', 'border-radius:8px', ''],
    ['css-background-image', 'td', 'background-image:url(a.png)', ''],
    ['css-background: colours only', 'td', 'background:#eee url(a.png) no-repeat', 'background-color:#eee'],
    ['css-max-width: tables only', 'div', 'max-width:600px', ''],
    ['css-display: none only', 'div', 'display:inline-block', ''],
    ['css-display-flex', 'div', 'display:flex', ''],
    ['css-opacity', 'p', 'opacity:0.5', ''],
    ['css-box-shadow', 'p', 'box-shadow:0 0 1px #000', ''],
    ['css-position', 'p', 'position:absolute', ''],
    ['css-padding: table cells only', 'a', 'padding:12px', ''],
    ['css-padding: table cells only', 'p', 'padding-left:12px', ''],
    ['css-width: not on div, p, span, img', 'div', 'width:50%', ''],
    ['css-height: not on div, p, span', 'div', 'height:50px', ''],
    ['css-margin: no auto', 'div', 'margin:0 auto', ''],
    ['css-margin: no negative values', 'p', 'margin-top:-4px', ''],
    ['css-margin: not on span', 'span', 'margin:4px', ''],
    ['css-font-size: no rem', 'p', 'font-size:1rem', ''],
    ['css-important, email-bugs#31: not in style attributes', 'p', 'color:red !important', ''],
    ['kept', 'p', 'color:teal;margin:0 0 16px;font-size:18px', 'color:teal;margin:0 0 16px;font-size:18px'],
    ['kept: padding of a cell', 'td', 'padding:12px 24px', 'padding:12px 24px'],
  ])('%s: of <%s style="%s"> it takes "%s"', (_rule, name, style, taken) => {
    const html = name === 'td' ? `<table><tr><td style="${style}">x</td></tr></table>` : `<${name} style="${style}">x</${name}>`
    expect(outlook(html)).toContain(taken === '' ? `<${name}>x` : `<${name} style="${taken}">x`)
  })

  // https://www.caniemail.com/features/css-max-width/ note 1, https://www.caniemail.com/features/css-display-none/ notes 1 and 2
  it('takes max-width of tables, and display:none except for tables inside', () => {
    expect(outlook('<table style="max-width:600px"></table>')).toContain('max-width:600px')
    expect(outlook('<div style="display:none">seen by nobody</div>')).toContain('<div style="display:none">')
    const leaking = simulate('outlook-windows', pageOf('', '<div style="display:none">gone<table><tr><td>leaks</td></tr></table></div>'))
    expect(leaking.html).toContain('leaks')
    expect(leaking.html).not.toContain('gone')
    expect(leaking.changes).toContain('A table inside something hidden is shown: display:none does not reach it.')
    expect(outlook('<div style="mso-hide:all">x</div>')).toContain('<div style="display:none">')
  })

  // https://www.caniemail.com/features/css-at-media/, css-selector-child, css-selector-attribute
  it('knows no media queries, child or attribute selectors in style blocks, but keeps their neighbours', () => {
    const page = outlook(
      '<p>x</p>',
      '<style>@media (min-width:1px){p{color:red}}a > b{color:red}[x] b{color:red}.a,b > i{color:teal}</style>',
    )
    expect(page).not.toContain('red')
    expect(page).toContain('.a{color:teal}')
  })

  // https://github.com/posthtml/posthtml-inline-css/issues/14#issuecomment: Word applies the first class only.
  it('applies the first of several classes only', () => {
    expect(outlook('<p class="uppercase text-red">x</p>')).toContain('<p class="uppercase">')
  })

  // "Fixing bugs with Outlook-specific CSS", cm.engineering: mso-padding-alt takes precedence over padding, in whatever order.
  it('takes mso-padding-alt for padding', () => {
    expect(outlook('<table><tr><td style="mso-padding-alt:12px 20px;padding:1px">x</td></tr></table>')).toContain(
      '<td style="padding:12px 20px">',
    )
  })

  // https://learn.microsoft.com/windows/win32/vml/msdn-online-vml-roundrect-element: arcsize is a share of the shorter side.
  it('shows a VML button as a box of its size, fill and roundness, with its text', () => {
    const { html, changes } = simulate(
      'outlook-windows',
      pageOf(
        '',
        '<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" href="https://a.example" style="height:40px;v-text-anchor:middle;width:200px" arcsize="10%" stroke="f" fillcolor="#0b6070"><w:anchorlock/><center style="color:#fff">Read</center></v:roundrect><![endif]-->',
      ),
    )
    expect(html).toMatch(
      /<div style="height:40px;width:200px;[^"]*border-radius:4px;background-color:#0b6070[^"]*"><center style="color:#fff">Read<\/center><\/div>/,
    )
    expect(html).not.toMatch(/<[vw]:|border:1px/)
    expect(changes).toContain('1 VML shapes are shown as boxes.')
  })

  it('shows the picture of a VML background', () => {
    const page = outlook(
      '<!--[if mso]><v:rect style="width:600px;height:200px"><v:fill type="frame" src="https://a.example/b.png" color="#111111"/><v:textbox><p>Over it</p></v:textbox></v:rect><![endif]-->',
    )
    expect(page).toContain('background-image:url(&quot;https://a.example/b.png&quot;)')
    expect(page).toContain('background-color:#111111')
    expect(page).toContain('<p>Over it</p>')
  })
})
