/** Composing afresh, written a second time and as plainly as can be: shares nothing with src/, and encodes every body at once. */

import type { Email, MergeSegment, MergeValues, Segment } from '../../src/render/email.ts'

/** What a reader must find in a message. */
export interface ExpectedMessage {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** The content of a message for these values. Addresses in merge fields are https or mailto, or no address: then the fallback stands there. */
export function expectContent(email: Email, values: MergeValues): ExpectedMessage {
  const join = (segments: readonly Segment[]) => segments.map(each => ('text' in each ? each.text : valueIn(each, values))).join('')
  return {
    subject: cleaned(join(email.subject)),
    text: wireLines(join(email.text).toWellFormed()),
    html: wireLines(join(email.html).toWellFormed()),
  }
}

/** A whole message with the same content, its bodies in base64, for a mail library to read beside ours. */
export function composeAfresh(
  email: Email,
  { name, address, values }: { readonly name: string | null; readonly address: string; readonly values: MergeValues },
  from: { readonly name: string; readonly address: string },
): Uint8Array {
  const { subject, text, html } = expectContent(email, values)
  const mailbox = (display: string, at: string) => (cleaned(display) === '' ? at : `${words(cleaned(display))} <${at}>`)
  const part = (type: string, body: string) =>
    `--afresh\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(body).replace(/.{76}/g, '$&\r\n')}\r\n`
  const headers = [
    `From: ${mailbox(from.name, from.address)}`,
    `To: ${mailbox(name ?? '', address)}`,
    `Subject: ${words(subject)}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="afresh"',
  ]
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${part('text/plain', text)}${part('text/html', html)}--afresh--\r\n`, 'latin1')
}

/** One line of text without what would deceive whoever reads it. */
export function cleaned(text: string): string {
  let shown = ''
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if ((code >= 0x09 && code <= 0x0d) || code === 0x85 || code === 0x2028 || code === 0x2029) shown += ' '
    else if (!isUnfit(code)) shown += character
  }
  return shown.replace(/ +/g, ' ').trim()
}

function isUnfit(code: number): boolean {
  const controls = code < 0x20 || (code >= 0x7f && code < 0xa0)
  const overrides = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
  return controls || overrides || code === 0x200b || code === 0xfeff || (code >= 0xd800 && code <= 0xdfff)
}

function valueIn({ merge, context, fallback }: MergeSegment, values: MergeValues): string {
  const value = written(context, values[merge] ?? '')
  return value === '' ? written(context, fallback) : value
}

function written(context: MergeSegment['context'], value: string): string {
  const clean = cleaned(value)
  if (context === 'text') return clean
  const shown = context === 'url' && !/^(https|mailto):/.test(clean) ? '' : clean
  return shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

function wireLines(text: string): string {
  return text.replace(/\r\n|\n/g, '\r\n')
}

function words(text: string): string {
  return Array.from(text, character => `=?utf-8?B?${base64(character)}?=`).join('\r\n ')
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}
