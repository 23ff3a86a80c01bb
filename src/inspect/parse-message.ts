/** A message in bytes taken apart with nothing but the RFCs, so that a mistake of the composer's is not repeated here. */

import { isUtf8 } from 'node:buffer'

/** One header as it stands, and unfolded. */
export interface MessageHeader {
  /** In lower case. */
  readonly name: string
  /** Unfolded, blanks at the ends taken off, encoded-words left alone. */
  readonly value: string
  /** The lines as they stand, without the last line break. */
  readonly raw: string
  /** Its first line in the message, from 1. */
  readonly line: number
}

/** One part of a multipart message. */
export interface MessagePart {
  /** In lower case, `text/plain`. */
  readonly type: string
  readonly charset: string | null
  readonly encoding: string
  /** As it stands, one character per byte. */
  readonly body: string
  /** What it decodes to; null where it does not decode. */
  readonly bytes: Buffer | null
  /** The line on which the body begins, from 1. */
  readonly line: number
}

/** A message taken apart. */
export interface ParsedMessage {
  /** The whole of it, one character per byte. */
  readonly raw: string
  readonly headers: readonly MessageHeader[]
  readonly contentType: string
  readonly boundary: string | null
  readonly parts: readonly MessagePart[]
}

/** Takes a message apart (RFC 5322, RFC 2045, RFC 2046 §5.1.1). Line breaks that are no CRLF are read as such, for the rules to tell. */
export function parseMessage(eml: Uint8Array): ParsedMessage {
  const raw = Buffer.from(eml).toString('latin1')
  const lines = raw.split(/\r\n|\r|\n/)
  const empty = lines.indexOf('')
  const end = empty < 0 ? lines.length : empty
  const headers = parseHeaders(lines.slice(0, end), 1)
  const contentType = headers.find(header => header.name === 'content-type')?.value ?? ''
  const boundary = parameterOf(contentType, 'boundary')
  return { raw, headers, contentType, boundary, parts: boundary === null ? [] : partsOf(lines, end + 1, boundary) }
}

/** A parameter of a header such as Content-Type, its quotes taken off; null where it is absent. */
function parameterOf(value: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(value)
  return found?.[1] ?? found?.[2] ?? null
}

function parseHeaders(lines: readonly string[], firstLine: number): MessageHeader[] {
  const headers: MessageHeader[] = []
  for (const [index, line] of lines.entries()) {
    const last = headers.at(-1)
    if (/^[ \t]/.test(line) && last !== undefined) {
      headers[headers.length - 1] = { ...last, value: `${last.value} ${line.trim()}`.trim(), raw: `${last.raw}\r\n${line}` }
      continue
    }
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    headers.push({ name, value: line.slice(colon + 1).trim(), raw: line, line: firstLine + index })
  }
  return headers
}

function partsOf(lines: readonly string[], from: number, boundary: string): MessagePart[] {
  const parts: MessagePart[] = []
  let start: number | null = null
  for (let index = from; index < lines.length; index++) {
    const line = (lines[index] ?? '').trimEnd()
    if (line !== `--${boundary}` && line !== `--${boundary}--`) continue
    if (start !== null) parts.push(partOf(lines.slice(start, index), start))
    start = line.endsWith('--') && line !== `--${boundary}` ? null : index + 1
    if (start === null) break
  }
  return parts
}

function partOf(lines: readonly string[], start: number): MessagePart {
  const empty = lines.indexOf('')
  const end = empty < 0 ? lines.length : empty
  const headers = parseHeaders(lines.slice(0, end), start + 1)
  const header = (name: string) => headers.find(each => each.name === name)?.value
  const type = header('content-type') ?? 'text/plain'
  const encoding = header('content-transfer-encoding')?.toLowerCase() ?? '7bit'
  const body = lines.slice(end + 1).join('\r\n')
  return {
    type: (type.split(';')[0] ?? '').trim().toLowerCase(),
    charset: parameterOf(type, 'charset')?.toLowerCase() ?? null,
    encoding,
    body,
    bytes: decodeBody(body, encoding),
    line: start + end + 2,
  }
}

function decodeBody(body: string, encoding: string): Buffer | null {
  if (encoding === '7bit' || encoding === '8bit' || encoding === 'binary') return Buffer.from(body, 'latin1')
  if (encoding === 'base64') return /^[A-Za-z0-9+/=\s]*$/.test(body) ? Buffer.from(body, 'base64') : null
  if (encoding !== 'quoted-printable' || /=(?!\r\n|[0-9A-Fa-f]{2}|$)/.test(body)) return null
  const joined = body.replace(/=\r\n/g, '').replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(joined, 'latin1')
}

/** A header's value with its encoded-words decoded (RFC 2047); null where one does not decode. */
export function decodeWords(value: string): string | null {
  const bytes: (string | Buffer)[] = []
  let end = 0
  const word = /=\?([\w-]+)(?:\*[\w-]+)?\?([BQ])\?([^?\s]*)\?=/gi
  for (const match of value.matchAll(word)) {
    const between = value.slice(end, match.index)
    const afterWord = end > 0 && /^\s*$/.test(between)
    if (!afterWord) bytes.push(between)
    const decoded = decodeWord(match[2] ?? '', match[3] ?? '')
    if (!/^utf-?8$|^us-ascii$/i.test(match[1] ?? '') || decoded === null) return null
    bytes.push(decoded)
    end = match.index + match[0].length
  }
  bytes.push(value.slice(end))
  const decoded = Buffer.concat(bytes.map(each => (typeof each === 'string' ? Buffer.from(each, 'latin1') : each)))
  // A U+FFFD that somebody's name holds since its import is no fault of the encoding.
  return isUtf8(decoded) ? decoded.toString('utf8') : null
}

function decodeWord(kind: string, payload: string): Buffer | null {
  if (kind.toUpperCase() === 'B') return /^[A-Za-z0-9+/]*={0,2}$/.test(payload) ? Buffer.from(payload, 'base64') : null
  if (/=(?![0-9A-Fa-f]{2})/.test(payload)) return null
  const plain = payload
    .replaceAll('_', ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(plain, 'latin1')
}
