import { describe, expect, it } from 'vitest'
import { markdownToPlainText, markdownToSafeHtml } from '../../../src/content/markdown/editor-markdown.ts'

const resolve = (href: string) =>
  href.startsWith('/') && !href.startsWith('//') ? `https://hive.example${href}` : /^(https?|mailto):/.test(href) ? href : null
const html = (markdown: string) => markdownToSafeHtml(markdown, resolve)
const plain = (markdown: string) => markdownToPlainText(markdown, resolve)

describe('markdownToSafeHtml()', () => {
  it('renders paragraphs, emphasis, links and line breaks', () => {
    expect(html('Hello **you** and *them*,\nsee [this](/a?b=1&c=2 "t").  \nBye')).toBe(
      '<p>Hello <strong>you</strong> and <em>them</em>, see <a href="https://hive.example/a?b=1&amp;c=2">this</a>.<br>Bye</p>',
    )
  })

  it('renders lists, tight and loose', () => {
    expect(html('- a\n- b\n\n1. c\n\n2. d')).toBe('<ul><li>a</li><li>b</li></ul><ol><li><p>c</p></li><li><p>d</p></li></ol>')
  })

  it('makes headings strong paragraphs, and code and quotes their text', () => {
    expect(html('# Head\n\n> quote `a<b`\n\n```js\nx < 1\ny\n```')).toBe(
      '<p><strong>Head</strong></p><p>quote a&lt;b</p><p>x &lt; 1<br>y</p>',
    )
  })

  it('leaves out pictures and rules', () => {
    expect(html('a ![b](c.png) d\n\n---\n\n![e](f.png)')).toBe('<p>a  d</p>')
  })

  it('drops links that do not resolve and keeps their text', () => {
    expect(html('[x](javascript:alert(1)) [y](//evil.test) <javascript:alert(2)> [z](data:text/html,q)')).toBe(
      '<p>x y javascript:alert(2) z</p>',
    )
  })

  it('drops a link whose resolved address could break out of the attribute', () => {
    expect(markdownToSafeHtml('[a](b) [c](d)', href => (href === 'b' ? 'https://x.example/" onclick="1' : 'ftp://x.example'))).toBe(
      '<p>a c</p>',
    )
  })

  it('escapes raw HTML, and what means something to templates', () => {
    expect(html('<script>1</script> <b onclick=1> {{secret}} {{{raw}}} </mj-text>')).toBe(
      '<p>&lt;script&gt;1&lt;/script&gt; &lt;b onclick=1&gt; &#123;&#123;secret&#125;&#125; &#123;&#123;&#123;raw&#125;&#125;&#125; &lt;/mj-text&gt;</p>',
    )
    expect(html('[a]({{url}})')).not.toContain('{{')
    expect(markdownToSafeHtml('[a](b)', () => 'https://x.example/{{url}}')).toBe(
      '<p><a href="https://x.example/&#123;&#123;url&#125;&#125;">a</a></p>',
    )
  })

  it('keeps links and dropped links apart when they stand side by side', () => {
    expect(html('[a](/a)[b](bad)[c](/c)')).toBe('<p><a href="https://hive.example/a">a</a>b<a href="https://hive.example/c">c</a></p>')
  })

  it('gives nothing for nothing', () => {
    expect(html('')).toBe('')
    expect(html('![a](b)')).toBe('')
  })
})

describe('markdownToPlainText()', () => {
  it('writes the same links in the same order, each after its text', () => {
    const markdown = 'See [one](/1) and <https://two.example/>.\n\n- [three](/3)\n- [four](bad)\n\n[](/5)'
    const addresses = [...html(markdown).matchAll(/href="([^"]*)"/g)].map(match => match[1])
    expect(plain(markdown)).toBe(
      'See one (https://hive.example/1) and https://two.example/.\n\n- three (https://hive.example/3)\n- four\n\nhttps://hive.example/5',
    )
    expect([...plain(markdown).matchAll(/https:[^\s)]*[^\s).]/g)].map(match => match[0])).toEqual(addresses)
  })

  it('sets paragraphs apart, breaks only where the editor did, and marks items', () => {
    expect(plain('# Head\n\nA long\nline  \nbroken.\n\n1. one\n   - inner\n2. two\n\nEnd')).toBe(
      'Head\n\nA long line\nbroken.\n\n1. one\n  - inner\n2. two\n\nEnd',
    )
  })

  it('keeps braces, tags and entities raw', () => {
    expect(plain('{{name}} <b> &amp; `x`')).toBe('{{name}} <b> & x')
  })

  it('writes an address in angle brackets once', () => {
    expect(plain('<bee@hive.example>')).toBe('bee@hive.example')
  })
})
