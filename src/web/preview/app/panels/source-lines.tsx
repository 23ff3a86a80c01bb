import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { colorHtml } from './color-html.ts'

/** Source with the numbers of its lines; `marked` lines stand out, and `at` is scrolled to. */
export function SourceLines({ source, language, marked, at }: SourceLinesProps) {
  const lines = useMemo(() => source.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n'), [source])
  const list = useRef<HTMLOListElement>(null)
  useLayoutEffect(() => {
    if (at !== null) list.current?.children[at - 1]?.scrollIntoView({ block: 'center' })
  }, [at, lines])
  return (
    <ol class="source" ref={list} dir="ltr">
      {lines.map((line, index) => (
        <li key={index} class={lineClass(index + 1, marked, at)}>
          <code>
            {language === 'html' ? colorHtml(line).map(({ text, color }) => (color ? <span class={color}>{text}</span> : text)) : line}
          </code>
        </li>
      ))}
    </ol>
  )
}

function lineClass(line: number, marked: ReadonlySet<number>, at: number | null): string | undefined {
  if (line === at) return 'marked at'
  return marked.has(line) ? 'marked' : undefined
}

interface SourceLinesProps {
  readonly source: string
  readonly language: 'html' | 'plain'
  readonly marked: ReadonlySet<number>
  readonly at: number | null
}
