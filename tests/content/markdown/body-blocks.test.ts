import { describe, expect, it } from 'vitest'
import { bodyBlocks } from '../../../src/content/markdown/body-blocks.ts'

const md = (...lines: string[]) => bodyBlocks(lines.join('\n'), { format: 'md' })
const texts = (body: { blocks: readonly { text: string }[] }) => body.blocks.map(block => block.text)

describe('bodyBlocks() on plain Markdown', () => {
  it('gives paragraphs, list items and quotes with the heading above each', () => {
    const { blocks } = md('Bees wake early.', '', '## Honey', '', '- Light honey', '- Dark honey', '', '> Sweet is a verdict.', '', 'Done.')
    expect(blocks).toEqual([
      { kind: 'paragraph', text: 'Bees wake early.', heading: null },
      { kind: 'list-item', text: 'Light honey', heading: 'Honey' },
      { kind: 'list-item', text: 'Dark honey', heading: 'Honey' },
      { kind: 'quote', text: 'Sweet is a verdict.', heading: 'Honey' },
      { kind: 'paragraph', text: 'Done.', heading: 'Honey' },
    ])
  })

  it('renders emphasis, links, code and entities, and keeps the words as they are', () => {
    expect(texts(md('A **warm**, *slow* [oven](/oven "x") runs `bake --at 220` &mdash; "really"... it\'s fine.'))).toEqual([
      'A warm, slow oven runs bake --at 220 — "really"... it\'s fine.',
    ])
  })

  it('folds blanks and makes a soft or hard break one blank', () => {
    expect(texts(md('one  two\tthree', 'four  ', 'five\\', 'six<br>seven'))).toEqual(['one two three four five six seven'])
  })

  it('joins Japanese and Chinese lines without a blank, and others with one', () => {
    expect(texts(md('蜂は朝に', '起きる。', 'Bees', 'wake.'))).toEqual(['蜂は朝に起きる。 Bees wake.'])
  })

  it('opens and closes emphasis beside Japanese brackets', () => {
    expect(texts(md('これは**「蜜」**です。'))).toEqual(['これは「蜜」です。'])
  })

  it('leaves out code blocks, tables, pictures, rules and comments', () => {
    const body = md(
      'Before.',
      '',
      '```js',
      'const secret = 1',
      '```',
      '',
      '    indented code',
      '',
      '| a | b |',
      '| - | - |',
      '| 1 | 2 |',
      '',
      '![A jar](jar.png)',
      '',
      '---',
      '',
      '<!-- more -->',
      '<!-- a comment',
      '',
      'over lines -->',
      '',
      'After.',
    )
    expect(texts(body)).toEqual(['Before.', 'After.'])
  })

  it('strips task marks from items, and keeps text that was retracted out', () => {
    expect(texts(md('- [ ] sweep', '- [x] mop', '', 'It costs ~~five~~ four.'))).toEqual(['sweep', 'mop', 'It costs four.'])
  })

  it('keeps braces, angle brackets and asterisks that are the text', () => {
    expect(texts(md('Use {{name}} where 3 < 4, `Vec<T>` and Vec<String>; 2 * 3 * 4.'))).toEqual([
      'Use {{name}} where 3 < 4, Vec<T> and Vec<String>; 2 * 3 * 4.',
    ])
  })

  it('reads CRLF, and a body without a final line break, alike', () => {
    expect(texts(bodyBlocks('One.\r\n\r\nTwo\r\nlines.', { format: 'md' }))).toEqual(['One.', 'Two lines.'])
  })
})

describe('bodyBlocks() and headings', () => {
  it('names the first heading of level 1, whichever way it is written', () => {
    expect(md('## Small', '', '# Large').firstHeading).toBe('Large')
    expect(md('Large', '=====').firstHeading).toBe('Large')
    expect(md('<h1>Large &amp; loud</h1>').firstHeading).toBe('Large & loud')
    expect(md('## Small').firstHeading).toBeNull()
  })

  it('takes anchors and attributes off headings', () => {
    expect(md('# The **Hive** {#hive .wide}', '', 'Text.')).toMatchObject({ firstHeading: 'The Hive', blocks: [{ heading: 'The Hive' }] })
  })

  it('takes section-header for a heading, and what follows on the next line for Markdown', () => {
    expect(md('<section-header text="Why &quot;now&quot;"></section-header>', 'It is **time**.').blocks).toEqual([
      { kind: 'paragraph', text: 'It is time.', heading: 'Why "now"' },
    ])
  })

  it('takes a paragraph that is wholly strong and no sentence for a heading', () => {
    expect(md('**Step one**', '', 'Boil it.', '', '**It works.**').blocks).toEqual([
      { kind: 'paragraph', text: 'Boil it.', heading: 'Step one' },
      { kind: 'paragraph', text: 'It works.', heading: 'Step one' },
    ])
  })
})

describe('bodyBlocks() on raw HTML', () => {
  it('reads paragraphs, lists and quotes written in HTML', () => {
    const { blocks } = md(
      '<div class="x"><p>One &amp; <b>two</b></p>',
      '<ul><li>three</li></ul></div>',
      '',
      '<blockquote>four</blockquote>',
    )
    expect(blocks.map(block => [block.kind, block.text])).toEqual([
      ['paragraph', 'One & two'],
      ['list-item', 'three'],
      ['quote', 'four'],
    ])
  })

  it('lets unknown tags vanish around their text, in a line and around blocks', () => {
    expect(texts(md('<call-out>', '', 'Kept **text** with <x-tip tone="a">a tip</x-tip>.', '', '</call-out>'))).toEqual([
      'Kept text with a tip.',
    ])
  })

  it('lets the content of scripts, styles, frames, pictures and players vanish', () => {
    const body = md(
      '<script>let a = "<p>no</p>"</script>',
      '<style>p { color: red }</style>',
      '<iframe src="x">no</iframe>',
      '<svg><title>no</title><text>no</text></svg>',
      '',
      '<video src="x">',
      '',
      'no player',
      '',
      '</video>',
      '',
      'Yes.',
    )
    expect(texts(body)).toEqual(['Yes.'])
  })

  it('does not let an element that never ends take the rest along', () => {
    expect(texts(md('<video src="x">', '', 'Still here.', '', '<table>', '', 'And here.'))).toEqual(['Still here.', 'And here.'])
  })

  it('does not let a raw tag outlive the Markdown block it stands in', () => {
    expect(texts(md('- a <s>gone', '- b', '', 'c</s>'))).toEqual(['a', 'b', 'c'])
  })

  it('renders Markdown that was written inside raw HTML', () => {
    expect(texts(md('<p>Run `make` and see [the log](https://x.example/log) **now**.</p>'))).toEqual(['Run make and see the log now.'])
  })
})

describe('bodyBlocks() counts words', () => {
  it('of headings, lists, tables and navigation, and not of code', () => {
    const body = md(
      '# Two words',
      '',
      'Three more words.',
      '',
      '- [four](#a)',
      '',
      '| five | six |',
      '| - | - |',
      '',
      '```',
      'none of this',
      '```',
      '',
      '<script>nor this</script>',
    )
    expect(body.words).toBe(8)
  })

  it('of section headers', () => {
    expect(md('<section-header text="Just three words"></section-header>').words).toBe(3)
  })
})
