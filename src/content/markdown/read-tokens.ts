import type { Token } from 'markdown-it'
import { hole, stripControls, vanished } from './fold-text.ts'
import { readHtml } from './html-pieces.ts'
import { withoutShortcodes } from './shortcodes.ts'

/** What a body is made of, Markdown and raw HTML alike. */
export type BodyEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  /** The quote that is open is a GitHub alert. */
  | { readonly kind: 'alert' }

const none: Readonly<Record<string, string>> = {}

/** Turns Markdown tokens into one flat list of events, in which raw HTML is no different from Markdown. */
export function readTokens(tokens: readonly Token[]): readonly BodyEvent[] {
  return tokens.flatMap(token => (token.type === 'inline' ? readTokens(token.children ?? []) : readToken(token)))
}

function readToken(token: Token): readonly BodyEvent[] {
  switch (token.type) {
    case 'html_block':
      return readRawHtml(withoutShortcodes(token.content))
    case 'html_inline':
      return readRawHtml(token.content)
    case 'alert':
      return [{ kind: 'alert' }]
    case 'text':
    case 'text_special':
      return [{ kind: 'text', text: tidy(token.content) }]
    case 'code_inline':
      return [{ kind: 'text', text: stripControls(token.content) }]
    case 'softbreak':
    case 'hardbreak':
      return [{ kind: 'text', text: '\n' }]
    case 'hr':
      return [{ kind: 'open', name: 'hr', attributes: none }]
    default:
      if (token.nesting === 0) return []
      return [token.nesting === 1 ? { kind: 'open', name: token.tag, attributes: none } : { kind: 'close', name: token.tag }]
  }
}

function readRawHtml(html: string): readonly BodyEvent[] {
  let inCode = 0
  return readHtml(html).flatMap((piece): readonly BodyEvent[] => {
    if (piece.kind === 'text') return [{ kind: 'text', text: inCode > 0 ? stripControls(piece.text) : tidyRaw(piece.text) }]
    const name = piece.name.toLowerCase()
    if (name === 'code') inCode += piece.kind === 'open' ? 1 : -1
    if (piece.kind === 'close') return [{ kind: 'close', name }]
    const opening = { kind: 'open', name, attributes: piece.attributes } as const
    return piece.selfClosing ? [opening, { kind: 'close', name }] : [opening]
  })
}

/** Emphasis that CommonMark does not see (`**Note: ** text`), and control characters that entities brought back. */
function tidy(text: string): string {
  return stripControls(text).replace(/(?<![\w*])\*\*(?=\S)([^*\n]+?)\s?\*\*(?![\w*])/g, '$1')
}

/** Text in raw HTML is not Markdown, and yet people write it so; what a link's brackets are torn apart by a tag leaves a hole. */
function tidyRaw(text: string): string {
  return tidy(text)
    .replace(/`([^`\n]+)`/g, '$1')
    .replace(/(?<!\w)\[([^[\]\n]+)\]\((?:https?:|mailto:|[/#])[^()\s]*\)/g, '$1')
    .replace(/\]\((?:https?:|[/#])[^()\s]*\)/g, hole)
    .replace(/(?<![\w:]):[a-z][a-z0-9_+-]+:(?![\w:])/g, vanished)
}
