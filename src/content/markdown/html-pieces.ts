import { Tokenizer } from 'htmlparser2'

/** A tag or a stretch of text out of raw HTML. Names are as written; comments, declarations and unfinished tags are not among them. */
export type HtmlPiece =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly selfClosing: boolean }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

/**
 * Cuts raw HTML into tags and decoded text without building a tree: Markdown tears elements apart (`<details>` in one block, `</details>` in
 * another), so a closing tag must be seen even when its opening tag is elsewhere. Never throws.
 */
export function readHtml(html: string): readonly HtmlPiece[] {
  const pieces: HtmlPiece[] = []
  let name = ''
  let attributes: Record<string, string> = {}
  let attribute = ''
  let value = ''
  const finish = (selfClosing: boolean) => pieces.push({ kind: 'open', name, attributes, selfClosing })
  const text = (chunk: string) => pieces.push({ kind: 'text', text: chunk })
  const tokenizer = new Tokenizer(
    { decodeEntities: true, recognizeSelfClosing: true },
    {
      onopentagname: (start, end) => {
        name = html.slice(start, end)
        // A null prototype: an attribute may be called __proto__.
        attributes = Object.create(null)
      },
      onattribname: (start, end) => {
        attribute = html.slice(start, end)
        value = ''
      },
      onattribdata: (start, end) => {
        value += html.slice(start, end)
      },
      onattribentity: codepoint => {
        value += String.fromCodePoint(codepoint)
      },
      onattribend: () => {
        attributes[attribute] ??= value
      },
      onopentagend: () => finish(false),
      onselfclosingtag: () => finish(true),
      onclosetag: (start, end) => pieces.push({ kind: 'close', name: html.slice(start, end) }),
      ontext: (start, end) => text(html.slice(start, end)),
      ontextentity: codepoint => text(String.fromCodePoint(codepoint)),
      oncdata: () => {},
      oncomment: () => {},
      ondeclaration: () => {},
      onprocessinginstruction: () => {},
      onend: () => {},
    },
  )
  tokenizer.write(html)
  tokenizer.end()
  return pieces
}
