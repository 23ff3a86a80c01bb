import { describe, expect, it } from 'vitest'
import { decodeText, parseTree, writeTree } from '../../../src/inspect/simulate/html-tree.ts'
import { editionOf, itemOf } from '../../render/edition-fixture.ts'
import { partsOf } from '../../render/rendered.ts'

describe('writeTree()', () => {
  it.each(['weekly', 'brief', 'spotlight'])('writes %s as it was read', async template => {
    const { html } = await partsOf(editionOf({ template, items: [itemOf(), itemOf({ slug: 'b', title: 'Salt & "<light>"' })] }))
    expect(writeTree(parseTree(html))).toBe(html)
  })

  it.each([
    '<p title="a &quot;b&quot; &amp;amp; c">&lt;x&gt; &nbsp;&#8203;</p>',
    '<!--[if mso]><table><tr><td><![endif]--><br><img alt="">',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x.dtd"><html></html>',
    '<style>a > b { content: "<\\/p>" }</style>',
  ])('leaves %s as it is', html => {
    expect(writeTree(parseTree(html))).toBe(html)
  })
})

describe('decodeText()', () => {
  it('decodes every entity and no markup', () => {
    expect(decodeText('&lt;b&gt; &eacute;&#x2014;&amp;amp; <i>')).toBe('<b> é—&amp; <i>')
  })
})
