/** A message taken apart for message-rules.ts: nothing of it is shared with src/. */

import { Parser } from 'htmlparser2'

/** One header field. */
export interface ReadHeader {
  /** In lower case. */
  readonly name: string
  readonly value: string
  readonly lines: readonly string[]
}

/** One part of a multipart message. `content` is null where it does not decode. */
export interface ReadPart {
  readonly type: string
  readonly charset: string
  readonly encoding: string
  readonly body: string
  readonly content: string | null
}

/** One tag of the HTML. `text` is what stands between it and its end, blanks folded. */
export interface ReadElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
}

/** A message taken apart. `raw` has one character per byte. */
export interface ReadMessage {
  readonly raw: string
  readonly headers: readonly ReadHeader[]
  readonly boundary: string
  readonly parts: readonly ReadPart[]
  readonly text: string
  readonly html: string
  readonly elements: readonly ReadElement[]
  /** The texts of the HTML, each run by itself; not those of styles. */
  readonly shownTexts: readonly string[]
}

/** Takes a message apart, however broken it is. */
export function readMessage(eml: Uint8Array): ReadMessage {
  const raw = Buffer.from(eml).toString('latin1')
  const [head, body] = splitAt(raw, /\r?\n\r?\n/)
  const headers = readHeaders(head)
  const boundary = parameter(headers.find(({ name }) => name === 'content-type')?.value ?? '', 'boundary')
  const parts = boundary === '' ? [] : splitParts(body, boundary).map(readPart)
  const find = (type: string) => parts.find(part => part.type === type)?.content?.replaceAll('\r\n', '\n') ?? ''
  const html = find('text/html')
  return { raw, headers, boundary, parts, text: find('text/plain'), html, ...readHtml(html) }
}

/** The value of the only header of a name; empty where there is none. */
export function headerOf({ headers }: ReadMessage, name: string): string {
  return headers.find(each => each.name === name.toLowerCase())?.value ?? ''
}

/** RFC 2047 §6.2, for the two encodings in UTF-8. */
export function decodeWords(value: string): string {
  const word = String.raw`=\?utf-8\?([BQ])\?([^?\s]*)\?=`
  const runs = value.replace(new RegExp(`(${word})\\s+(?=${word})`, 'gi'), '$1')
  return runs.replace(new RegExp(`(?:${word})+`, 'gi'), run => {
    const bytes = Array.from(run.matchAll(new RegExp(word, 'gi')), ([, kind = '', payload = '']) =>
      kind.toUpperCase() === 'B' ? Buffer.from(payload, 'base64') : Buffer.from(fromHex(payload.replaceAll('_', ' ')), 'latin1'),
    )
    return Buffer.concat(bytes).toString('utf8')
  })
}

function fromHex(text: string): string {
  return text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function splitAt(text: string, separator: RegExp): [string, string] {
  const found = separator.exec(text)
  return found === null ? [text, ''] : [text.slice(0, found.index), text.slice(found.index + found[0].length)]
}

function readHeaders(head: string): ReadHeader[] {
  return head.split(/\r?\n(?![ \t])/).map(field => {
    const colon = field.indexOf(':')
    const lines = field.split(/\r?\n/)
    return {
      name: field.slice(0, colon).trim().toLowerCase(),
      value: field
        .slice(colon + 1)
        .replace(/\r?\n/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
      lines,
    }
  })
}

function parameter(value: string, name: string): string {
  return new RegExp(`${name}="?([^";]+)"?`, 'i').exec(value)?.[1] ?? ''
}

function splitParts(body: string, boundary: string): string[] {
  const delimiter = new RegExp(`(?:^|\\r?\\n)--${boundary.replace(/\W/g, '\\$&')}(?:--)?[ \\t]*(?:\\r?\\n|$)`)
  return body.split(delimiter).slice(1, -1)
}

function readPart(part: string): ReadPart {
  const [head, body] = splitAt(part, /\r?\n\r?\n/)
  const headers = readHeaders(head)
  const value = (name: string) => headers.find(each => each.name === name)?.value ?? ''
  const type = value('content-type')
  const encoding = value('content-transfer-encoding').toLowerCase()
  const content = decode(body, encoding)
  return {
    type: (type.split(';')[0] ?? '').trim().toLowerCase(),
    charset: parameter(type, 'charset').toLowerCase(),
    encoding,
    body,
    content,
  }
}

function decode(body: string, encoding: string): string | null {
  const bytes = decodeBytes(body, encoding)
  const text = bytes === null ? null : Buffer.from(bytes, 'latin1').toString('utf8')
  return text === null || (text.includes('\uFFFD') && !bytes?.includes('\u00EF\u00BF\u00BD')) ? null : text
}

function decodeBytes(body: string, encoding: string): string | null {
  if (encoding === 'base64') return /^[A-Za-z0-9+/\r\n]*={0,2}\s*$/.test(body) ? Buffer.from(body, 'base64').toString('latin1') : null
  if (encoding === '' || encoding === '7bit') return /[\u0080-\u00ff]/.test(body) ? null : body
  if (encoding === '8bit') return body
  if (encoding !== 'quoted-printable' || /=(?![0-9A-F]{2}|\r\n)|[^\t\r\n\x20-\x7e]/.test(body)) return null
  return fromHex(body.replace(/=\r\n/g, ''))
}

function readHtml(html: string): Pick<ReadMessage, 'elements' | 'shownTexts'> {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = []
  const open: typeof elements = []
  const shownTexts: string[] = []
  const parser = new Parser({
    onopentag: (name, attributes) => {
      const element = { name, attributes: { ...attributes }, text: '' }
      elements.push(element)
      open.push(element)
    },
    ontext: text => {
      if (open.some(({ name }) => name === 'style')) return
      shownTexts.push(text)
      for (const element of open) element.text += text
    },
    onclosetag: () => {
      open.pop()
    },
  })
  parser.end(html)
  return { elements: elements.map(each => ({ ...each, text: each.text.replace(/\s+/g, ' ').trim() })), shownTexts }
}
