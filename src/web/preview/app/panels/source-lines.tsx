import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { breakHtml, breakLines, rowAt, type SourcePosition } from './break-source.ts'
import { colorHtml } from './color-html.ts'

/** Source with the numbers of its lines; rows with `marks` stand out, and the one of `at` is scrolled to. */
export function SourceLines({ source, language, marks, at }: SourceLinesProps) {
  const rows = useMemo(() => (language === 'html' ? breakHtml(source) : breakLines(source)), [source, language])
  const marked = useMemo(() => new Set(marks.map(mark => rowAt(rows, mark))), [rows, marks])
  const here = at === null ? -1 : rowAt(rows, at)
  const list = useRef<HTMLOListElement>(null)
  useLayoutEffect(() => {
    if (here !== -1) list.current?.children[here]?.scrollIntoView({ block: 'center' })
  }, [here, rows])
  return (
    <ol class="source" ref={list} dir="ltr">
      {rows.map(({ line, text, depth }, index) => (
        <li
          key={index}
          data-line={rows[index - 1]?.line === line ? undefined : line}
          class={index === here ? 'marked at' : marked.has(index) ? 'marked' : undefined}
        >
          <code style={{ paddingLeft: `${Math.min(depth, 14) * 10}px` }}>
            {language === 'html'
              ? colorHtml(text).map(each => (each.color ? <span class={each.color}>{each.text}</span> : each.text))
              : text}
          </code>
        </li>
      ))}
    </ol>
  )
}

interface SourceLinesProps {
  readonly source: string
  readonly language: 'html' | 'plain'
  readonly marks: readonly SourcePosition[]
  readonly at: SourcePosition | null
}
