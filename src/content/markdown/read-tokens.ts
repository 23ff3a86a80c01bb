import type { Token } from 'markdown-it'
import { readHtml } from './html-pieces.ts'

/** What a body is made of, Markdown and raw HTML alike. `scope` says which of both opened it: raw tags cannot outlive the Markdown around them. */
export type BodyEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'alert' }

const none: Readonly<Record<string, string>> = {}

/** Turns Markdown tokens into one flat list of events, in which raw HTML is no different from Markdown. */
export function readTokens(tokens: readonly Token[]): readonly BodyEvent[] {
  const events: BodyEvent[] = []
  addTokens(events, tokens)
  return events
}

function addTokens(events: BodyEvent[], tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (token.children && token.type === 'inline') addTokens(events, token.children)
    else if (token.type === 'html_block' || token.type === 'html_inline') addHtml(events, token.content)
    else if (token.type === 'alert') events.push({ kind: 'alert' })
    else if (token.type === 'text' || token.type === 'text_special') events.push({ kind: 'text', text: token.content })
    else if (token.type === 'code_inline') events.push({ kind: 'text', text: token.content })
    else if (token.type === 'softbreak' || token.type === 'hardbreak') events.push({ kind: 'text', text: '\n' })
    else if (token.nesting === 1) events.push({ kind: 'open', name: token.tag, attributes: none })
    else if (token.nesting === -1) events.push({ kind: 'close', name: token.tag })
    else if (token.type === 'hr') events.push({ kind: 'open', name: 'hr', attributes: none })
  }
}

function addHtml(events: BodyEvent[], html: string): void {
  for (const piece of readHtml(html)) {
    if (piece.kind === 'text') events.push(piece)
    else if (piece.kind === 'close') events.push({ kind: 'close', name: piece.name.toLowerCase() })
    else {
      const name = piece.name.toLowerCase()
      events.push({ kind: 'open', name, attributes: piece.attributes })
      if (piece.selfClosing) events.push({ kind: 'close', name })
    }
  }
}
