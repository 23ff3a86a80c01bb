import { describe, expect, it } from 'vitest'
import { markupResidue, shownText } from './markup-residue.ts'

describe('markupResidue()', () => {
  it('finds markup of every kind', () => {
    const leaks = [
      'a <section-header text="x"> b',
      'a <!-- b',
      'a [b](c) d',
      'a [b][] d',
      '[a]: /b',
      'a **b** c',
      'a _b_ c',
      'a `b` c',
      'a &mdash; b',
      'a[^1] b',
      'a {{< b >}} c',
      'a {% b %} c',
      'a {#b} c',
      'a {lang="b"} c',
      '::note\na',
      'a :tada: b',
      '[!NOTE] a',
      "import a from 'b'",
      'a | --- | b',
      '## a',
      'a undefined b',
    ]
    for (const leak of leaks) expect(markupResidue(leak, ''), leak).not.toEqual([])
  })

  it('lets prose pass, addresses, merge fields, and what stands in the posts’ code', () => {
    const prose =
      'From $5 to $7 at 10:30; {{trigger.data}} [sic] 3 < 4 & 5 > 2, #channel, a_b_c, 1. One\n- Two\n{{unsubscribeUrl}} https://x.example/__a__?b=`'
    expect(markupResidue(prose, '')).toEqual([])
    expect(markupResidue('Use Vec<T> now', 'Vec<T>')).toEqual([])
  })
})

describe('shownText()', () => {
  it('takes off tags, styles and comments, keeps pictures’ texts, and decodes what is shown', () => {
    expect(shownText('<style>a{}</style><!-- x --><img alt="a &amp; b"><p title="y">1 &lt; 2 &amp;lt;</p>')).toBe('a & b\n1 < 2 &lt;')
  })
})
