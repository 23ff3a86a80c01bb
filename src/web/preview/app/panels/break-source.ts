/** One row of shown source: a line of the file, or a piece of a long one. */
export interface SourceRow {
  /** From 1, as are columns. */
  readonly line: number
  readonly column: number
  readonly text: string
  /** Elements around it, as far as the line tells. */
  readonly depth: number
}

/** A place in a file. */
export interface SourcePosition {
  readonly line: number
  readonly column: number | null
}

/** The lines of a text as rows. */
export function breakLines(source: string): readonly SourceRow[] {
  return linesOf(source).map((text, index) => ({ line: index + 1, column: 1, text, depth: 0 }))
}

/**
 * HTML without white space is one line that nobody can read: it is shown broken before the tags of blocks, and styles after each rule. Nothing is added
 * or left out; rows know the line and the column that they begin at.
 */
export function breakHtml(source: string): readonly SourceRow[] {
  return linesOf(source).flatMap((line, index) => breakLine(line, index + 1))
}

/** The row in which a place stands; -1 where there is none. */
export function rowAt(rows: readonly SourceRow[], { line, column }: SourcePosition): number {
  return rows.findLastIndex(row => row.line === line && row.column <= (column ?? 1))
}

function breakLine(line: string, number: number): SourceRow[] {
  const rows: { line: number; column: number; text: string; depth: number }[] = []
  let depth = 0
  let column = 1
  let afterBlock = true
  for (const { text, kind } of piecesOf(line)) {
    if (kind === 'closes') depth = Math.max(0, depth - 1)
    const last = rows.at(-1)
    const isInRow = kind === 'text' || (kind === 'closes' && !afterBlock)
    if (last && isInRow) last.text += text
    else rows.push({ line: number, column, text, depth })
    if (kind === 'opens') depth += 1
    if (kind !== 'text' || text.trim() !== '') afterBlock = kind !== 'text' && kind !== 'opens'
    column += text.length
  }
  return rows.length === 0 ? [{ line: number, column: 1, text: line, depth: 0 }] : rows
}

interface Piece {
  readonly text: string
  readonly kind: 'opens' | 'closes' | 'empty' | 'rule' | 'text'
}

const pieces = /<!--.*?-->|<[^>]*>|[^<]+|</g
const inline = /^<\/?(?:a|b|i|em|strong|span|s|u|sub|sup|small|code)\b/i
const empty = /^<(?:area|base|br|col|hr|img|input|link|meta|wbr|!)|\/>$/i

function* piecesOf(line: string): Generator<Piece> {
  let inStyle = false
  for (const [text] of line.matchAll(pieces)) {
    const isTag = text.startsWith('<')
    if (inStyle && !isTag) for (const rule of text.split(/(?<=\})/)) yield { text: rule, kind: 'rule' }
    else yield { text, kind: isTag && text.length > 1 ? kindOfTag(text) : 'text' }
    if (isTag) inStyle = /^<style\b/i.test(text)
  }
}

function kindOfTag(tag: string): Piece['kind'] {
  if (inline.test(tag)) return 'text'
  if (empty.test(tag)) return 'empty'
  return tag.startsWith('</') ? 'closes' : 'opens'
}

function linesOf(source: string): string[] {
  return source.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n')
}
