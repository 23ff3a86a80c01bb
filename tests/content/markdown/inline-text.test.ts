import { describe, expect, it } from 'vitest'
import { markdownInlineToText } from '../../../src/content/markdown/inline-text.ts'

describe('markdownInlineToText()', () => {
  it('renders emphasis, links, code, pictures and entities', () => {
    expect(markdownInlineToText('A **bold** _move_ by [Ana](https://x.example "t"), `run()` ![pic](p.png)&amp; more &mdash; soon')).toBe(
      'A bold move by Ana, run() & more — soon',
    )
  })

  it('renders harmless tags away, with what parts text as one blank', () => {
    expect(markdownInlineToText('<p>One <b>two</b> <a href="javascript:x()">three</a></p><ul><li>four<br/>five</li></ul>')).toBe(
      'One two three four five',
    )
  })

  it('keeps every other tag as the text that it is', () => {
    for (const text of [
      '<img src=x onerror=1>',
      '"><script>',
      '</mj-text><mj-include path="/etc/passwd"/>',
      '<svg onload=1>',
      '<iframe src="x"></iframe>',
    ]) {
      expect(markdownInlineToText(text)).toBe(text)
    }
  })

  it('keeps comparisons, generics, and words about tags', () => {
    for (const text of ['a < b and c > d', 'List<String> or Array<i>', 'use <b> for bold', 'close it with </p>', 'x<y', '<3']) {
      expect(markdownInlineToText(text)).toBe(text)
    }
  })

  it('keeps braces of templates and drops Hugo shortcodes', () => {
    for (const text of ['{{name}}', '{{#each}}', '{{{', '{{unsubscribeUrl}} and {% if %}']) expect(markdownInlineToText(text)).toBe(text)
    expect(markdownInlineToText('See {{< ref "x" >}}, please')).toBe('See, please')
  })

  it('keeps what only looks like a block in one line', () => {
    for (const text of ['1. Introduction', '# 1 in sales', '- and on', '> 5 kilos', '2019']) expect(markdownInlineToText(text)).toBe(text)
  })

  it('reads text of several lines as blocks', () => {
    expect(markdownInlineToText('You can:\n\n- bake\n- fry\n\nThat is\nall.')).toBe('You can: bake fry That is all.')
  })

  it('keeps dollars, quotes and dots as they are', () => {
    expect(markdownInlineToText('"$5.3B"... it\'s -- (c) "fine"')).toBe('"$5.3B"... it\'s -- (c) "fine"')
  })

  it('drops a link whose address is dangerous and keeps its text', () => {
    expect(markdownInlineToText('[x](javascript:alert(1)) [y](data:text/html,z) [z](//evil.test)')).toBe('x y z')
  })

  it('strips control characters and keeps joiners', () => {
    expect(markdownInlineToText('a\u0000b\u202ec&#8238;d &#x1b;e\ud800f می\u200cروم 👩\u200d🌾')).toBe(
      'abcd \ufffdef می\u200cروم 👩\u200d🌾',
    )
  })

  it('gives an empty text for nothing', () => {
    for (const text of ['', '  \n ', '![a](b)', '\u0000']) expect(markdownInlineToText(text)).toBe('')
  })
})
