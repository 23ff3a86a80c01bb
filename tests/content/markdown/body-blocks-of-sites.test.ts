import { describe, expect, it } from 'vitest'
import { bodyBlocks } from '../../../src/content/markdown/body-blocks.ts'

const md = (...lines: string[]) => bodyBlocks(lines.join('\n'), { format: 'md' })
const mdx = (...lines: string[]) => bodyBlocks(lines.join('\n'), { format: 'mdx' })
const texts = (body: { blocks: readonly { text: string }[] }) => body.blocks.map(block => block.text)

describe('bodyBlocks() on what site generators add', () => {
  it('drops footnote marks and footnotes, and closes the gap', () => {
    expect(
      texts(md('Bees dance [^1], they do[^two].', '', '[^1]: A note.', '    Its second line.', '', '[^two]: Another.', '', 'End.')),
    ).toEqual(['Bees dance, they do.', 'End.'])
  })

  it('drops reference definitions, also those that CommonMark refuses', () => {
    expect(texts(md('See [the map][m].', '', '[m]: /map "Map"', '', 'Text.', '[n]: https://x.example/n a stray word'))).toEqual([
      'See the map.',
      'Text. [n]: https://x.example/n a stray word',
    ])
    expect(texts(md('Text.', '[n]: https://x.example/n'))).toEqual(['Text.'])
  })

  it('shows a reference whose definition is missing as its text', () => {
    expect(texts(md('See [the **map**][], [the key][k] and [a plan]; as he said [sic](later).'))).toEqual([
      'See the map, the key and [a plan]; as he said sic.',
    ])
  })

  it('shows a link whose address CommonMark refuses as its text, and drops such a picture', () => {
    expect(texts(md('Read [the notes](/my notes/today.md) ![a jar](/my jar.png) soon.'))).toEqual(['Read the notes soon.'])
  })

  it('drops emoji shortcodes and keeps times and paths', () => {
    expect(texts(md('Done :tada:! At 10:30:45 in std::io::Read, a:b:c.'))).toEqual(['Done! At 10:30:45 in std::io::Read, a:b:c.'])
  })

  it('drops attribute lists of blocks and of inlines', () => {
    expect(texts(md('A [link](/x){target="_blank" .ext} and `code`{lang=ts}.', '{: .note #n}'))).toEqual(['A link and code.'])
  })

  it('drops formulas, keeps prices, and leaves out a sentence that needs its formula', () => {
    const body = md('From $5.3B to $7B, or $20/month.', '', '$$', 'a^2', '$$', '', 'Let $x$ be small.', '', 'Then $a_1 + b^2$ grows.')
    expect(texts(body)).toEqual(['From $5.3B to $7B, or $20/month.', 'Let x be small.'])
  })

  it('drops Hugo shortcodes with their parameters, and keeps what paired ones hold', () => {
    const body = md(
      '{{< figure src="jar.png"',
      '  caption="no" >}}',
      '',
      '{{% note title="no" %}}',
      'A **note**.',
      '{{% /note %}}',
      '',
      '{{< comment >}}',
      'no',
      '',
      'no',
      '{{< /comment >}}',
      '',
      'Read [on]({{< ref "other post" >}}) {{< icon "bee" >}} please.',
    )
    expect(texts(body)).toEqual(['A note.', 'Read on please.'])
  })

  it('leaves out a block in which the site fills in a value', () => {
    expect(texts(md('Take version {{< param version >}} now.', '', 'Whole.'))).toEqual(['Whole.'])
  })

  it('drops Liquid tags', () => {
    expect(
      texts(
        md(
          '{% include note.html text="no" %}',
          '',
          'Text {% if a %}stays{% endif %}.',
          '',
          '{% highlight js %}',
          'no',
          '{% endhighlight %}',
        ),
      ),
    ).toEqual(['Text stays.'])
  })

  it('drops the fences of containers with titles, attributes and YAML, and keeps the text', () => {
    const body = md(
      '::note{icon="no"}',
      '---',
      'title: no',
      '---',
      'First.',
      '::',
      '',
      ':::tip[no]',
      'Second.',
      ':::',
      '',
      '::: warning no',
      '- Third.',
      ':::',
      '',
      '::read-more{to="/no"}',
      'no',
      '::',
      '',
      '::player{',
      '  src="no"',
      '}',
      '::',
    )
    expect(texts(body)).toEqual(['First.', 'Second.', 'Third.'])
  })

  it('drops the names of slots in containers, and keeps such a line elsewhere', () => {
    expect(texts(md('::card', '#title', 'Tides', '::', '', '#channel'))).toEqual(['Tides', '#channel'])
  })

  it('does not take a line of prose for a container', () => {
    expect(texts(md('::std::io is a path', '', ':: note this'))).toEqual(['::std::io is a path', ':: note this'])
  })

  it('does not let a formula reach out of a link', () => {
    expect(texts(md('Pay [from $5](/a=b$) now.'))).toEqual(['Pay from $5 now.'])
  })

  it('drops inline components, keeps a label, and leaves out a sentence that needs one', () => {
    expect(
      texts(md(':bee-chart', '', ':icon{name="no"} Bees :badge[win]{color="no"} often.', '', 'Press :kbd{value="K"} to open.')),
    ).toEqual(['Bees win often.'])
  })

  it('takes an alert for text of the author’s, without its mark and title', () => {
    expect(md('> [!NOTE] A title', '> Mind the gap.', '>', '> And the step.').blocks).toEqual([
      { kind: 'paragraph', text: 'Mind the gap.', heading: null },
      { kind: 'paragraph', text: 'And the step.', heading: null },
    ])
  })
})

describe('bodyBlocks() and navigation', () => {
  it('leaves out lists of nothing but links, also nested ones', () => {
    expect(texts(md('Text.', '', '- [One](#one)', '  - [Two](#two)', '- [Three](#three), [four](#four)'))).toEqual(['Text.'])
  })

  it('keeps a list in which one item says something', () => {
    expect(texts(md('- [One](/one)', '- [Two](/two) is better.'))).toEqual(['One', 'Two is better.'])
  })

  it('leaves out a paragraph that is a link', () => {
    expect(texts(md('Text.', '', '[Read on →](/more)'))).toEqual(['Text.'])
  })

  it('leaves out a section named for leading elsewhere, up to the next heading', () => {
    const body = md(
      '## Related reading',
      '',
      'Try these:',
      '',
      '- [One](/one) — about one',
      '',
      '## Siehe auch',
      '',
      'Dies.',
      '',
      '## Next',
      '',
      'Text.',
    )
    expect(texts(body)).toEqual(['Text.'])
  })

  it('leaves out a table of contents under a strong line', () => {
    expect(texts(md('**Table of Contents**', '1. Start', '2. End', '', '## Start', '', 'Text.', '', '[[toc]]'))).toEqual(['Text.'])
  })
})

describe('bodyBlocks() on MDX', () => {
  it('drops imports and exports, also over several lines and blank lines', () => {
    const body = mdx(
      "import Chart from './chart'",
      "import { a } from 'a'",
      '',
      'export const meta = {',
      "  title: 'no',",
      '',
      '  list: [1, 2],',
      '}',
      '',
      'export default function Layout({ children }) {',
      '  return <main>{children}</main>',
      '}',
      '',
      'Text.',
    )
    expect(texts(body)).toEqual(['Text.'])
  })

  it('keeps a sentence that begins with "import" in Markdown', () => {
    expect(texts(md('import duties rose'))).toEqual(['import duties rose'])
  })

  it('drops components and keeps the Markdown inside', () => {
    const body = mdx(
      '<Note tone={"a" > "b" ? 1 : 2} onClick={() => { return "}" }}>',
      '  It is **true**.',
      '</Note>',
      '',
      '<Chart',
      '  data={[1, 2]}',
      '',
      '  title="no"',
      '/>',
      '',
      'A <Tip text="no">tip</Tip> and <Icon name="no" /><>fine</>.',
    )
    expect(texts(body)).toEqual(['It is true.', 'A tip and fine.'])
  })

  it('drops comments, keeps strings, and leaves out a block that needs a value', () => {
    const body = mdx(
      '{/* truncate */}',
      '',
      "Bees{' '}are {'busy'}{/* no */}.",
      '',
      'There are {count} bees.',
      '',
      '{bees.map(bee => (',
      '',
      '  <li>{bee}</li>',
      '))}',
    )
    expect(texts(body)).toEqual(['Bees are busy.'])
  })

  it('reads comments and addresses of older MDX', () => {
    expect(texts(mdx('Text <!-- no --> at <https://hive.example/>.'))).toEqual(['Text at https://hive.example/.'])
  })

  it('reads indented Markdown inside components', () => {
    expect(texts(mdx('<Steps>', '  <Step>', '    Heat the pan.', '', '    - Add oil.', '  </Step>', '</Steps>'))).toEqual([
      'Heat the pan.',
      'Add oil.',
    ])
  })

  it('reads components with values in Markdown files too', () => {
    expect(texts(md('Text <Chart data={[1, 2]} /> goes on.', '', '<Chart data={[', '  3,', ']} />'))).toEqual(['Text goes on.'])
  })
})
