import type { Parser } from 'htmlparser2'
import type { HtmlElement, HtmlNode, VisibleText } from './finding.ts'
import { parseDeclarations } from './parse-declarations.ts'

// Their text is no text to a reader.
const unseen = new Set(['style', 'script', 'title', 'template'])

type Mutable<Node> = { -readonly [Key in keyof Node]: Node[Key] }
type OpenElement = Mutable<HtmlElement> & { children: HtmlNode[] }

/** HTML as a tree, with every element in document order and the pieces of text that a reader sees. */
export interface ParsedHtml {
  readonly nodes: readonly HtmlNode[]
  readonly elements: readonly HtmlElement[]
  readonly visibleTexts: readonly VisibleText[]
}

/** Parses HTML. Conditional comments stay comments, as for every mail program but Outlook on Windows. Takes the parser's class, so that it is loaded late. */
export function parseHtml(html: string, HtmlParser: typeof Parser): ParsedHtml {
  const nodes: HtmlNode[] = []
  const elements: HtmlElement[] = []
  const visibleTexts: VisibleText[] = []
  const open: OpenElement[] = []
  let run = ''
  let runStart = 0
  const endRun = () => {
    if (run.trim() !== '') visibleTexts.push({ text: run.replace(/\s+/g, ' ').trim(), start: runStart })
    run = ''
  }
  const append = (node: HtmlNode) => (open.at(-1)?.children ?? nodes).push(node)
  const parser: Parser = new HtmlParser({
    onopentag(name, attributes) {
      endRun()
      const element: OpenElement = {
        kind: 'element',
        name,
        attributes: { ...attributes },
        style: parseDeclarations(attributes.style ?? ''),
        parent: open.at(-1) ?? null,
        children: [],
        start: parser.startIndex,
        tagEnd: parser.endIndex + 1,
        end: html.length,
      }
      append(element)
      elements.push(element)
      open.push(element)
    },
    ontext(text) {
      const last = (open.at(-1)?.children ?? nodes).at(-1)
      // Entities come as texts of their own.
      if (last?.kind === 'text') (last as Mutable<typeof last>).text += text
      else append({ kind: 'text', text, parent: open.at(-1) ?? null, start: parser.startIndex })
      if (open.some(element => unseen.has(element.name))) return
      if (run.trim() === '') runStart = parser.startIndex
      run += text
    },
    oncomment(text) {
      append({ kind: 'comment', text, parent: open.at(-1) ?? null, start: parser.startIndex })
    },
    onclosetag() {
      endRun()
      const element = open.pop()
      if (element !== undefined) element.end = parser.endIndex + 1
    },
  })
  parser.end(html)
  endRun()
  return { nodes, elements, visibleTexts }
}
