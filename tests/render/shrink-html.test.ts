import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { shrinkCss, shrinkHtml } from '../../src/render/shrink-html.ts'

describe('shrinkHtml()', () => {
  it.each([
    ['blanks between blocks', '<table>\n  <tr>\n    <td> a </td>\n  </tr>\n</table>\n', '<table><tr><td>a</td></tr></table>'],
    ['all but one blank between words and inline tags', '<p>a\n  <b>b</b>   <i>c</i> d</p>', '<p>a <b>b</b> <i>c</i> d</p>'],
    ['comments', '<p>a<!-- note -->b</p>', '<p>ab</p>'],
    ['blanks between attributes', '<td   align="left"\n  class=" a  b "  >', '<td align="left" class="a b">'],
    ['empty classes and styles, not empty alt texts', '<img class="" style="" alt="" src="x"/>', '<img alt="" src="x"/>'],
    ['blanks in inline styles', '<p style="color: red;  margin: 0 auto; ">', '<p style="color:red;margin:0 auto">'],
    ['needless character references', '<p title="it&#x27;s">a&#x3D;b &#x27;c&#x27;</p>', "<p title=\"it's\">a=b 'c'</p>"],
  ])('takes out %s', (_, given, expected) => {
    expect(shrinkHtml(given)).toBe(expected)
  })

  it.each([
    ['conditional comments', '<!--[if mso | IE]><td><![endif]-->'],
    ['comments that hide from Outlook', '<!--[if !mso]><!--><b>a</b><!--<![endif]-->'],
    ['what stands in pre', '<pre>  a\n   b </pre>'],
    ['a quote inside single quotes', "<p title='it&#x27;s'>"],
    ['escaped markup', '<p>&lt;script&gt; &amp; &#123;&#123;x}}</p>'],
    ['no-break spaces', '<p>a\u00a0\u00a0b &nbsp; c</p>'],
    ['a greater-than sign in an attribute', '<p title="a  >  b">c</p>'],
    ['CSS strings', `<p style="font-family:'A:  B',serif">`],
    ['a lone less-than sign', '<p>1 < 2</p>'],
  ])('leaves %s alone', (_, html) => {
    expect(shrinkHtml(html)).toBe(html)
  })

  it('gives the same when done twice', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      ' ',
      '\n',
      'a',
      '<b>',
      '</b>',
      '<!-- c -->',
      '<!--[if mso]>',
      '<![endif]-->',
      '<td x="  1 ">',
      "'",
      '"',
    )
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        const once = shrinkHtml(pieces.join(''))
        expect(shrinkHtml(once)).toBe(once)
      }),
    )
  })

  it('changes no word that a reader sees', () => {
    const word = fc.constantFrom(
      'salt',
      'clock',
      '&amp;',
      '&#x27;',
      ' ',
      '\n ',
      ' <br> ',
      '<b>tide</b>',
      '<b> tide </b>',
      '<!--[if mso]> x <![endif]-->',
    )
    const block = fc
      .tuple(fc.constantFrom('p', 'td', 'div', 'h2'), fc.array(word))
      .map(([name, words]) => `<${name}>${words.join('')}</${name}>`)
    fc.assert(
      fc.property(fc.array(fc.oneof(word, block)), pieces => {
        const html = pieces.join('')
        expect(words(shrinkHtml(html))).toEqual(words(html))
      }),
    )
  })
})

describe('shrinkCss()', () => {
  it('takes out comments and blanks, and keeps the blank that tells selectors apart', () => {
    expect(shrinkCss('/* a */ .x :hover ,\n .y > td { color : red ; margin: 0 1px !important; }')).toBe(
      '.x :hover,.y > td{color :red;margin:0 1px !important}',
    )
  })

  it('keeps the blanks of a media query', () => {
    expect(shrinkCss('@media only screen and (max-width: 479px) {\n  a { b: c }\n}')).toBe(
      '@media only screen and (max-width:479px){a{b:c}}',
    )
  })
})

/** Words as a reader sees them: only what is inline joins two pieces into one word. */
function words(html: string): string[] {
  let text = ''
  const block = (name: string) => {
    if (name !== 'b') text += ' '
  }
  new Parser({ ontext: part => (text += part), onopentag: block, onclosetag: block }).end(html)
  return text.split(/\s+/).filter(word => word !== '')
}
