import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakHtml, rowAt } from '../../../../src/web/preview/app/panels/break-source.ts'

const texts = (html: string) => breakHtml(html).map(({ text, depth }) => `${'  '.repeat(depth)}${text}`)

describe('breakHtml()', () => {
  it('begins a row at every block, keeps words and links in theirs, and breaks styles after each rule', () => {
    expect(texts('<html><head><style>a{b:c}p{d:e}</style></head><body><p>One <a href="x">two</a></p></body></html>')).toEqual([
      '<html>',
      '  <head>',
      '    <style>',
      '      a{b:c}',
      '      p{d:e}',
      '    </style>',
      '  </head>',
      '  <body>',
      '    <p>One <a href="x">two</a></p>',
      '  </body>',
      '</html>',
    ])
  })

  it('neither adds nor leaves out a character, and knows where each row begins', () => {
    const pieces = fc.constantFrom(
      '<p>',
      '</p>',
      '<td style="a:b">',
      '</td>',
      '<style>',
      '</style>',
      'a{b:c}',
      '<!--[if mso]>',
      '-->',
      '<',
      '>',
      ' ',
      'x',
      '\n',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), parts => {
        const source = `${parts.join('')}.`
        const rows = breakHtml(source)
        for (const [index, line] of source.split('\n').entries()) {
          const ofLine = rows.filter(row => row.line === index + 1)
          expect(ofLine.map(({ text }) => text).join('')).toBe(line)
          for (const { column, text } of ofLine) expect(line.slice(column - 1, column - 1 + text.length)).toBe(text)
        }
      }),
    )
  })

  it('finds the row of a line and a column', () => {
    const rows = breakHtml('<p>one</p><p>two</p>\n<p>three</p>')
    expect(rows[rowAt(rows, { line: 1, column: 14 })]?.text).toBe('<p>two</p>')
    expect(rows[rowAt(rows, { line: 2, column: null })]?.text).toBe('<p>three</p>')
    expect(rowAt(rows, { line: 9, column: 1 })).toBe(-1)
  })
})
